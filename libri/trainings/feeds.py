"""Calendars that programs follow: one's own trainings, and all of the network, at secret addresses that can be renewed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from .. import paging
from ..db import db, now
from ..i18n import speaking
from ..members.models import Member
from ..permissions import Can
from . import calendar, codes
from .models import CalendarFeed, Event, Registration
from .queries.events import visible

KINDS = ("own", "network")
BEHIND = timedelta(days=180)
"""How long an event stays in the calendars after it has ended."""
MOST = 500
HAS_PLACE = ("requested", "substitute", "confirmed", "waiting", "offered", "cancelled_by_organiser")
"""States of which one's own calendar knows."""


def address(feed: CalendarFeed) -> str:
    """The secret address of a feed."""
    return codes.address("feed", token=token(feed))


def token(feed: CalendarFeed) -> str:
    """The part of the address that opens a feed."""
    return f"{feed.id}-{_signature(feed, current_app.config['SECRET_KEY'])}"


def _signature(feed: CalendarFeed, key: str) -> str:
    mac = hmac.new(key.encode(), f"calendar:{feed.id}:{feed.kind}:{feed.nonce}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")


def find(text: str) -> CalendarFeed | None:
    """The feed an address opens, with an active member behind it; None for one that is forged or renewed."""
    number, _dash, signature = text.partition("-")
    feed_id = paging.whole(number)
    feed = db.session.get(CalendarFeed, feed_id) if feed_id is not None else None
    if feed is None:
        return None
    keys = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    good = [hmac.compare_digest(_signature(feed, key).encode(), signature.encode()) for key in keys]
    return feed if any(good) else None


def of_member(member_id: int) -> dict[str, CalendarFeed]:
    """A member's feeds, by kind."""
    return {one.kind: one for one in db.session.scalars(select(CalendarFeed).where(CalendarFeed.member_id == member_id))}


def renew(member_id: int, kind: str) -> CalendarFeed:
    """Make the secret address of a feed, or a new one so that the old one opens nothing, inside write_tx()."""
    feed = db.session.scalar(select(CalendarFeed).where(CalendarFeed.member_id == member_id, CalendarFeed.kind == kind).with_for_update())
    if feed is None:
        feed = CalendarFeed(member_id=member_id, kind=kind)
        db.session.add(feed)
    feed.nonce, feed.renewed_at = secrets.token_urlsafe(24), now()
    db.session.flush()
    return feed


def text(feed: CalendarFeed, member: Member, can: Can) -> str:
    """The calendar of a feed, in its member's language."""
    with speaking(member.language):
        if feed.kind == "own":
            return calendar.written(list(_own(member)), name=_("My trainings"))
        return calendar.written(list(_network(member, can)), name=_("Trainings of the network"))


def _own(member: Member) -> Iterator:
    found = {one.event_id: one for one in db.session.scalars(_registrations(member.id))}  # each event once, by its latest registration
    for registration in found.values():
        is_confirmed = registration.status == "confirmed"
        yield from calendar.parts(registration.event, reads=member.reads, is_confirmed=is_confirmed, is_tentative=not is_confirmed)


def _registrations(member_id: int) -> Select:
    return (select(Registration).join(Registration.event).where(
        Registration.member_id == member_id, Registration.status.in_(HAS_PLACE), Event.status != "draft", Event.ends_at > now() - BEHIND,
        or_(Registration.status != "cancelled_by_organiser", Event.status == "cancelled"))
        .options(contains_eager(Registration.event).options(
            selectinload(Event.sessions), joinedload(Event.organiser), joinedload(Event.venue_offer)), raiseload("*"))
        .order_by(Event.starts_at, Event.id, Registration.id).limit(MOST))


def _network(member: Member, can: Can) -> Iterator:
    events = select(Event).where(*visible(can), Event.ends_at > now() - BEHIND).options(
        selectinload(Event.sessions), joinedload(Event.organiser), joinedload(Event.venue_offer), raiseload("*")
    ).order_by(Event.starts_at, Event.id).limit(MOST)
    for event in db.session.scalars(events):
        yield from calendar.parts(event, reads=member.reads)
