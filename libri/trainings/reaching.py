"""Writing to the people of an event: each in their own language and time zone, guests too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from .. import emails, tickets
from ..db import db
from ..i18n import speaking
from ..outbox import Letter
from . import calendar, times
from .models import Event, Registration, RegistrationEntry


@dataclass(frozen=True)
class Reader:
    """Whom a letter goes to, in which language and time zone."""

    address: str
    language: str
    zone: str
    reads: tuple[str, ...] = ()
    member_id: int | None = None
    wants_news: bool = True

    @classmethod
    def of(cls, registration: Registration, event: Event) -> Reader:
        """The person of a registration; load its member first. Guests read in the zone of the event."""
        member = registration.member
        if member is None:
            return cls(registration.guest_email, registration.language or "en", event.timezone)
        return cls(member.email or "", member.language, member.timezone, tuple(member.reads), member.id, member.notices != "never")


def people(event_id: int, *states: str) -> Select:
    """Registrations of an event in these states, in order of arrival, with the members that can get letters."""
    return (select(Registration).where(Registration.event_id == event_id, Registration.status.in_(states),
                                       Registration.anonymised_at.is_(None))
            .options(joinedload(Registration.member)).order_by(Registration.arrived))


def whole_event(event_id: int) -> Select:
    """One event with what a letter says of it."""
    return select(Event).where(Event.id == event_id).options(
        selectinload(Event.sessions), joinedload(Event.organiser), joinedload(Event.venue_offer))


def path(endpoint: str, **values: Any) -> str:
    """The path of a page of ours, also where no request is."""
    return current_app.url_map.bind("localhost").build(f"trainings.{endpoint}", values)


def own_page(registration: Registration, page: str = "") -> str:
    """The path of one's own page of a registration, or of a `page` below it; guests have a signed link."""
    if registration.member_id is not None:
        return path(page or "my_registration", registration_id=registration.id)
    token = tickets.lasting_token("registration", registration.id)
    return path(f"guest_{page}" if page else "guest_registration", token=token)


def told(event: Event, reader: Reader, starts=None, ends=None) -> dict[str, Any]:
    """What every letter says of an event: title, when – there and at the reader's –, where."""
    starts, ends = starts or event.starts_at, ends or event.ends_at
    with speaking(reader.language):
        language, title = event.title.best(reader.language, *reader.reads)
        said = {"title": emails.unlinked(title), "title_language": language, "when": when(starts, ends, event.timezone),
                "place": emails.unlinked(calendar.place(event)), "event": path("show", event_id=event.id)}
        if not times.same_clock(starts, ends, event.timezone, reader.zone):
            said["when_here"] = when(starts, ends, reader.zone)
        return said


def when(starts, ends, zone: str) -> str:
    """Beginning and end in a zone, with its name, as plain words."""
    return f"{times.span(starts, ends, zone).striptags()}, {times.zone_name(zone, starts, ends)}"


def write(kind: str, registration: Registration, event: Event, said: dict | None = None, **values: Any) -> Letter | None:
    """Lay a letter about an event into the outbox and note it in the log (E26), inside write_tx(); None for somebody without an address.

    Whoever writes to many hands over one dictionary as `said`, so that what is the same for readers alike is worded once.
    """
    reader = Reader.of(registration, event)
    if not reader.address:
        return None
    if "page" in values:  # a guest's link is signed when the letter is drawn: the outbox holds no secret
        values["page"] = re.sub(r"^/guest/[^/]+", f"/guest/~{registration.id}", values["page"])
    db.session.add(RegistrationEntry(registration_id=registration.id, action="letter", details={"kind": kind}))
    said = {} if said is None else said
    alike = (reader.language, reader.zone, reader.reads)
    if alike not in said:
        said[alike] = told(event, reader)
    return emails.about_event(kind, reader, **said[alike], **values)


