"""Events as calendar files: a stable UID, SEQUENCE on change, CANCEL on cancelling; times in UTC, so that no clock change moves them (E15, R12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from ..db import db, now
from ..directory.models import VenueOffer
from ..i18n import country_name, lang, speaking
from .models import Event, Session

REFRESH = timedelta(hours=4)
"""How often a program that follows a feed is asked to look again."""


def address_of(event: Event) -> str:
    """The public address of an event's page."""
    path = current_app.url_map.bind("localhost").build("trainings.show", {"event_id": event.id})
    return current_app.config["BASE_URL"] + path


def attached(event: Event, language: str, *, reads: Iterable[str] = (), is_confirmed: bool = True) -> list[dict[str, str]]:
    """The calendar file of a letter in `language`, for outbox.compose(); load sessions and organiser first."""
    with speaking(language):
        return [_file(event, "PUBLISH", parts(event, reads=reads, is_confirmed=is_confirmed, is_tentative=not is_confirmed))]


def withdrawn(event: Event, language: str, *, only: Iterable[dict[str, Any]] | None = None, for_all: bool = False) -> list[dict[str, str]]:
    """Calendar files that take an event out of calendars again, one for each UID as RFC 5546 asks; `only` these known parts of it.

    `for_all` says that the event itself is cancelled. Where only one person goes, SEQUENCE stays, so that a later
    registration of theirs is no older than this.
    """
    with speaking(language):
        known = list(only) if only is not None else [_times(event, part) for part in event.sessions or [None]]
        files = [_file(event, "CANCEL", [_part(event, one, status="CANCELLED", sequence=event.sequence + for_all)]) for one in known]
    for number, file in enumerate(files[1:], 2):
        file["name"] = file["name"].replace(".ics", f"-{number}.ics")
    return files


def _file(event: Event, method: str, found: list) -> dict[str, str]:
    return {"name": f"libri-{event.id}.ics", "method": method, "text": written(found, method)}


def written(found: list, method: str = "PUBLISH", name: str = "") -> str:
    """The text of a calendar with these parts."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//LiBri//LiBri//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    for part in found:
        calendar.add_component(part)
    return calendar.to_ical().decode()


def parts(event: Event, *, reads: Iterable[str] = (), is_confirmed: bool = False, is_tentative: bool = False) -> list:
    """The sessions of an event for a calendar in the language being spoken; the online link only for those confirmed (S36)."""
    status = "CANCELLED" if event.status == "cancelled" else "TENTATIVE" if is_tentative else "CONFIRMED"
    sequence = event.sequence + (1 if event.status == "cancelled" else 0)
    return [_part(event, _times(event, session), status=status, sequence=sequence, is_confirmed=is_confirmed, reads=reads)
            for session in event.sessions or [None]]


def _times(event: Event, session: Session | None) -> dict[str, Any]:
    """What tells one session apart: its number, times, room and title; the whole event when it has none."""
    if session is None:
        return {"id": None, "starts": event.starts_at, "ends": event.ends_at, "room": "", "title": {}}
    title = session.title if len(event.sessions) > 1 else {}
    return {"id": session.id, "starts": session.starts_at, "ends": session.ends_at, "room": session.room, "title": title}


def uid(event: Event, session_id: int | None) -> str:
    """The name of one session in every calendar, for ever."""
    return event.uid if session_id is None else f"{session_id}.{event.uid}"


def _part(event: Event, part: dict[str, Any], *, status: str, sequence: int, is_confirmed: bool = False, reads: Iterable[str] = ()):
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", uid(event, part["id"]))
    entry.add("sequence", sequence)
    entry.add("dtstamp", now())
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", part["starts"])
    entry.add("dtend", part["ends"])
    entry.add("summary", _summary(event, part, reads))
    entry.add("status", status)
    if said := place(event, part["room"]):
        entry.add("location", said)
    entry.add("description", _description(event, is_confirmed, reads))
    entry.add("url", address_of(event))
    entry.add("organizer", _organiser(event))
    return entry


def _summary(event: Event, part: dict[str, Any], reads: Iterable[str]) -> str:
    title = event.title.best(lang(), *reads)[1]
    session = part["title"].best(lang(), *reads)[1] if part["title"] else ""
    return f"{title}: {session}" if session else title


def place(event: Event, room: str = "") -> str:
    """Where an event is, in words of one line; online ones say so."""
    return where(event.mode, room, venue(event), event.place, event.city, event.country)


def where(mode: str, room: str, venue: str, place: str, city: str, country: str) -> str:
    """The same from its parts."""
    said = [room, venue, place, city, country_name(country) if country else ""]
    return _("Online") if mode == "online" else ", ".join(part for part in said if part)


def venue(event: Event) -> str:
    """Name and address of the venue that was confirmed for an event."""
    offer = db.session.get(VenueOffer, event.venue_offer_id) if event.venue_offer_id else None
    return ", ".join(part for part in (offer.name, offer.address) if part) if offer is not None else ""


def _description(event: Event, is_confirmed: bool, reads: Iterable[str]) -> str:
    lines = [event.description.best(lang(), *reads)[1][:1000], ""]
    if is_confirmed and event.online_url:
        lines += [_("Take part online:"), event.online_url, ""]
    return "\n".join([*lines, _("Everything about this event:"), address_of(event)]).strip()


def _organiser(event: Event):
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{parseaddr(current_app.config['MAIL_FROM'])[1]}")
    address.params["cn"] = vText(event.organiser.name_in(lang())[1])
    return address


