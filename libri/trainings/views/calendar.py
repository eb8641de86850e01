"""Calendar files: of one event, and the feeds at secret addresses."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit
from ...db import db, write_tx
from ...members.gate import can_of
from ...members.models import Member
from ...pages import go, render
from ...permissions import public
from .. import calendar, feeds, reaching, seats
from ..files import file
from . import blueprint
from .own import of_guest


@blueprint.get("/trainings/<int:event_id>.ics")
@public
def ics(event_id: int):
    """One event for one's calendar; the online link only for those who have a seat."""
    event = db.session.scalar(reaching.whole_event(event_id))
    if event is None or not g.can.see_event(event):
        abort(404)
    own = seats.active_of(event_id, g.can.member_id) if g.can.member_id else None
    reads = current_user.reads if g.can.member_id else ()
    found = calendar.parts(event, reads=reads, is_confirmed=own is not None and own.status == "confirmed",
                           is_tentative=own is not None and own.status != "confirmed")
    return file(calendar.written(found), "ics", f"libri-{event_id}")


@blueprint.get("/guest/<token>/event.ics")
@public
def guest_ics(token: str):
    """The event for the calendar of a guest."""
    registration = of_guest(token)
    is_confirmed = registration.status == "confirmed"
    found = calendar.parts(registration.event, is_confirmed=is_confirmed, is_tentative=not is_confirmed)
    return file(calendar.written(found), "ics", f"libri-{registration.event_id}")


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str):
    """A calendar a program follows: the address is the key."""
    found = feeds.find(token)
    member = db.session.get(Member, found.member_id) if found else None
    if found is None or member is None or not member.is_active:
        abort(404)
    response = file(feeds.text(found, member, can_of(member)), "ics", f"libri-{found.kind}")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/me/calendar")
def calendar_settings():
    """The addresses of one's calendars."""
    known = feeds.of_member(g.can.member_id)
    return render("trainings/calendar_settings.html", feeds=[(kind, known.get(kind)) for kind in feeds.KINDS], address=feeds.address)


@blueprint.post("/me/calendar/<any(own, network):kind>")
def renew_feed(kind: str):
    """Make the address of a calendar, a new one, or none any more."""
    with write_tx() as session:
        if request.form.get("remove"):
            feed = feeds.of_member(g.can.member_id).get(kind)
            if feed is not None:
                session.delete(feed)
            audit.record("calendar.removed", kind=kind)
            said = _("The address no longer opens anything.")
        else:
            feeds.renew(g.can.member_id, kind)
            audit.record("calendar.renewed", kind=kind)
            said = _("The address is ready. An earlier one no longer opens anything.")
    flash(said, "success")
    return go(url_for(".calendar_settings"))
