"""The resources an event uses: shown, found by words, added, taken away (N21)."""

from __future__ import annotations

from flask import flash, g, request, url_for
from flask_babel import gettext as _

from ...db import write_tx
from ...pages import go, render
from ...permissions import require
from ...resources import naming
from . import blueprint
from .editing import held, managed, trail
from .events import EVENT


@blueprint.route(f"{EVENT}/resources", methods=["GET", "POST"])
def used_resources(event_id: int):
    """What the event uses, and what can be added; a POST adds one."""
    words = naming.asked()
    event = managed(event_id)
    if request.method == "POST":
        return _use(event_id)
    return render("trainings/used_resources.html", fragments=["found"], event=event,
                  trail=[*trail(event), (_("Materials and minutes"), url_for(".add_material", event_id=event_id))],
                  adding=url_for(".used_resources", event_id=event_id), taking=url_for(".stop_using_resource", event_id=event_id),
                  **naming.shown("event", event_id, words))


def _use(event_id: int):
    resource_id = naming.sent_resource()
    with write_tx() as session:
        event = held(session, event_id)
        require(g.can.manage_event(event))
        naming.add("event", event_id, resource_id)
    flash(_("The event now names this resource."), "success")
    return go(url_for(".used_resources", event_id=event_id))


@blueprint.post(f"{EVENT}/resources/remove")
def stop_using_resource(event_id: int):
    """Take a resource away from an event."""
    managed(event_id)
    number = naming.sent_number()
    with write_tx() as session:
        event = held(session, event_id)
        require(g.can.manage_event(event))
        naming.take_away("event", event, number)
    flash(_("The event no longer names this resource."), "success")
    return go(url_for(".used_resources", event_id=event_id))
