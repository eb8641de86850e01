"""What trainings forget, and when: access needs at the end, names two years later, letters nobody released (product.md, privacy)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from .. import audit
from ..db import db, now, write_tx
from ..outbox import Letter
from .models import Answer, Attendance, Certificate, Event, HeldLetter, Registration, RegistrationEntry
from .words import ACTIVE

KEPT = timedelta(days=730)
"""How long after an event its registrations carry names (assurance.md, section 3)."""
HELD = timedelta(days=30)
"""How long a letter may wait to be read before it is dropped."""
CONFIRMED_WITHIN = timedelta(days=7)
"""How long a guest's registration waits for the address to be confirmed."""
EMPTY = {"member_id": None, "guest_name": "", "guest_email": "", "guest_organisation": "", "registered_by_id": None,
         "note": "", "reason": "", "access_needs": "", "languages": [], "search_text": "", "shows_name": False}
"""What is left of a person in a registration: nothing; state, organisation and hours stay for the numbers."""


def forget_needs() -> int:
    """Delete the access needs of events that are over or cancelled, and of people who do not come; return how many."""
    over = select(Event.id).where(or_(Event.ends_at <= now(), Event.status == "cancelled"))
    due = [Registration.access_needs != "", or_(Registration.event_id.in_(over), Registration.status.not_in((*ACTIVE, "unconfirmed")))]
    if db.session.scalar(select(Registration.id).where(*due).limit(1)) is None:
        db.session.rollback()
        return 0
    with write_tx() as session:
        gone = session.execute(update(Registration).where(*due).values(access_needs="")).rowcount
        session.execute(update(Event).where(Event.id.in_(over), Event.needs_deleted_at.is_(None)).values(needs_deleted_at=now()))
        return gone


def anonymise() -> int:
    """Take the names out of everything about events that ended two years ago; return how many registrations."""
    due = select(Event.id).where(Event.ends_at <= now() - KEPT, Event.anonymised_at.is_(None)).order_by(Event.id)
    numbers = list(db.session.scalars(due))
    db.session.rollback()
    return sum(_anonymise(number) for number in numbers)


def _anonymise(event_id: int) -> int:
    with write_tx() as session:
        event = session.get_one(Event, event_id, with_for_update=True)
        if event.anonymised_at is not None:
            return 0
        event.anonymised_at = event.needs_deleted_at = now()
        theirs = select(Registration.id).where(Registration.event_id == event_id)
        session.execute(delete(HeldLetter).where(HeldLetter.event_id == event_id))
        session.execute(delete(Answer).where(Answer.registration_id.in_(theirs)))
        session.execute(update(RegistrationEntry).where(RegistrationEntry.registration_id.in_(theirs)).values(by_id=None, details={}))
        session.execute(update(Attendance).where(Attendance.registration_id.in_(theirs)).values(checked_in_by_id=None))
        session.execute(update(Certificate).where(Certificate.event_id == event_id).values(name="", member_id=None, is_name_public=False))
        audit.record("event.anonymised", event, organisation_id=event.organiser_id)
        return session.execute(update(Registration).where(Registration.event_id == event_id).values(**EMPTY, anonymised_at=now())).rowcount


def drop_held_letters() -> int:
    """Drop letters that waited a month to be read; return how many."""
    with write_tx() as session:
        old = HeldLetter.status == "held", HeldLetter.created_at <= now() - HELD
        batches = [f"held_letter:{number}" for number in session.scalars(select(HeldLetter.id).where(*old))]
        session.execute(update(HeldLetter).where(*old).values(status="dropped"))
        return session.execute(delete(Letter).where(Letter.status == "held", Letter.batch.in_(batches))).rowcount


def forget_unconfirmed() -> int:
    """Delete registrations of guests who did not confirm their address within a week; return how many."""
    with write_tx() as session:
        return session.execute(delete(Registration).where(
            Registration.status == "unconfirmed", Registration.created_at <= now() - CONFIRMED_WITHIN)).rowcount
