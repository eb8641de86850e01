"""Changing a resource: its words and facts, publishing, withdrawing, "still right", deleting."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, g, url_for
from flask_babel import gettext as _

from ... import audit, files
from ...db import OutOfDate, now, write_tx
from ...forms import pressed
from ...i18n import lang
from ...pages import go, render
from ...permissions import require
from .. import changing, facts
from ..forms.resources import ResourceForm, ReviewedForm, in_languages
from ..models import NotPublishable, Resource
from ..queries import resources as queries
from . import blueprint
from .show import RESOURCE, find, page

YEAR = timedelta(days=365)


def editable(resource_id: int) -> Resource:
    """The resource, for those who may change it; 404 or 403 for others."""
    resource = find(resource_id)
    require(g.can.edit_resource(resource))
    return resource


def held(session, resource_id: int) -> Resource:
    """The resource inside write_tx(), locked; 404 when it went away meanwhile, 403 when it became another's."""
    session.execute(queries.locked(resource_id))
    resource = session.scalar(queries.one(resource_id)) or abort(404)
    require(g.can.edit_resource(resource))
    return resource


@blueprint.route(f"{RESOURCE}/edit", methods=["GET", "POST"])
def edit(resource_id: int):
    """Title and description in every language, and the facts."""
    resource = editable(resource_id)
    form = in_languages(ResourceForm, resource)
    if resource.is_published:
        form.must_stay_whole()
    conflicts, status = None, 200
    if form.validate_on_submit():
        form.keep_order(resource)
        try:
            changed = _save(resource_id, form)
        except OutOfDate:
            resource, status = find(resource_id), 409
            conflicts, form.version.data = facts.conflicts_of(resource, form), str(resource.version)
        else:
            flash(_("Saved.") if changed else _("Nothing was changed."), "success" if changed else "info")
            return go(url_for(".show", resource_id=resource_id))
    elif form.is_submitted():
        status = 422
    return render("resources/edit.html", resource=resource, form=form, conflicts=conflicts, status=status,
                  open_codes=(lang(), resource.language), trail=trail(resource))


def trail(resource: Resource) -> list[tuple]:
    """The way back to a resource."""
    return [(_("Resources"), url_for(".index")), (_("The resource"), url_for(".show", resource_id=resource.id))]


def _save(resource_id: int, form: ResourceForm) -> list[str]:
    with write_tx() as session:
        resource = held(session, resource_id)
        changed = changing.save(resource, form.values(), form.version.data)
        form.forget_draft()
        return changed


@blueprint.post(f"{RESOURCE}/publish")
def publish(resource_id: int):
    """Show it to the network with one button (R2)."""
    resource = editable(resource_id)
    pressed()
    if resource.missing():
        return page(resource, 422)
    try:
        with write_tx() as session:
            changing.publish(held(session, resource_id))
    except NotPublishable:
        abort(409)
    flash(_("The resource is published. Everyone in the network sees it."), "success")
    return go(url_for(".show", resource_id=resource_id))


@blueprint.post(f"{RESOURCE}/withdraw")
def withdraw(resource_id: int):
    """Make it private again; nothing is deleted."""
    editable(resource_id)
    pressed()
    with write_tx() as session:
        changing.withdraw(held(session, resource_id))
    flash(_("The resource is private again. Only your organisation and the office see it."), "success")
    return go(url_for(".show", resource_id=resource_id))


@blueprint.route(f"{RESOURCE}/reviewed", methods=["GET", "POST"])
def reviewed(resource_id: int):
    """Say that it is still right, and when to look again (N22)."""
    resource = editable(resource_id)
    form = ReviewedForm(data={"review_by": now().date() + YEAR})
    if not form.validate_on_submit():
        return render("resources/reviewed.html", resource=resource, form=form, trail=trail(resource),
                      status=422 if form.is_submitted() else 200)
    with write_tx() as session:
        resource = held(session, resource_id)
        resource.review(form.review_by.data)
        audit.record("resource.reviewed", resource)
    flash(_("Thank you. The resource is marked as still right."), "success")
    return go(url_for(".show", resource_id=resource_id))


@blueprint.post(f"{RESOURCE}/remove")
def remove(resource_id: int):
    """Delete a private resource with its files."""
    editable(resource_id)
    pressed()
    with write_tx() as session:
        resource = held(session, resource_id)
        if resource.is_published:
            abort(409)
        left = changing.remove(resource)
    files.forget(left)
    flash(_("The resource is deleted."), "success")
    return go(url_for(".index", show="ours"))
