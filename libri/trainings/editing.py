"""What stands on the page of an event, field by field: read for the form, written from it, compared, and made ready to publish."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import func, select

from .. import audit
from ..db import db, now
from ..i18n import Localized
from . import changes, seats, telling, times, venues, waiting
from .models import Attendance, Event, Question, Session

PLAIN = ("kind", "mode", "place", "city", "country", "online_url", "timezone", "audience", "show_participants", "capacity", "waiting_limit",
         "partnership_seats", "needs_approval", "changes_need_approval", "gives_certificate", "min_attendance_percent")
NUMBERS = {"reserved_seats": 0, "offer_hours": 24, "fee_eur": 0.0}
"""Numbers that are never empty, with what they are when nothing is typed."""
LISTS = ("themes", "target_groups", "languages", "interpretation", "accessibility", "audience_kinds", "audience_roles")
MOMENTS = ("registration_opens", "registration_closes", "cancel_until", "answers_until", "partnership_until")
TEXTS = ("title", "description", "programme")
TAKEN_OVER = (*PLAIN, *NUMBERS, *LISTS, *TEXTS)
"""What a copy has from its original."""
QUESTION = ("position", "kind", "label", "help", "options", "is_required", "shown_if_values")


class TooFewSeats(ValueError):
    """More people have a seat than the event would have; `args[0]` is how many."""


class SessionUsed(ValueError):
    """People are checked in to a session that was taken out."""


def local(at: datetime | None, zone: str) -> datetime | None:
    """An instant as the clocks of a zone show it, to the minute."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0) if at else None


def values(event: Event) -> dict:
    """Everything the form can change, by the names of its fields."""
    found = {name: getattr(event, name) for name in (*PLAIN, *NUMBERS, *LISTS)} | {"organiser_id": str(event.organiser_id)}
    found |= {name: local(getattr(event, name), event.timezone) for name in MOMENTS}
    for column in TEXTS:
        found |= {f"{column}_{code}": text for code, text in getattr(event, column).items()}
    for number, session in enumerate(event.sessions):
        found |= {f"session_{number}_{name}": value for name, value in _session_values(session, event.timezone).items()}
    return found


def _session_values(session: Session, zone: str) -> dict:
    starts, ends = local(session.starts_at, zone), local(session.ends_at, zone)
    return {"id": str(session.id or ""), "day": starts.date(), "starts": starts.time(), "ends": ends.time(), "hours": session.hours,
            "room": session.room, **{f"title_{code}": text for code, text in session.title.items()}}


def write(event: Event, form) -> None:
    """Set what was typed, inside write_tx() with the event locked. Raises TooFewSeats and SessionUsed."""
    zone, before = form.timezone.data, event.timezone
    for name in MOMENTS:
        setattr(event, name, _moment(form[name].data, zone, getattr(event, name), before))
    for name in PLAIN:
        setattr(event, name, form[name].data)
    for name, nothing in NUMBERS.items():
        setattr(event, name, nothing if form[name].data is None else form[name].data)
    for name in LISTS:
        setattr(event, name, form.in_order(name, getattr(event, name)))
    for column in TEXTS:
        setattr(event, column, form.typed(column))
    _write_sessions(event, form, zone, before)
    settle(event)
    venues.follow(event, telling.doer())
    check_seats(event)


def _moment(typed: datetime | None, zone: str, present: datetime | None, present_zone: str) -> datetime | None:
    """The instant of what was typed; the present one where nothing changed, even in an hour that the clocks show twice."""
    if typed is None or (present is not None and zone == present_zone and local(present, zone) == typed):
        return present if typed else None
    return moment(typed, zone)


def moment(typed: datetime | None, zone: str) -> datetime | None:
    """The instant that somebody typed as the clocks of a zone show it; raises NoSuchTime."""
    return times.instant(typed.date(), typed.time(), zone) if typed else None


def _write_sessions(event: Event, form, zone: str, before: str) -> None:
    there = {str(session.id): session for session in event.sessions}
    kept = []
    for row in form.typed_sessions():
        session = there.pop(row["id"], None) or Session()
        present = _session_values(session, before) if session.id else {}
        same = zone == before and all(present.get(name) == row[name] for name in ("day", "starts", "ends"))
        follows = row["hours"] is None or (session.id and row["hours"] == present["hours"] == _length(session))
        if not same:
            session.starts_at, session.ends_at = times.session_of(row["day"], row["starts"], row["ends"], zone)
        session.hours = _length(session) if follows else row["hours"]
        session.room, session.title = row["room"], Localized(row["title"])
        kept.append(session)
    gone = [session.id for session in there.values()]
    if gone and db.session.scalar(select(func.count()).select_from(Attendance).where(Attendance.session_id.in_(gone))):
        raise SessionUsed
    event.sessions = sorted(kept, key=lambda one: one.starts_at)


def _length(session: Session) -> float:
    """The hours from beginning to end of a session."""
    return round((session.ends_at - session.starts_at).total_seconds() / 3600, 2)


def settle(event: Event) -> None:
    """Renew what follows from the rest: beginning and end."""
    event.starts_at = min(session.starts_at for session in event.sessions)
    event.ends_at = max(session.ends_at for session in event.sessions)
    event.changed_at = now()


def check_seats(event: Event) -> None:
    """Insist on a seat for everybody who has one, then offer those that became free. Raises TooFewSeats."""
    if event.id is None:
        return
    taken = waiting.taken(event)
    if event.seats is not None and event.seats < taken:
        raise TooFewSeats(taken)
    db.session.flush()
    seats.fill(event)


def missing(event: Event) -> list[str]:
    """What an event still needs before it can be published, in sentences."""
    found = []
    if not event.title:
        found.append(_("Write a title."))
    if not event.description:
        found.append(_("Describe the event in two or three sentences."))
    if not event.languages:
        found.append(_("Choose the languages of the event."))
    if event.mode != "online" and not event.city:
        found.append(_("Write the town where the event takes place."))
    if event.ends_at <= now():
        found.append(_("The event lies in the past. Change its days."))
    if event.organiser.status != "active":
        found.append(_("The organising organisation is not active."))
    return found


def cancel(event: Event, reason: Localized, by_id: int | None) -> None:
    """Cancel an event inside write_tx(): everybody registered is told, registrations end, and the venue is free again."""
    event.cancelled_reason = reason
    changes.cancelled(event)
    seats.call_off(event)
    event.status, event.cancelled_at, event.version = "cancelled", now(), event.version + 1
    venues.free(event, by_id)
    audit.record("event.cancelled", event, organisation_id=event.organiser_id)


def copy_of(event: Event, member_id: int) -> Event:
    """A draft with the texts, rules, sessions and questions of an event, inside write_tx(); dates of registration are left open (E21)."""
    new = Event(status="draft", created_by_id=member_id, copied_from_id=event.id, organiser_id=event.organiser_id,
                **{name: copy(getattr(event, name)) for name in TAKEN_OVER})
    new.sessions = [Session(title=one.title, starts_at=one.starts_at, ends_at=one.ends_at, hours=one.hours, room=one.room)
                    for one in event.sessions]
    settle(new)
    db.session.add(new)
    db.session.flush()
    _copy_questions(event, new)
    return new


def _copy_questions(event: Event, new: Event) -> None:
    numbers: dict[int | None, int] = {}
    for one in db.session.scalars(select(Question).where(Question.event_id == event.id).order_by(Question.position, Question.id)).all():
        question = Question(event_id=new.id, **{name: copy(getattr(one, name)) for name in QUESTION})
        question.shown_if_question_id = numbers.get(one.shown_if_question_id)
        db.session.add(question)
        db.session.flush()
        numbers[one.id] = question.id
