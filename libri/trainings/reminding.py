"""Letters around an event: shortly before, the day after, and what was used 30 and 90 days later (E16, N18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..db import db, now, write_tx
from ..notices.models import tell
from . import attending, reaching
from .models import Event, FeedbackGiven, Registration, Reminder

BEFORE = timedelta(days=2)
"""How long before its beginning people are reminded of an event."""
LATELY = timedelta(days=1)
"""Whoever got a seat within this time has just read all about it, and is not reminded."""
AFTER = timedelta(hours=18)
"""How long after its end people are asked how it was: the check-in list is complete then, the memory fresh."""
TOO_LATE = timedelta(days=14)
ASKED_AFTER = (timedelta(days=30), timedelta(days=90))
"""When people are asked what they used (N18)."""
FORGOTTEN = timedelta(days=150)


def remind() -> int:
    """Remind everybody with a seat at an event that begins in two days or less; return how many letters were written."""
    moment = now()
    due = _without("before").where(Event.starts_at > moment, Event.starts_at <= moment + BEFORE)
    return sum(_remind_of(number) for number in _numbers(due))


def ask_for_feedback() -> int:
    """Ask those who came how it was, the day after; return how many letters were written."""
    moment = now()
    due = _without("after").where(Event.ends_at <= moment - AFTER, Event.ends_at > moment - TOO_LATE)
    return sum(_ask_about(number) for number in _numbers(due))


def ask_what_was_used() -> int:
    """Ask members who came to an event 30 and 90 days ago what they used; return how many were asked."""
    numbers = list(db.session.scalars(_to_ask().with_only_columns(Registration.id)))
    db.session.rollback()
    return sum(_ask_one(number) for number in numbers)


def _without(kind: str) -> Select:
    sent = select(Reminder.event_id).where(Reminder.event_id == Event.id, Reminder.kind == kind).exists()
    return select(Event).where(Event.status == "published", ~sent)


def _numbers(query: Select) -> Sequence[int]:
    numbers = db.session.scalars(query.with_only_columns(Event.id).order_by(Event.id)).all()
    db.session.rollback()
    return numbers


def _once(event_id: int, kind: str) -> Event | None:
    """The event, locked, with the note that this letter went out; None when another worker was faster. Inside write_tx()."""
    event = db.session.scalar(reaching.whole_event(event_id).with_for_update(of=Event))
    if event is None or event.status != "published" or db.session.get(Reminder, (event_id, kind)) is not None:
        return None
    db.session.add(Reminder(event_id=event_id, kind=kind))
    return event


def _remind_of(event_id: int) -> int:
    with write_tx() as session:
        event = _once(event_id, "before")
        if event is None:
            return 0
        people = session.scalars(reaching.people(event_id, "confirmed").where(Registration.changed_at <= now() - LATELY)).all()
        _tell(event, people, "event.soon")
        wanted = [one for one in people if reaching.Reader.of(one, event).wants_news]
        said: dict = {}
        link = bool(event.online_url) and event.mode != "onsite"
        written = [reaching.write("event_reminder", one, event, said, page=reaching.own_page(one), link=link) for one in wanted]
        return len([letter for letter in written if letter])


def _tell(event: Event, people: Sequence[Registration], kind: str) -> None:
    code, title = event.title.best()
    tell([one.member_id for one in people if one.member_id], kind, reaching.path("show", event_id=event.id), event, by_letter=False,
         title=title, language=code)


def _ask_about(event_id: int) -> int:
    with write_tx() as session:
        event = _once(event_id, "after")
        if event is None:
            return 0
        people = came(event_id, session.scalars(reaching.people(event_id, "confirmed")).all())
        given = set(session.scalars(select(FeedbackGiven.registration_id).where(FeedbackGiven.registration_id.in_([one.id for one in people]))))
        asked = [one for one in people if one.id not in given and not one.feedback_waived]
        _tell(event, asked, "event.feedback")
        wanted = [one for one in asked if reaching.Reader.of(one, event).wants_news]
        said: dict = {}
        written = [reaching.write("event_feedback", one, event, said, page=reaching.own_page(one, "feedback_form"),
                                  has_certificate=event.gives_certificate) for one in wanted]
        return len([letter for letter in written if letter])


def came(event_id: int, people: Sequence[Registration]) -> list[Registration]:
    """Those of them who were checked in at least once; all of them where nobody ever was."""
    if not attending.is_checked(event_id):
        return list(people)
    here = attending.sessions_attended(one.id for one in people)
    return [one for one in people if here[one.id]]


def _to_ask() -> Select:
    first, second = (now() - span for span in ASKED_AFTER)
    return (select(Registration).join(Registration.event).where(
        Event.status == "published", Registration.status == "confirmed", Registration.member_id.is_not(None),
        Event.ends_at > now() - FORGOTTEN, or_(and_(Event.ends_at <= first, Registration.asked_30_at.is_(None)),
                                               and_(Event.ends_at <= second, Registration.asked_90_at.is_(None))))
        .order_by(Registration.id))


def _ask_one(registration_id: int) -> int:
    with write_tx() as session:
        registration = session.scalar(_to_ask().where(Registration.id == registration_id).with_for_update(of=Registration).options(
            joinedload(Registration.member), joinedload(Registration.event).options(joinedload(Event.organiser), selectinload(Event.sessions))))
        if registration is None:
            return 0
        event = registration.event
        registration.asked_30_at = registration.asked_30_at or now()
        if event.ends_at <= now() - ASKED_AFTER[1]:
            registration.asked_90_at = now()
        if not came(event.id, [registration]):
            return 0
        page = reaching.own_page(registration, "used")
        code, title = event.title.best()
        tell([registration.member_id], "event.used", page, event, by_letter=False, title=title, language=code)
        if reaching.Reader.of(registration, event).wants_news:
            reaching.write("event_used", registration, event, page=page)
        return 1
