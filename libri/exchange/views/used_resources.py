"""The resources a practice uses: shown, found by words, added, taken away (N21)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, paging
from ...db import db, write_tx
from ...forms import LibriForm, line
from ...pages import go, render
from ...resources import uses
from ...resources.cards import cards
from ...resources.models import Resource
from ...resources.queries import resources as resource_queries
from .. import using
from . import blueprint
from .edit_practice import editable, held
from .practice import PRACTICE

MOST_FOUND = 12


@blueprint.route(f"{PRACTICE}/resources", methods=["GET", "POST"])
def used_resources(practice_id: int):
    """What the practice uses, and what can be added; a POST adds one."""
    practice = editable(practice_id)
    if request.method == "POST":
        return _use(practice_id)
    words = line(request.args.get("words"))[:200]
    part = resource_queries.part(resource_queries.Filters(words=words), g.can)
    used = using.resources_of(practice_id)
    known = {number for number, _language, _title in used}
    found = [one for one in cards(part.rows[:MOST_FOUND]) if one.id not in known]
    return render("exchange/used_resources.html", fragments=["found"], practice=practice, used=used, found=found, words=words,
                  trail=[(_("Experience"), url_for(".practices")), (_("Complete the practice"), url_for(".edit_practice", practice_id=practice_id))])


def _number() -> int:
    number = paging.number("resource", request.form)
    if not LibriForm().validate_on_submit() or number is None:
        abort(422)
    return number


def _use(practice_id: int):
    resource = db.session.scalar(resource_queries.one(_number()))
    if resource is None or not g.can.see_resource(resource):
        abort(404)
    resource_id = resource.id
    with write_tx() as session:
        practice = held(session, practice_id)
        if uses.use("practice", practice_id, resource_id):
            audit.record("resource.used", session.get_one(Resource, resource_id), practice=practice.id)
    flash(_("The practice now names this resource."), "success")
    return go(url_for(".used_resources", practice_id=practice_id))


@blueprint.post(f"{PRACTICE}/resources/remove")
def stop_using_resource(practice_id: int):
    """Take a resource away from a practice."""
    editable(practice_id)
    number = _number()
    with write_tx() as session:
        practice = held(session, practice_id)
        uses.forget("practice", practice_id, [number])
        audit.record("resource.unused", practice, resource=number)
    flash(_("The practice no longer names this resource."), "success")
    return go(url_for(".used_resources", practice_id=practice_id))
