"""Letters to a chosen group of an event: they wait in the outbox until the organiser has read them, then go or are dropped (E32)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import joinedload

from .. import audit
from ..db import db, now
from ..emails import unlinked
from ..outbox import Letter
from . import attending, reaching
from .models import Event, HeldLetter, Registration

GROUPS = {
    "confirmed": _l("People with a seat"),
    "offered": _l("People who were offered a seat"),
    "waiting": _l("People on the waiting list"),
    "requested": _l("People who wait for approval"),
    "cancelled_by_organiser": _l("People whose registration the organiser cancelled"),
    "attended": _l("People who came"),
    "absent": _l("People with a seat who did not come"),
}
"""Whom a letter may go to. The last two make sense when somebody was checked in."""
STATES = ("confirmed", "offered", "waiting", "requested", "cancelled_by_organiser")


def batch(letter: HeldLetter) -> str:
    """What marks the rows of one letter in the outbox."""
    return f"held_letter:{letter.id}"


def recipients(event: Event, groups: Sequence[str]) -> list[Registration]:
    """The people of these groups who can get a letter, each once."""
    states = {group for group in groups if group in STATES} | ({"confirmed"} if {"attended", "absent"} & set(groups) else set())
    found = [one for one in db.session.scalars(reaching.people(event.id, *states)) if one.address] if states else []
    if "confirmed" in groups or not {"attended", "absent"} & set(groups):
        return found
    here = attending.sessions_attended(one.id for one in found)
    wanted = {"attended": True, "absent": False}
    allowed = {wanted[group] for group in groups if group in wanted}
    return [one for one in found if one.status != "confirmed" or bool(here[one.id]) in allowed]


def hold(event: Event, letter: HeldLetter) -> int:
    """Lay a new letter into the outbox for everybody in its groups, inside write_tx(); nothing leaves yet. Return how many."""
    db.session.add(letter)
    db.session.flush()
    people = recipients(event, letter.states)
    said: dict = {}
    for registration in people:
        mail = reaching.write("event_words", registration, event, said, **_values(event, registration, letter))
        if mail is not None:
            mail.status, mail.batch = "held", batch(letter)
    audit.record("event_letter.held", letter, organisation_id=event.organiser_id, event=event.id, letters=len(people))
    return len(people)


def _values(event: Event, registration: Registration, letter: HeldLetter) -> dict[str, Any]:
    """The words in the best language for one person."""
    reader = reaching.Reader.of(registration, event)
    language, words = letter.body.best(reader.language, *reader.reads)
    subject = letter.subject.get(language) or letter.subject.best(reader.language, *reader.reads)[1]
    return {"subject": unlinked(subject), "words": words, "words_language": language, "page": reaching.own_page(registration),
            "registration_id": registration.id}


def rewrite(event: Event, letter: HeldLetter) -> None:
    """Put the changed words into the letters that still wait, inside write_tx(); those dropped stay dropped."""
    held = list(db.session.scalars(held_rows(letter)))
    people = {one.id: one for one in db.session.scalars(select(Registration).where(
        Registration.id.in_([row.values["registration_id"] for row in held])).options(joinedload(Registration.member)))}
    for row in held:
        values = _values(event, people[row.values["registration_id"]], letter)
        row.values = row.values | values | {"words": unlinked(values["words"]), "page": row.values["page"]}
    letter.version += 1
    audit.record("event_letter.changed", letter, organisation_id=event.organiser_id, event=event.id)


def held_rows(letter: HeldLetter) -> Select:
    """The rows of a letter in the outbox that still wait to be read."""
    return select(Letter).where(Letter.batch == batch(letter), Letter.status == "held").order_by(Letter.id)


def send(event: Event, letter: HeldLetter) -> int:
    """Release the letters that were not dropped, inside write_tx(); who has left its groups meanwhile gets none. Return how many."""
    still = {one.id for one in recipients(event, letter.states)}
    gone = [row.id for row in db.session.scalars(held_rows(letter)) if row.values["registration_id"] not in still]
    db.session.execute(delete(Letter).where(Letter.id.in_(gone)))
    number = db.session.execute(update(Letter).where(Letter.batch == batch(letter), Letter.status == "held")
                                .values(status="waiting", due_at=now())).rowcount
    letter.status, letter.sent_at, letter.sent_count, letter.version = "sent", now(), number, letter.version + 1
    audit.record("event_letter.sent", letter, organisation_id=event.organiser_id, event=event.id, letters=number)
    return number


def drop(event: Event, letter: HeldLetter) -> None:
    """Throw a letter away before it was sent, inside write_tx()."""
    db.session.execute(delete(Letter).where(Letter.batch == batch(letter), Letter.status == "held"))
    letter.status, letter.version = "dropped", letter.version + 1
    audit.record("event_letter.dropped", letter, organisation_id=event.organiser_id, event=event.id)


def drop_one(letter: HeldLetter, number: int) -> bool:
    """Throw away the letter to one person, inside write_tx()."""
    return bool(db.session.execute(delete(Letter).where(
        Letter.id == number, Letter.batch == batch(letter), Letter.status == "held")).rowcount)
