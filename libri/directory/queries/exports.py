"""What a member takes along: organisations with their current contact persons, each personal field as far as it may be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import raiseload

from ...db import db, now
from ...i18n import Localized
from ...members.models import Organisation
from ...permissions import Can
from ..models import ContactPerson
from ..models.contacts import PERSONAL_FIELDS
from .organisations import Filters, matching

MOST = 10_000
"""Organisations in one file at most."""

_ORGANISATION = tuple(getattr(Organisation, name) for name in (
    "id", "code", "name", "names", "kind", "programme_role", "parent_id", "path", "country", "region", "city", "latitude", "longitude",
    "timezone", "languages", "themes", "email", "phone", "website", "seeks_partner", "confirmed_on", "changed_at"))
_CONTACT = tuple(getattr(ContactPerson, name) for name in (
    "id", "organisation_id", "member_id", "function", "name", "email", "phone", "languages", "themes", "is_coordinator", "visibility",
    "confirmed_on", "changed_at"))


@dataclass(slots=True)
class Place:
    """An organisation to write down."""

    row: object
    parent_code: str

    @property
    def lineage(self) -> frozenset[int]:
        return Organisation.lineage.fget(self.row)  # type: ignore[attr-defined]

    def __getattr__(self, name: str):
        return getattr(self.row, name)


@dataclass(slots=True)
class Person:
    """A contact person to write down; a personal field that may not be seen is empty from the beginning (S36)."""

    row: object
    organisation: Place
    name: str = ""
    email: str = ""
    phone: str = ""

    def visibility_of(self, name: str) -> str:
        return ContactPerson.visibility_of(self.row, name)  # type: ignore[arg-type]

    def __getattr__(self, name: str):
        return getattr(self.row, name)


Entry = tuple[Place, Sequence[Person]]


def entries(filters: Filters, can: Can, language: str) -> list[Entry]:
    """The organisations that answer to the filters, by name, each with its current contact persons. Three queries."""
    chosen = matching(filters)
    order = getattr(Organisation, f"sort_{language}"), Organisation.id
    return _entries(select(*_ORGANISATION).where(*chosen).order_by(*order).limit(MOST),
                    select(*_CONTACT).join(Organisation).where(*chosen), can)


def entries_of(organisation_id: int, can: Can) -> list[Entry]:
    """One organisation with its current contact persons."""
    return _entries(select(*_ORGANISATION).where(Organisation.id == organisation_id),
                    select(*_CONTACT).where(ContactPerson.organisation_id == organisation_id), can)


def _entries(organisations: Select, contacts: Select, can: Can) -> list[Entry]:
    rows = db.session.execute(organisations).all()
    parents = select(Organisation.id, Organisation.code, Organisation.path, Organisation.status).where(
        Organisation.id.in_({row.parent_id for row in rows if row.parent_id}))
    codes: dict[int, str] = {row.id: row.code for row in db.session.execute(parents) if can.see_organisation(Place(row, ""))}
    places = {row.id: Place(row, codes.get(row.parent_id, "")) for row in rows}
    people: dict[int, list[Person]] = {number: [] for number in places}
    for row in db.session.execute(contacts.where(*_current()).order_by(ContactPerson.position, ContactPerson.id)):
        if row.organisation_id in places:
            people[row.organisation_id].append(_as_seen(row, places[row.organisation_id], can))
    return [(place, people[number]) for number, place in places.items()]


def _current() -> list:
    return [ContactPerson.ended_at.is_(None), or_(ContactPerson.ends_on.is_(None), ContactPerson.ends_on >= now().date())]


def _as_seen(row, place: Place, can: Can) -> Person:
    person = Person(row, place)
    for name in PERSONAL_FIELDS:
        if can.see_contact_field(person, name):
            setattr(person, name, getattr(row, name))
    return person


def contact(contact_id: int) -> Select:
    """A current contact person, with the number of the organisation."""
    return select(ContactPerson).where(ContactPerson.id == contact_id, *_current()).options(raiseload("*"))


def own_name(place: Place, *languages: str) -> str:
    """The organisation's name for readers of these languages."""
    return Organisation.name_in(place.row, *languages)[1]  # type: ignore[arg-type]


def english_name(names: Localized) -> str:
    """The English name, as the table for import has it."""
    return names.get("en", "")
