"""The people of every test: Ana (member, Lyon library), Bruno (coordinates Lyon), Carla (coordinates Ogre), Dina (office)."""

from __future__ import annotations

from functools import cache

from libri.db import db
from libri.members import passwords
from libri.members.models import Member, Organisation

from . import make

PASSWORD = "rupjmaize ar ķimenēm"


@cache
def password_hash() -> str:
    return passwords.hash_of(PASSWORD)


class Cast:
    """The organisations and people, each attribute an object of the database."""

    def __init__(self, who: dict[str, tuple[type, int]]) -> None:
        self._who = who

    def __getattr__(self, name: str) -> Member | Organisation:
        """Load whom a test asks for, the first time it does."""
        if name not in self._who:
            raise AttributeError(name)
        self.__dict__[name] = found = db.session.get_one(*self._who[name])
        return found

    @staticmethod
    def made() -> dict[str, tuple[type, int]]:
        """Add everybody to the database and return who is who."""
        kisc = make.organisation("Kultūras informācijas sistēmu centrs", kind="coordinator", programme_role="coordinator", city="Rīga")
        lyon = make.organisation("Ville de Lyon", kind="city", country="FR", city="Lyon", languages=["fr", "en"],
                                 latitude=45.76, longitude=4.83, timezone="Europe/Paris")
        lyon_library = make.organisation("Bibliothèque de Lyon", parent=lyon, country="FR", city="Lyon", languages=["fr"],
                                         latitude=45.77, longitude=4.84, timezone="Europe/Paris", themes=["language_learning"])
        ogre = make.organisation("Ogres novada pašvaldība", kind="municipality", city="Ogre", languages=["lv"],
                                 latitude=56.82, longitude=24.60)
        ogre_library = make.organisation("Ogres Centrālā bibliotēka", parent=ogre, city="Ogre", languages=["lv", "ru"],
                                         latitude=56.82, longitude=24.61, themes=["reading_collections"])
        ana = make.member("Ana", "fr", lyon_library, language="en", password_hash=password_hash())
        bruno = make.member("Bruno", "fr", lyon, role="coordinator", language="ru", password_hash=password_hash())
        carla = make.member("Carla", "lv", ogre, role="coordinator", language="lv", password_hash=password_hash())
        dina = make.member("Dina", "lv", kisc, role="coordinator", language="uk", password_hash=password_hash())
        return {name: (type(thing), thing.id) for name, thing in dict(locals()).items()}
