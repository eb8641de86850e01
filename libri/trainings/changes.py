"""Changes of time or place: noticed by comparing with what people were told, announced when nobody goes on changing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from .. import audit
from ..db import db, now, write_tx
from ..emails import unlinked
from ..i18n import Localized, speaking
from ..notices.models import tell
from . import calendar, reaching
from .models import Event, Registration
from .words import ACTIVE, SEATED

QUIET = timedelta(minutes=5)
"""How long times and places must stay as they are before people are told, so that one evening of editing is one letter."""


def facts(event: Event) -> dict[str, Any]:
    """What people must know to come; load sessions first."""
    return {"sessions": [[one.id, one.starts_at.isoformat(), one.ends_at.isoformat(), one.room] for one in event.sessions],
            "starts": event.starts_at.isoformat(), "ends": event.ends_at.isoformat(), "zone": event.timezone, "mode": event.mode,
            "venue": calendar.venue(event), "place": event.place, "city": event.city, "country": event.country, "link": event.online_url}


def begin(event: Event) -> None:
    """Note what people are told first, when an event is published."""
    event.announced = {"facts": facts(event)}


def is_untold(event: Event) -> bool:
    """Whether time or place differ from what people were told."""
    return event.status == "published" and bool(event.announced) and event.announced["facts"] != facts(event)


def look() -> int:
    """Notice changes of events to come and announce those that have settled; return how many people were told."""
    numbers = list(db.session.scalars(select(Event.id).where(Event.status == "published", Event.ends_at > now())))
    db.session.rollback()
    found = [number for number in numbers if _differs(number)]
    return sum(_look_at(number) for number in found)


def _differs(event_id: int) -> bool:
    event = db.session.scalars(reaching.whole_event(event_id)).one()
    differs = not event.announced or event.announced["facts"] != facts(event) or "pending" in event.announced
    db.session.rollback()
    return differs


def _look_at(event_id: int) -> int:
    with write_tx() as session:
        event = session.scalar(reaching.whole_event(event_id).with_for_update(of=Event))
        if event is None or event.status != "published":
            return 0
        present, known = facts(event), event.announced
        if not known or known["facts"] == present:
            event.announced = {"facts": present}
            return 0
        pending = known.get("pending")
        if pending is None or pending["facts"] != present:
            event.sequence += 1
            event.announced = {"facts": known["facts"], "pending": {"facts": present, "since": now().isoformat()}}
            return 0
        if datetime.fromisoformat(pending["since"]) > now() - QUIET:
            return 0
        return announce(event)


def announce(event: Event) -> int:
    """Tell the people of an event its new time and place, inside write_tx(); return how many letters were written."""
    before, present = event.announced["facts"], facts(event)
    if "pending" not in event.announced:
        event.sequence += 1
    event.announced = {"facts": present}
    audit.record("event.change_announced", event, organisation_id=event.organiser_id)
    concerned = db.session.scalars(reaching.people(event.id, *ACTIVE)).all()
    seated = [one for one in concerned if one.status in SEATED]
    said: dict = {}
    for one in seated:
        _write(event, one, before, said)
    code, title = event.title.best()
    tell([one.member_id for one in concerned if one.member_id], "event.changed", reaching.path("show", event_id=event.id), event,
         by_letter=False, title=title, language=code)
    return len(seated)


def _write(event: Event, registration: Registration, before: dict[str, Any], said: dict) -> None:
    reader = reaching.Reader.of(registration, event)
    alike = (reader.language, reader.zone, reader.reads, registration.status)
    if alike not in said:
        said[alike] = _said(event, reader, before, registration.status == "confirmed")
    reaching.write("event_changed", registration, event, said, **said[alike], page=reaching.own_page(registration))


def _said(event: Event, reader: reaching.Reader, before: dict[str, Any], is_confirmed: bool) -> dict[str, Any]:
    """What the letter of a change says to readers alike: the files for their calendars, and how it was before."""
    calendars = calendar.attached(event, reader.language, reads=reader.reads, is_confirmed=is_confirmed)
    if removed := _removed(event, before):
        calendars += calendar.withdrawn(event, reader.language, only=removed)
    for number, file in enumerate(calendars[1:], 2):
        file["name"] = f"libri-{event.id}-{number}.ics"
    earlier = reaching.told(event, reader, datetime.fromisoformat(before["starts"]), datetime.fromisoformat(before["ends"]))
    return {"calendars": calendars, "was": earlier["when"], "was_place": _place(before, reader)}


def _removed(event: Event, before: dict[str, Any]) -> list[dict[str, Any]]:
    """Sessions people have in their calendars and that are no more."""
    left = {one.id for one in event.sessions}
    return [{"id": number, "starts": datetime.fromisoformat(starts), "ends": datetime.fromisoformat(ends), "room": room, "title": Localized()}
            for number, starts, ends, room in before["sessions"] if number not in left]


def _place(before: dict[str, Any], reader: reaching.Reader) -> str:
    """Where it was to be, in the reader's words."""
    with speaking(reader.language):
        return unlinked(calendar.where(before["mode"], "", *(before[name] for name in ("venue", "place", "city", "country"))))


def cancelled(event: Event) -> int:
    """Tell everybody who had or wanted a seat that an event is cancelled, inside write_tx(); return how many letters were written.

    Load sessions and organiser first, and call this before the registrations leave their states.
    """
    concerned = db.session.scalars(reaching.people(event.id, *ACTIVE)).all()
    said: dict = {}
    files: dict[str, list] = {}
    for one in concerned:
        reader = reaching.Reader.of(one, event)
        if reader.language not in files:
            files[reader.language] = calendar.withdrawn(event, reader.language, for_all=True)
        reason = event.cancelled_reason.best(reader.language, *reader.reads)[1]
        reaching.write("event_cancelled", one, event, said, calendars=files[reader.language] if one.status in SEATED else [], words=reason)
    code, title = event.title.best()
    tell([one.member_id for one in concerned if one.member_id], "event.cancelled", reaching.path("show", event_id=event.id), event,
         by_letter=False, title=title, language=code)
    return len(concerned)
