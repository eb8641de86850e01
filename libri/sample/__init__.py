"""The sample network: its loader and its data (demonstration only, see README.md beside this file)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from flask import current_app
from sqlalchemy import exists, select

from ..config import NOTICE_VERSION
from ..db import Fact, db, now, write_tx
from ..directory import importing, spreadsheets, taking
from ..members import passwords
from ..members.models import Member, Membership, Organisation
from .texts import add_texts

HERE = Path(__file__).parent

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
        add_texts(organisations)
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


def read_organisations(file: Path) -> list[list[str]]:
    """The table of organisations, read as every imported table is."""
    return spreadsheets.read(file.read_bytes())


def add_organisations(table: list[list[str]]) -> dict[str, Organisation]:
    """Add the organisations with one contact function and their venue offer each, inside write_tx(); return them by code."""
    plan = importing.check(table)
    if plan.problems:
        raise ValueError(f"{len(plan.problems)} problems, the first in row {plan.problems[0].row}: {plan.problems[0].sentence}")
    return taking.take(plan, tells=False)


def add_people(organisations: dict[str, Organisation], password_hash: str) -> None:
    """Add the people one can sign in as, with their memberships."""
    for email, name, function, code, role, language, reads, zone in PEOPLE:
        member = Member(email=email, name=name, function=function, password_hash=password_hash, language=language,
                        reads=list(reads), writes=[reads[0]], timezone=zone, notice_version=NOTICE_VERSION, notice_read_at=now())
        member.memberships = [Membership(organisation_id=organisations[code].id, role=role, function=function)]
        db.session.add(member)
