"""The seats of an event: who gets one, who waits, who is offered one. Everything here runs inside write_tx(), on a locked event.

Confirmed and offered together never exceed the seats. A seat that becomes free is offered in the same transaction.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import attributes, joinedload

from .. import audit
from ..db import db, now
from ..members.models import Member
from . import reaching, telling, waiting
from .models import Event, Registration, RegistrationEntry
from .words import ACTIVE, SEATED


class Closed(ValueError):
    """Registration is not open now."""


class Already(ValueError):
    """This person has an active registration for the event."""


class Full(ValueError):
    """All seats are taken and the waiting list is full too."""


class WrongState(ValueError):
    """This cannot be done to a registration in its present state."""


def lock(event_id: int) -> Event | None:
    """The event with organiser and sessions, locked until the transaction ends, so that seats are given by one at a time."""
    return db.session.scalar(reaching.whole_event(event_id).with_for_update(of=Event).execution_options(populate_existing=True))


def lock_of(registration_id: int) -> Registration | None:
    """A registration with its event, both locked: the event first."""
    event_id = db.session.scalar(select(Registration.event_id).where(Registration.id == registration_id))
    event = lock(event_id) if event_id is not None else None
    if event is None:
        return None
    registration = db.session.scalar(select(Registration).where(Registration.id == registration_id).options(
        joinedload(Registration.organisation), joinedload(Registration.member)).with_for_update(of=Registration)
        .execution_options(populate_existing=True))
    if registration is not None:
        attributes.set_committed_value(registration, "event", event)
    return registration


def active_of(event_id: int, member_id: int | None, email: str = "") -> Registration | None:
    """The one active registration of a member, or of a guest's address; who has an account may have come as a guest, or the other way round."""
    if member_id is not None:
        address = select(func.lower(Member.email)).where(Member.id == member_id).scalar_subquery()
        who = or_(Registration.member_id == member_id, Registration.guest_email == address)
    else:
        who = or_(Registration.guest_email == email, Registration.member_id.in_(select(Member.id).where(func.lower(Member.email) == email)))
    return db.session.scalar(select(Registration).where(Registration.event_id == event_id, Registration.status.in_(ACTIVE), who)
                             .options(joinedload(Registration.member)).order_by(Registration.member_id.is_(None), Registration.id).limit(1))


# ---- coming in -------------------------------------------------------------------------------------------------------


def register(event: Event, registration: Registration) -> Registration:
    """Give a new registration its number of arrival and its state; raises Closed, Already or Full."""
    if not event.takes_registrations:
        raise Closed
    if active_of(event.id, registration.member_id, registration.guest_email) is not None:
        raise Already
    registration.event_id, registration.arrived = event.id, _next_number(event)
    registration.status = _first_state(event, registration)
    db.session.add(registration)
    db.session.flush()
    _note(registration, "made" if registration.registered_by_id is None else "made_for")
    telling.changed(event, registration)
    return registration


def arrive(event: Event, registration: Registration) -> None:
    """Let a guest who has just confirmed the address take part; raises Closed, Already, Full or WrongState."""
    if registration.status != "unconfirmed":
        raise WrongState
    if not event.takes_registrations:
        raise Closed
    if active_of(event.id, None, registration.guest_email) is not None:
        raise Already
    registration.arrived = _next_number(event)
    become(event, registration, _first_state(event, registration))


def _next_number(event: Event) -> int:
    event.last_arrived += 1
    return event.last_arrived


def _first_state(event: Event, registration: Registration) -> str:
    if registration.is_substitute:
        return "substitute"
    return "requested" if event.needs_approval else seat_or_wait(event, registration)


def seat_or_wait(event: Event, registration: Registration, *, keeps_limit: bool = True) -> str:
    """Confirmed while a seat is free that nobody else waits for; else waiting, or Full when that list is full too."""
    if has_seat_for(event, registration.partnership_id):
        return "confirmed"
    if keeps_limit and event.waiting_limit is not None:
        number = select(func.count()).select_from(Registration).where(Registration.event_id == event.id, Registration.status == "waiting")
        if (db.session.scalar(number) or 0) >= event.waiting_limit:
            raise Full
    return "waiting"


def has_seat_for(event: Event, partnership_id: int | None) -> bool:
    """Whether a seat is free for somebody of a partnership (N13); those waiting were served before, so nobody is passed over."""
    fill(event)
    if event.seats is not None and waiting.taken(event) >= event.seats:
        return False
    limit = waiting.limit_now(event)
    return limit is None or partnership_id is None or waiting.seats_of_partnerships(event)[partnership_id] < limit


# ---- offers ----------------------------------------------------------------------------------------------------------


def fill(event: Event) -> list[Registration]:
    """Offer every free seat to those whose turn it is; return them."""
    if event.status != "published" or event.has_begun:
        return []
    free = None if event.seats is None else event.seats - waiting.taken(event)
    if free is not None and free <= 0:
        return []
    served, _blocked = waiting.in_turn(waiting.people_waiting(event), waiting.seats_of_partnerships(event), waiting.limit_now(event))
    for registration in served[:free]:
        _offer(event, registration)
    return served[:free]


def _offer(event: Event, registration: Registration) -> None:
    registration.offered_at = now()
    registration.offer_ends_at = waiting.offer_end(event, registration.offered_at)
    become(event, registration, "offered", until=registration.offer_ends_at.isoformat())


def accept(event: Event, registration: Registration) -> None:
    """Take the offered seat; raises WrongState when there is no offer, or it has ended."""
    if event.status != "published" or registration.status != "offered" or (registration.offer_ends_at or now()) <= now():
        raise WrongState
    become(event, registration, "confirmed")


def decline(event: Event, registration: Registration) -> None:
    """Give an offer back; the seat goes to the next at once."""
    if registration.status != "offered":
        raise WrongState
    become(event, registration, "left")
    fill(event)


def expire(event: Event) -> int:
    """Put those whose offer has ended at the end of the list, and offer every free seat to the next; return how many changed."""
    ended = list(db.session.scalars(select(Registration).where(
        Registration.event_id == event.id, Registration.status == "offered", Registration.offer_ends_at <= now())
        .order_by(Registration.arrived)))
    for registration in ended:
        registration.arrived = _next_number(event)
        registration.offered_at = registration.offer_ends_at = None
        become(event, registration, "waiting", because="expired")
    return len(ended) + len(fill(event))


# ---- going -----------------------------------------------------------------------------------------------------------


def cancel(event: Event, registration: Registration) -> None:
    """Let a person go; the seat they had goes to the substitute their coordinator named, else to the next on the list."""
    had_seat = registration.status in SEATED
    become(event, registration, _state_of_leaving(event, registration))
    if had_seat:
        hand_over(event, registration)


def _state_of_leaving(event: Event, registration: Registration) -> str:
    if registration.status == "confirmed":
        return "cancelled_late" if event.cancel_until is not None and now() > event.cancel_until else "cancelled"
    if registration.status in ("waiting", "offered", "substitute"):
        return "left"
    if registration.status in ("requested", "unconfirmed"):
        return "cancelled"
    raise WrongState


def hand_over(event: Event, registration: Registration) -> None:
    """Offer a freed seat to the substitute of its partnership, so that no seat is lost when somebody falls ill (N14)."""
    substitute = registration.partnership_id and db.session.scalar(select(Registration).where(
        Registration.event_id == event.id, Registration.status == "substitute",
        Registration.partnership_id == registration.partnership_id).order_by(Registration.rank, Registration.arrived).limit(1))
    over = event.seats is not None and waiting.taken(event) >= event.seats
    if substitute and event.status == "published" and not event.has_begun and not over:
        _offer(event, substitute)
    fill(event)


def call_off(event: Event) -> None:
    """End every registration that stands, because the event is cancelled; people are told of that, not each of their seat."""
    for one in db.session.scalars(select(Registration).where(Registration.event_id == event.id, Registration.status.in_(ACTIVE))).all():
        one.status, one.changed_at, one.version = "cancelled_by_organiser", now(), one.version + 1
        one.prepared, one.is_to_review, one.offered_at, one.offer_ends_at = None, False, None, None
        db.session.add(RegistrationEntry(registration_id=one.id, action=one.status, details={"because": "event"}, by_id=telling.doer()))


def remove(event: Event, registration: Registration, reason: str) -> None:
    """Cancel somebody's registration as the organiser, with a reason that reaches them."""
    if not registration.is_active:
        raise WrongState
    had_seat = registration.status in SEATED
    registration.reason = reason
    become(event, registration, "cancelled_by_organiser")
    if had_seat:
        hand_over(event, registration)


def replace(event: Event, registration: Registration, colleague: Registration) -> Registration:
    """Give a confirmed seat to a colleague of the same partnership; raises WrongState or Already.

    A colleague who waits or was nominated leaves that place for the seat.
    """
    if registration.status != "confirmed" or event.is_over or registration.partnership_id != colleague.partnership_id:
        raise WrongState
    before = active_of(event.id, colleague.member_id)
    if before is not None and before.status in SEATED:
        raise Already
    if before is not None:
        become(event, before, "left", quietly=True)
    become(event, registration, "replaced")
    db.session.flush()
    colleague.event_id, colleague.arrived, colleague.status = event.id, _next_number(event), "confirmed"
    colleague.replaces_id = registration.id
    db.session.add(colleague)
    db.session.flush()
    _note(colleague, "replaces", of=registration.id)
    telling.changed(event, colleague)
    return colleague


# ---- what every change leaves behind ---------------------------------------------------------------------------------


def become(event: Event, registration: Registration, state: str, *, quietly: bool = False, **details) -> None:
    """Give a registration its next state, write it into the log, and tell the person unless `quietly`."""
    if not registration.is_active and registration.status != "unconfirmed":
        raise WrongState
    registration.status, registration.changed_at, registration.version = state, now(), registration.version + 1
    registration.prepared, registration.is_to_review = None, False
    if state != "offered":
        registration.offered_at = registration.offer_ends_at = None
    db.session.flush()
    _note(registration, state, **details)
    if not quietly:
        telling.changed(event, registration, **details)


def note(registration: Registration, action: str, **details) -> None:
    """Add a line to the log of a registration and to the audit trail (E26)."""
    _note(registration, action, **details)


def _note(registration: Registration, action: str, **details) -> None:
    entry = audit.record(f"registration.{action}", registration, **details)
    db.session.add(RegistrationEntry(registration_id=registration.id, action=action, details=details, by_id=entry.member_id))
