"""Whose data a list held that somebody saw or exported: the numbers in the audit trail, and the people behind them (P8, P12)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select

from ..db import db
from ..directory.models import ContactPerson
from ..members.models import Invitation, Member, Organisation
from ..trainings.models import Event, Registration

AT_ONCE = 500


def numbers_of(member_id: int | None, address: str) -> dict[str, set[int]]:
    """All numbers under which a person stands in the trail, found by their account and by their address."""
    def found(column, whose, by_address) -> set[int]:
        is_theirs = or_(whose == member_id, by_address == address) if member_id is not None else by_address == address
        return set(db.session.scalars(select(column).where(is_theirs)))

    return {"members": {member_id} if member_id is not None else set(),
            "contacts": found(ContactPerson.id, ContactPerson.member_id, ContactPerson.email),
            "registrations": found(Registration.id, Registration.member_id, Registration.guest_email),
            "invitations": found(Invitation.id, Invitation.accepted_by_id, Invitation.email)}


def holds(details: dict, numbers: dict[str, set[int]]) -> bool:
    """Whether a list held one of these numbers."""
    return any(numbers[kind] & set(_given(details, kind)) for kind in numbers)


def people_in(details: dict) -> Iterator[str]:
    """The people a list held, in words that the office can follow."""
    yield from _lines(_given(details, "contacts"), "contact person", ContactPerson.id, ContactPerson.function, Organisation.name,
                      ContactPerson.organisation_id == Organisation.id)
    for number in _given(details, "members"):
        yield f"member {number}"
    yield from _lines(_given(details, "registrations"), "registration", Registration.id, Member.function, Event.code,
                      (Registration.event_id == Event.id) & (Registration.member_id == Member.id))
    for number in _given(details, "invitations"):
        yield f"invitation {number}"


def _lines(numbers: list[int], word: str, number, function, place, joined: ColumnElement[bool]) -> Iterator[str]:
    for start in range(0, len(numbers), AT_ONCE):
        asked = numbers[start:start + AT_ONCE]
        known = {row[0]: row for row in db.session.execute(select(number, function, place).where(joined, number.in_(asked)))}
        yield from (f"{word} {one}: {known[one][1]}, {known[one][2]}" if one in known else f"{word} {one}" for one in asked)


def _given(details: dict, kind: str) -> list[int]:
    value = details.get(kind)
    return value if isinstance(value, list) else []
