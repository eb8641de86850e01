"""What the organiser's list of participants shows: filtered, found by key, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from ...db import db
from ...members.models import Member, Organisation
from ...search import like, words
from ..models import Event, Registration
from ..words import SEATED
from .registrations import is_waited_for

SORT = (Registration.arrived, Registration.id)
SHOWN = (
    Registration.id, Registration.arrived, Registration.member_id, Registration.organisation_id, Registration.status, Registration.offer_ends_at,
    Registration.created_at, Registration.access_needs, Registration.note, Registration.guest_organisation,
    Registration.languages.label("follows"), func.coalesce(Member.name, Registration.guest_name).label("person"),
    Organisation.name, Organisation.names, Organisation.languages)
AT_ONCE = 500
"""Rows an export reads at once."""


@dataclass(frozen=True)
class Asked:
    """What somebody asked the list for; an empty value asks for nothing."""

    state: str = ""
    text: str = ""
    needs: str = ""

    @property
    def in_address(self) -> dict[str, str]:
        """The same questions as parts of an address, and as an export keeps them."""
        asked = {"state": self.state, "text": self.text, "needs": self.needs}
        return {name: value for name, value in asked.items() if value}


def matching(event_id: int, asked: Asked) -> list:
    """The conditions of the registrations of an event that answer to what was asked; unconfirmed guests are none."""
    found = [Registration.event_id == event_id, Registration.status != "unconfirmed"]
    if asked.state:
        found.append(Registration.status == asked.state)
    found += [Registration.search_text.like(like(word), escape="\\") for word in words(asked.text)]
    if asked.needs == "access":
        found.append(Registration.access_needs != "")
    if asked.needs == "note":
        found.append(Registration.note != "")
    if asked.needs == "languages":
        found.append(cast(Registration.languages, String) != "[]")
    return found


def listed(event_id: int, asked: Asked) -> Select:
    """Rows of (registration with its person and organisation)."""
    return select(Registration).where(*matching(event_id, asked)).options(
        joinedload(Registration.member), joinedload(Registration.organisation), raiseload("*"))


def event(event_id: int) -> Select:
    """Rows of (event with its organiser, whether requests still wait), for the page of the list."""
    waits = select(Registration.id).where(Registration.event_id == Event.id, is_waited_for()).exists()
    return select(Event, waits.label("is_waited_for")).where(Event.id == event_id).options(joinedload(Event.organiser), raiseload("*"))


def shown(event_id: int, asked: Asked) -> Select:
    """What the page shows of the registrations `listed` finds; the organisation's columns are called as `name_in` reads them."""
    return (select(*SHOWN).outerjoin(Registration.member).outerjoin(Organisation, Organisation.id == Registration.organisation_id)
            .where(*matching(event_id, asked)))


def counts(event_id: int) -> Select:
    """How many registrations there are in each state."""
    return (select(Registration.status, func.count()).where(Registration.event_id == event_id, Registration.status != "unconfirmed")
            .group_by(Registration.status))


def numbers(event_id: int, asked: Asked) -> Select:
    """The numbers of the registrations that answer to what was asked."""
    return select(Registration.id).where(*matching(event_id, asked)).order_by(Registration.id)


def languages(event_id: int) -> Select:
    """How many of those with a seat, or waiting for one, can follow in which languages."""
    spoken = cast(Registration.languages, String)
    return (select(spoken, func.count()).where(Registration.event_id == event_id, Registration.status.in_((*SEATED, "waiting", "requested")))
            .group_by(spoken))


def all_of(event_id: int, asked: Asked) -> Iterator[Registration]:
    """Every registration that was asked for, with person, organisation and answers, read in parts by key."""
    after = 0
    while True:
        found = db.session.scalars(listed(event_id, asked).where(Registration.arrived > after).order_by(*SORT).limit(AT_ONCE).options(
            selectinload(Registration.answers))).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1].arrived
        for one in found:
            db.session.expunge(one)  # what is written is not kept in memory
