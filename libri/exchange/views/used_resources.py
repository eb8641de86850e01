"""The resources a practice uses: shown, found by words, added, taken away (N21)."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext as _

from ...db import write_tx
from ...pages import go, render
from ...resources import naming
from . import blueprint
from .edit_practice import editable, held
from .practice import PRACTICE


@blueprint.route(f"{PRACTICE}/resources", methods=["GET", "POST"])
def used_resources(practice_id: int):
    """What the practice uses, and what can be added; a POST adds one."""
    words = naming.asked()
    practice = editable(practice_id)
    if request.method == "POST":
        return _use(practice_id)
    trail = [(_("Experience"), url_for(".practices")), (_("Complete the practice"), url_for(".edit_practice", practice_id=practice_id))]
    return render("exchange/used_resources.html", fragments=["found"], practice=practice, trail=trail,
                  adding=url_for(".used_resources", practice_id=practice_id), taking=url_for(".stop_using_resource", practice_id=practice_id),
                  **naming.shown("practice", practice_id, words))


def _use(practice_id: int):
    resource_id = naming.sent_resource()
    with write_tx() as session:
        naming.add("practice", held(session, practice_id).id, resource_id)
    flash(_("The practice now names this resource."), "success")
    return go(url_for(".used_resources", practice_id=practice_id))


@blueprint.post(f"{PRACTICE}/resources/remove")
def stop_using_resource(practice_id: int):
    """Take a resource away from a practice."""
    editable(practice_id)
    number = naming.sent_number()
    with write_tx() as session:
        naming.take_away("practice", held(session, practice_id), number)
    flash(_("The practice no longer names this resource."), "success")
    return go(url_for(".used_resources", practice_id=practice_id))
