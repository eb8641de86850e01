"""What trainings do when a member closes their account: their seats to come are free for others."""

from __future__ import annotations

from sqlalchemy import select

from ..db import db, now
from ..members.models import Member
from . import seats
from .models import Event, Registration
from .words import ACTIVE


def forget(member: Member) -> None:
    """Cancel what the member is registered for, inside write_tx(); the map of personal data does the rest."""
    to_come = select(Registration.id).join(Event, Event.id == Registration.event_id).where(
        Registration.member_id == member.id, Registration.status.in_(ACTIVE), Event.ends_at > now()).order_by(Event.id)
    for number in list(db.session.scalars(to_come)):
        registration = seats.lock_of(number)
        if registration is not None:
            seats.cancel(registration.event, registration)
    db.session.flush()
