"""The sample network: its loader and its data (demonstration only, see README.md beside this file)."""

from __future__ import annotations

import csv
import os
import secrets
from pathlib import Path

from flask import current_app
from sqlalchemy import exists, select

from ..config import NOTICE_VERSION
from ..db import Fact, db, now, write_tx
from ..directory.models import ContactPerson, Room, VenueOffer
from ..i18n import Localized
from ..members import passwords
from ..members.models import Member, Membership, Organisation

HERE = Path(__file__).parent
OWN_LANGUAGE = {"LV": "lv", "FR": "fr", "IT": "it", "PL": "pl", "RO": "ro"}

PEOPLE = (
    ("dina@paraugs.example", "Dina", "Tīkla koordinatore KISC", "org-lv-kisc", "coordinator", "lv", ("lv", "en", "ru"), "Europe/Riga"),
    ("karla@paraugs.example", "Karla", "Ogres novada projekta koordinatore", "org-lv-mun-ogre", "coordinator", "lv", ("lv", "en"), "Europe/Riga"),
    ("anna@paraugs.example", "Anna", "Ogres bibliotekāre", "org-lv-lib-ogre", "member", "lv", ("lv", "ru"), "Europe/Riga"),
    ("oksana@paraugs.example", "Oksana", "Соціальна працівниця в Огре", "org-lv-int-ogre", "member", "uk", ("uk", "ru", "lv"), "Europe/Riga"),
    ("bruno@paraugs.example", "Bruno", "Coordinateur à Montpellier", "org-fr-mun-montpellier", "coordinator", "en", ("fr", "en"), "Europe/Paris"),
)
"""The people one can sign in as: address, first name, function, organisation, role, language, languages read, time zone."""


def load(if_empty: bool = False) -> str | None:
    """Load the sample network and return the people's password, or None when `if_empty` and something is there.

    The password is LIBRI_SAMPLE_PASSWORD, else a random one for this database, kept in the data folder.
    """
    if if_empty and db.session.scalar(select(exists().where(Organisation.id.is_not(None)))):
        return None
    password = current_app.config["SAMPLE_PASSWORD"] or secrets.token_urlsafe(9)
    password_hash = passwords.hash_of(password)
    rows = read_organisations(HERE / "organisations.csv")
    with write_tx():
        organisations = add_organisations(rows)
        add_people(organisations, password_hash)
        db.session.merge(Fact(name="demonstration", value={"on": True}))
    current_app.config["DEMONSTRATION"] = True
    remember_password(password)
    return password


def remember_password(password: str) -> None:
    """Keep the password beside the database, readable by its owner only, so that the next start can print it."""
    descriptor = os.open(Path(current_app.config["DATA_FOLDER"]) / "sample-password", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)


def read_organisations(file: Path) -> list[dict[str, str]]:
    """The rows of organisations.csv, parents before children."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return sorted(rows, key=lambda row: bool(row["parent_id"]))


def add_organisations(rows: list[dict[str, str]]) -> dict[str, Organisation]:
    """Add the organisations with one contact function and their venue offer each; return them by code."""
    added: dict[str, Organisation] = {}
    for row in rows:
        organisation = Organisation(
            code=row["id"], kind=row["type"], programme_role=row["programme_role"], status="active", name=row["name"],
            names=Localized({OWN_LANGUAGE[row["country"]]: row["name"], "en": row["name_en"]}), country=row["country"],
            region=row["region"], city=row["city"], latitude=float(row["latitude"]), longitude=float(row["longitude"]),
            timezone=row["timezone"], email=row["email"], languages=_list(row["languages"]), themes=_list(row["themes"]),
            note=row["note"], is_demonstration=row["demo"] == "yes", confirmed_on=now())
        db.session.add(organisation)
        db.session.flush()
        organisation.place_under(added.get(row["parent_id"]))
        organisation.index_names()
        _add_contact(organisation, row)
        if row["venue_capacity"]:
            _add_venue(organisation, int(row["venue_capacity"]), _list(row["venue_equipment"]))
        added[row["id"]] = organisation
    return added


def _add_contact(organisation: Organisation, row: dict[str, str]) -> None:
    db.session.add(ContactPerson(
        organisation_id=organisation.id, function=row["contact_function"], email=row["email"], languages=_list(row["languages"]),
        themes=_list(row["themes"]), is_coordinator=True, visibility={"email": "network"}, consented_on=now().date(),
        confirmed_on=now(), appointed_on=now().date()))


def _add_venue(organisation: Organisation, capacity: int, equipment: list[str]) -> None:
    db.session.add(VenueOffer(organisation_id=organisation.id, name=organisation.name,
                              rooms=[Room(capacity=capacity, equipment=equipment)]))


def add_people(organisations: dict[str, Organisation], password_hash: str) -> None:
    """Add the people one can sign in as, with their memberships."""
    for email, name, function, code, role, language, reads, zone in PEOPLE:
        member = Member(email=email, name=name, function=function, password_hash=password_hash, language=language,
                        reads=list(reads), writes=[reads[0]], timezone=zone, notice_version=NOTICE_VERSION, notice_read_at=now())
        member.memberships = [Membership(organisation_id=organisations[code].id, role=role, function=function)]
        db.session.add(member)


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
