"""The resources an event uses: shown, found by words, added, taken away (N21)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, paging
from ...db import db, write_tx
from ...forms import LibriForm, line
from ...pages import go, render
from ...permissions import require
from ...resources import uses
from ...resources.cards import cards
from ...resources.models import Resource
from ...resources.queries import resources as resource_queries
from .. import using
from . import blueprint
from .editing import held, managed, trail
from .events import EVENT

MOST_FOUND = 12


@blueprint.route(f"{EVENT}/resources", methods=["GET", "POST"])
def used_resources(event_id: int):
    """What the event uses, and what can be added; a POST adds one."""
    event = managed(event_id)
    if request.method == "POST":
        return _use(event_id)
    words = line(request.args.get("words"))[:200]
    part = resource_queries.part(resource_queries.Filters(words=words), g.can)
    used = using.resources_of(event_id)
    known = {number for number, _language, _title in used}
    found = [one for one in cards(part.rows[:MOST_FOUND]) if one.id not in known]
    return render("trainings/used_resources.html", fragments=["found"], event=event, used=used, found=found, words=words,
                  trail=[*trail(event), (_("Materials and minutes"), url_for(".add_material", event_id=event_id))])


def _number() -> int:
    number = paging.number("resource", request.form)
    if not LibriForm().validate_on_submit() or number is None:
        abort(422)
    return number


def _use(event_id: int):
    resource = db.session.scalar(resource_queries.one(_number()))
    if resource is None or not g.can.see_resource(resource):
        abort(404)
    resource_id = resource.id
    with write_tx() as session:
        event = held(session, event_id)
        require(g.can.manage_event(event))
        if uses.use("event", event_id, resource_id):
            audit.record("resource.used", session.get_one(Resource, resource_id), event=event_id)
    flash(_("The event now names this resource."), "success")
    return go(url_for(".used_resources", event_id=event_id))


@blueprint.post(f"{EVENT}/resources/remove")
def stop_using_resource(event_id: int):
    """Take a resource away from an event."""
    managed(event_id)
    number = _number()
    with write_tx() as session:
        event = held(session, event_id)
        require(g.can.manage_event(event))
        uses.forget("event", event_id, [number])
        audit.record("resource.unused", event, resource=number)
    flash(_("The event no longer names this resource."), "success")
    return go(url_for(".used_resources", event_id=event_id))
