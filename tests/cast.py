"""The people of every test: Ana (member, Lyon library), Bruno (coordinates Lyon), Carla (coordinates Ogre), Dina (office)."""

from __future__ import annotations

from functools import cache

from libri.db import db
from libri.members import passwords

from . import make

PASSWORD = "rupjmaize ar ķimenēm"


@cache
def password_hash() -> str:
    return passwords.hash_of(PASSWORD)


class Cast:
    """The organisations and people, each attribute an object of the database."""

    def __init__(self) -> None:
        self.kisc = make.organisation("Kultūras informācijas sistēmu centrs", kind="coordinator", programme_role="coordinator", city="Rīga")
        self.lyon = make.organisation("Ville de Lyon", kind="city", country="FR", city="Lyon", languages=["fr", "en"],
                                      latitude=45.76, longitude=4.83, timezone="Europe/Paris")
        self.lyon_library = make.organisation("Bibliothèque de Lyon", parent=self.lyon, country="FR", city="Lyon", languages=["fr"],
                                              latitude=45.77, longitude=4.84, timezone="Europe/Paris", themes=["language_learning"])
        self.ogre = make.organisation("Ogres novada pašvaldība", kind="municipality", city="Ogre", languages=["lv"],
                                      latitude=56.82, longitude=24.60)
        self.ogre_library = make.organisation("Ogres Centrālā bibliotēka", parent=self.ogre, city="Ogre", languages=["lv", "ru"],
                                              latitude=56.82, longitude=24.61, themes=["reading_collections"])
        self.ana = make.member("Ana", "fr", self.lyon_library, language="en", password_hash=password_hash())
        self.bruno = make.member("Bruno", "fr", self.lyon, role="coordinator", language="ru", password_hash=password_hash())
        self.carla = make.member("Carla", "lv", self.ogre, role="coordinator", language="lv", password_hash=password_hash())
        self.dina = make.member("Dina", "lv", self.kisc, role="coordinator", language="uk", password_hash=password_hash())
        db.session.commit()
