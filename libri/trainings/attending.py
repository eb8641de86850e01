"""Who came: checking people in to sessions, by list, by badge or by the code on site, and the hours it makes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from ..db import db, now
from . import seats
from .models import Attendance, Event, Registration, Session

EARLY = timedelta(hours=1)
"""How long before its beginning people can be checked in to a session."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Signs of a code on site; none looks like another."""
CODE_LENGTH = 6


class NotConfirmed(ValueError):
    """Only somebody with a confirmed seat can be checked in."""


def session_now(event: Event, at: datetime | None = None) -> Session | None:
    """The session people are arriving at: the first that has not ended and begins within the hour, or has begun."""
    at = at or now()
    return next((one for one in event.sessions if one.starts_at - EARLY <= at < one.ends_at), None)


def session_to_show(event: Event) -> Session | None:
    """The session a check-in page opens with: the present one, else the next, else the last."""
    coming = [one for one in event.sessions if one.ends_at > now()]
    return session_now(event) or (coming or event.sessions[-1:] or [None])[0]


def check_in(registration: Registration, session: Session, how: str, by_id: int | None) -> bool:
    """Note that somebody is at a session, inside write_tx() with the registration locked; False if it stands already.

    Raises NotConfirmed.
    """
    if registration.status != "confirmed":
        raise NotConfirmed
    if db.session.get(Attendance, (registration.id, session.id)) is not None:
        return False
    db.session.add(Attendance(registration_id=registration.id, session_id=session.id, how=how, checked_in_by_id=by_id))
    seats.note(registration, "checked_in", session=session.id, how=how)
    return True


def take_back(registration: Registration, session: Session) -> bool:
    """Take a check-in back, inside write_tx(); False if there was none."""
    gone = db.session.execute(delete(Attendance).where(Attendance.registration_id == registration.id, Attendance.session_id == session.id))
    if gone.rowcount:
        seats.note(registration, "checked_out", session=session.id)
    return bool(gone.rowcount)


def sessions_attended(registration_ids: Iterable[int]) -> dict[int, dict[int, Attendance]]:
    """Registration → session → attendance."""
    found: dict[int, dict[int, Attendance]] = {number: {} for number in registration_ids}
    if found:
        for one in db.session.scalars(select(Attendance).where(Attendance.registration_id.in_(found))):
            found[one.registration_id][one.session_id] = one
    return found


def is_checked(event_id: int) -> bool:
    """Whether anybody was checked in at an event; where nobody was, a seat counts as having come."""
    found = select(Attendance.session_id).join(Registration, Registration.id == Attendance.registration_id)
    return db.session.scalar(found.where(Registration.event_id == event_id).limit(1)) is not None


def hours(event: Event, attended: Iterable[int]) -> float:
    """Hours of these sessions of an event."""
    wanted = set(attended)
    return sum(one.hours for one in event.sessions if one.id in wanted)


def share(event: Event, attended: Iterable[int]) -> float:
    """How much of an event somebody was at, in percent of its hours; of its sessions when no hours are given."""
    wanted = set(attended)
    whole = sum(one.hours for one in event.sessions)
    if whole:
        return 100 * hours(event, wanted) / whole
    return 100 * len(wanted) / len(event.sessions) if event.sessions else 0


def hours_of(event: Event, registration_ids: Iterable[int] | None = None) -> dict[int, float] | None:
    """Hours attended of these registrations, or of all; None as long as nobody at all was checked in (then nobody is a no show)."""
    checked_in = select(Attendance.registration_id).join(Session, Session.id == Attendance.session_id).where(Session.event_id == event.id)
    if not event.has_begun or db.session.scalar(checked_in.limit(1)) is None:
        return None
    wanted = [] if registration_ids is None else [Attendance.registration_id.in_(list(registration_ids))]
    found = db.session.execute(
        select(Attendance.registration_id, func.sum(Session.hours)).join(Session, Session.id == Attendance.session_id)
        .where(Session.event_id == event.id, *wanted).group_by(Attendance.registration_id)).all()
    return {row[0]: float(row[1]) for row in found}


def new_code() -> str:
    """A code people can read off a wall and type on a phone."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def cleaned(code: str) -> str:
    """A code as somebody typed it, made comparable."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
