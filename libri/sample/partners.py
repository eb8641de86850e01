"""The organisations of the sample network, and the people one can sign in as."""

from __future__ import annotations

from pathlib import Path

from ..config import NOTICE_VERSION
from ..db import db, now
from ..directory import importing, spreadsheets, taking
from ..members.models import Member, Membership, Organisation

PEOPLE = (
    ("dina@paraugs.example", "Dina", "Tīkla koordinatore KISC",
     "org-lv-kisc", "coordinator", "lv", ("lv", "en", "ru"), "Europe/Riga"),
    ("karla@paraugs.example", "Karla", "Ogres novada projekta koordinatore",
     "org-lv-mun-ogre", "coordinator", "lv", ("lv", "en"), "Europe/Riga"),
    ("anna@paraugs.example", "Anna", "Ogres bibliotekāre",
     "org-lv-lib-ogre", "member", "lv", ("lv", "ru"), "Europe/Riga"),
    ("oksana@paraugs.example", "Oksana", "Соціальна працівниця в Огре",
     "org-lv-int-ogre", "member", "uk", ("uk", "ru", "lv"), "Europe/Riga"),
    ("bruno@paraugs.example", "Bruno", "Coordinateur à Montpellier",
     "org-fr-mun-montpellier", "coordinator", "en", ("fr", "en"), "Europe/Paris"),
)
"""The people one can sign in as: address, first name, function, organisation, role, language, languages read, time zone."""


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
