"""Serving the waiting lists: offers end and seats are offered, within a minute and also when nobody presses anything."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from ..db import db, now, write_tx
from . import seats
from .models import Event, Registration
from .words import SEATED


def serve() -> int:
    """Let ended offers end and offer what is free, event by event; return how many events had something to do.

    Seats become free without a cancellation too: more seats were added, or the date passed up to which partnerships have theirs.
    """
    numbers = list(db.session.scalars(_with_something_to_do()))
    db.session.rollback()
    return sum(_serve(number) for number in numbers)


def _with_something_to_do():
    taken = (select(func.count()).select_from(Registration).where(Registration.event_id == Event.id, Registration.status.in_(SEATED))
             .correlate(Event).scalar_subquery())
    ended = select(Registration.event_id).where(Registration.status == "offered", Registration.offer_ends_at <= now())
    waiting = select(Registration.event_id).where(Registration.status == "waiting")
    free = or_(Event.capacity.is_(None), taken < Event.capacity - Event.reserved_seats)
    return select(Event.id).where(Event.status == "published", or_(
        Event.id.in_(ended), and_(Event.id.in_(waiting), Event.starts_at > now(), free))).order_by(Event.id)


def _serve(event_id: int) -> int:
    with write_tx():
        event = seats.lock(event_id)
        if event is None:
            return 0
        return int(seats.expire(event) > 0)
