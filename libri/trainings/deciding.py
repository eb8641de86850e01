"""Deciding on requests, and on answers changed after approval: prepared one by one, announced together (E8, E9)."""

from __future__ import annotations

from sqlalchemy import select

from ..db import db
from . import seats, waiting
from .models import Event, Registration
from .queries.registrations import is_waited_for
from .words import REVIEWED, SEATED


def waits(registration: Registration) -> bool:
    """Whether a registration waits for a decision."""
    return registration.status == "requested" or (registration.is_to_review and registration.status in REVIEWED)


def answers_changed(event: Event, registration: Registration) -> None:
    """Note that the person changed the answers: where the event asks for it, they need approval again (E9)."""
    if event.needs_approval and event.changes_need_approval and registration.status in REVIEWED:
        registration.is_to_review = True


def prepare(registration: Registration, decision: str | None, reason: str) -> None:
    """Write down a decision that nobody is told yet; raises seats.WrongState unless one is waited for."""
    if not waits(registration):
        raise seats.WrongState
    if (registration.prepared, registration.reason) != (decision, reason):
        registration.prepared, registration.reason = decision, reason
        seats.note(registration, "prepared", decision=decision or "open")


def announce(event: Event) -> int:
    """Announce all prepared decisions together, inside write_tx() on the locked event; seats go by turn. Return how many."""
    prepared = list(db.session.scalars(select(Registration).where(
        Registration.event_id == event.id, is_waited_for(), Registration.prepared.is_not(None)).order_by(Registration.arrived)))
    approved = [one for one in prepared if one.prepared == "approve" and one.status == "requested"]
    for registration in prepared:
        if registration.prepared == "refuse":
            _refuse(event, registration)
        elif registration.is_to_review:
            registration.is_to_review, registration.prepared = False, None
            seats.note(registration, "approved_again")
    for registration in waiting.in_turn(approved, waiting.seats_of_partnerships(event))[0]:
        registration.reason = ""
        seats.become(event, registration, seats.seat_or_wait(event, registration, keeps_limit=False))
    return len(prepared)


def _refuse(event: Event, registration: Registration) -> None:
    had_seat = registration.status in SEATED
    if had_seat:
        seats.become(event, registration, "refused", because="refused_again")
        seats.hand_over(event, registration)
    else:
        seats.become(event, registration, "refused")
