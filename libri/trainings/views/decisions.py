"""Deciding on requests: decisions are prepared one by one and announced together (E8)."""

from __future__ import annotations

from collections import Counter

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import audit, paging
from ...db import db, write_tx
from ...pages import go
from ...permissions import require
from .. import deciding, reading, seats, waiting
from ..forms.nominations import DecisionsForm, decisions_form
from ..models import Event
from ..queries import registrations as queries
from . import blueprint
from .events import EVENT
from .registering import find_event, form_page


def find_managed(event_id: int) -> Event:
    """The event, for its organiser."""
    event = find_event(event_id)
    require(g.can.manage_event(event))
    return event


@blueprint.route(f"{EVENT}/decisions", methods=["GET", "POST"])
def decide(event_id: int):
    """Who asked for a seat, by arrival, with what is prepared; save the decisions of this part of the list."""
    event = find_managed(event_id)
    after = paging.number("after") or 0
    found = list(db.session.scalars(queries.to_decide(event_id, after)))
    people = found[:queries.DECISIONS_A_PAGE]
    form = decisions_form(people)
    if form.validate_on_submit():
        _save(event_id, form)
        flash(_("The decisions are saved. Nobody is told before you announce them."), "success")
        return go(url_for(".decide", event_id=event_id, after=after or None))
    counts = Counter({decision or "open": number for decision, number in db.session.execute(queries.prepared(event_id)).all()})
    return form_page("decisions", event, form, counts=counts, taken=waiting.taken(event), seats_of=waiting.seats_of_partnerships(event),
                     parts=reading.parts_of(event), after=after, next_after=people[-1].arrived if len(found) > len(people) else None)


def _save(event_id: int, form: DecisionsForm) -> None:
    """Prepare what was decided; who is no longer waiting for a decision stays as they are."""
    decided = {one.id: (decision.data, reason.data) for one, decision, reason in form.rows()}
    with write_tx():
        seats.lock(event_id) or abort(404)
        if form.claim():
            for registration in db.session.scalars(queries.of_numbers(event_id, decided)):
                decision, reason = decided[registration.id]
                if deciding.waits(registration):
                    deciding.prepare(registration, None if decision == "open" else decision, reason if decision == "refuse" else "")


@blueprint.post(f"{EVENT}/decisions/announce")
def announce_decisions(event_id: int):
    """Tell everybody what was decided, at once."""
    find_managed(event_id)
    with write_tx():
        event = seats.lock(event_id) or abort(404)
        number = deciding.announce(event)
        audit.record("event.decided", event, organisation_id=event.organiser_id, number=number)
    flash(ngettext("%(num)s decision is announced. The person gets a letter.",
                   "%(num)s decisions are announced. All get a letter.", number), "success")
    return go(url_for(".decide", event_id=event_id))
