"""What trainings do when a member closes their account: their seats to come are free for others, their lists are deleted."""

from __future__ import annotations

from sqlalchemy import select

from ..db import db, now
from ..members.models import Member
from . import exporting, seats
from .models import Event, Export, Registration
from .words import ACTIVE


def forget(member: Member) -> None:
    """Cancel what the member is registered for and delete the lists they asked for, inside write_tx(); the map of personal data does the rest."""
    to_come = select(Registration.id).join(Event, Event.id == Registration.event_id).where(
        Registration.member_id == member.id, Registration.status.in_(ACTIVE), Event.ends_at > now()).order_by(Event.id)
    for number in list(db.session.scalars(to_come)):
        registration = seats.lock_of(number)
        if registration is not None:
            seats.cancel(registration.event, registration)
    for export in db.session.scalars(select(Export).where(Export.member_id == member.id)).all():
        exporting.take_away(export)  # its content is swept later
    db.session.flush()
