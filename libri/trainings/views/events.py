"""The events of the network: as a list, as a calendar, and the page of each."""

from __future__ import annotations

from collections import Counter

from flask import abort, g, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from ... import i18n
from ...db import db, now
from ...exchange.using import discussions_about
from ...exchange.words import TARGET_GROUPS
from ...members.gate import ask_to_sign_in
from ...notices.reading import visited
from ...pages import render
from ...paging import part
from ...permissions import public
from ...vocabularies import THEMES
from .. import editing, month, reading, rules, times, using
from ..forms.catalogue import EventsAsked, month_asked
from ..models import Event
from ..queries import events as queries
from ..queries.reservations import waiting_for
from ..words import ACCESSIBILITY
from . import blueprint

EVENT = "/trainings/<int:event_id>"
WORDS = reading.CARD_WORDS | {"themes": THEMES, "accessibility": ACCESSIBILITY}


def find(event_id: int) -> Event:
    """The event with its organiser, sessions and venue, or 404 for whoever may not see it."""
    event = db.session.scalar(queries.one(event_id))
    if event is None or not g.can.see_event(event):
        abort(404)
    return event


def trail(event: Event) -> list[tuple]:
    """The way back up from a page about an event."""
    return [(_("Trainings and events"), url_for(".index")), (i18n.local(event.title), url_for(".show", event_id=event.id))]


@blueprint.get("/trainings")
@public
def index():
    """The events the reader may see, with filters that stand in the address; `?view=month` is a calendar."""
    form = EventsAsked()
    filters = form.filters(g.can.read_network())
    places = db.session.execute(queries.places_of(g.can.member_id)).all() if filters.for_me else ()
    conditions = queries.matching(filters, g.can, places)
    shared = {"form": form, "filters": filters, "asked": filters.in_address, "may_create": reading.may_create(g.can),
              "asked_of_us": db.session.scalar(waiting_for(g.can)) if reading.may_create(g.can) else 0,
              "status": 200 if form.is_good else 422, **WORDS}
    if request.args.get("view") == "month":
        return _calendar(filters, conditions, shared)
    found = part(queries.listed(conditions, g.can), queries.SORT, filters.show in ("past", "ours", "mine"), queries.ROWS)
    return render("trainings/index.html", fragments=["event_list"], part=found, tabs=tabs(filters), is_month=False, **shared)


def _calendar(filters: queries.Filters, conditions: list, shared: dict):
    zone = i18n.timezone()
    today = times.local_day(now(), zone)
    first = month_asked(today)
    within = queries.matching(filters.but(show="all"), g.can) if filters.show in ("coming", "past") and not filters.for_me else conditions
    rows = db.session.execute(queries.in_month(*month.bounds(first, zone), within, g.can)).all()
    links = {name: url_for(".index", view="month", month=month.neighbour(first, step), **filters.in_address)
             for name, step in (("before", -1), ("after", 1))}
    weeks = month.weeks(first, [row[0] for row in rows], zone, today)
    return render(
        "trainings/index.html", fragments=["event_list"], tabs=tabs(filters), is_month=True, first=first, links=links, zone=zone,
        weeks=weeks, is_empty=not any(day.entries for week in weeks for day in week), weekdays=month.weekdays(), **shared)


def tabs(filters: queries.Filters) -> list[tuple]:
    """What may be looked at; guests choose only between what comes and what was."""
    ways = [("coming", pgettext("events", "Coming"))]
    ways += [("mine", _("My registrations"))] if g.can.read_network() else []
    ways += [("past", pgettext("events", "Past"))]
    ways += [("ours", _("We organise"))] if reading.may_create(g.can) else []
    view = {"view": "month"} if request.args.get("view") == "month" else {}
    return [(label, url_for(".index", **filters.but(show=name).in_address, **view), name == filters.show) for name, label in ways]


@blueprint.get(EVENT)
@public
def show(event_id: int):
    """One event: what, when, where, for whom, and how seats are given."""
    if not g.can.read_network() and not _is_public(event_id):
        return ask_to_sign_in()  # letters lead here
    event = find(event_id)
    visited(event)
    return page(event)


def _is_public(event_id: int) -> bool:
    event = db.session.scalar(queries.one(event_id))
    return event is not None and g.can.see_event(event)


def page(event: Event, status: int = 200):
    """Draw the page of an event as this reader may see it."""
    counts = Counter(dict(db.session.execute(queries.counts(event.id)).all()))
    own = reading.own_registration(event.id, g.can)
    manages = g.can.manage_event(event)
    return render(
        "trainings/show.html", event=event, own=own, manages=manages, seats=reading.seats_of(event, counts),
        title=event.title.best(*i18n.reader_languages()), materials=reading.materials_for(event, own, manages),
        shows_link=bool(event.online_url) and not event.is_over and (manages or (own is not None and own.status == "confirmed")),
        parts=reading.parts_of(event) if manages else [], lacks=editing.missing(event) if manages and event.status == "draft" else [],
        rules=rules, used=using.resources_of(event.id),
        discussions=discussions_about("event", event.id), named=reading.named_participants(event, own, manages), wanted=_wanted(),
        zone=i18n.timezone() if g.can.read_network() else event.timezone, groups=TARGET_GROUPS,
        trail=[(_("Trainings and events"), url_for(".index"))],
        status=status, **WORDS)


def _wanted() -> tuple[str, ...]:
    """The languages to read in, best first: the one asked for in the address, then the reader's."""
    return (*([request.args["in"][:8]] if "in" in request.args else []), *i18n.reader_languages())
