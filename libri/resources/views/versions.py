"""New versions in any language, and all versions there ever were (R5)."""

from __future__ import annotations

from flask import flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import files
from ...db import db, write_tx
from ...forms import pressed
from ...i18n import lang, language_name
from ...members.queries import members
from ...pages import go, render
from ...permissions import public, require
from ...vocabularies import WRITTEN_LANGUAGES
from .. import changing
from ..forms.resources import VersionForm
from ..models import NotPublishable, Resource, ResourceTranslator
from ..queries import resources as queries
from . import blueprint
from .edit import editable, held, trail
from .new import count_upload, take
from .show import RESOURCE, find


@blueprint.route(f"{RESOURCE}/versions/new", methods=["GET", "POST"])
@files.takes(files.RESOURCE)
def new_version(resource_id: int):
    """Add a version: the owner in any language, a translator in the one they are translating into."""
    resource = find(resource_id)
    codes = languages_for(resource)
    require(bool(codes))
    asked = request.args.get("language", "")
    form = VersionForm(codes, resource.number, data={"language": asked if asked in codes else codes[0], "follows": str(resource.number)})
    if form.validate_on_submit() and _added(resource, form):
        flash(_("The new version is there: %(language)s.", language=language_name(form.language.data)), "success")
        return go(url_for(".show", resource_id=resource_id, **{"in": form.language.data}))
    form.ask_again()
    return render("resources/new_version.html", resource=find(resource_id), form=form, accept=files.RESOURCE.accept, trail=trail(resource),
                  status=422 if form.is_submitted() else 200)


def languages_for(resource: Resource) -> list[str]:
    """The languages one may add a version in, its own first."""
    if g.can.edit_resource(resource):
        return list(dict.fromkeys([resource.language, *(one.language for one in resource.versions), *WRITTEN_LANGUAGES]))
    if not g.can.translate_resource(resource):
        return []
    return [row.language for row in db.session.execute(queries.translators(resource.id)) if row.member_id == g.can.member_id]


def _added(resource: Resource, form: VersionForm) -> bool:
    """Save the version once; False when the file cannot be taken. A translator's claim must still stand inside."""
    resource_id, may_edit = resource.id, g.can.edit_resource(resource)
    is_good, taken = take(form, resource.organisation_id)
    if not is_good:
        return False
    with write_tx() as session:
        session.execute(queries.locked(resource_id))
        resource = session.scalars(queries.one(resource_id)).one()
        count_upload(taken)
        claim = session.get(ResourceTranslator, (resource_id, form.language.data))
        if form.claim():
            require(may_edit or (claim is not None and claim.member_id == g.can.member_id and g.can.translate_resource(resource)))
            changing.add_version(resource, form.language.data, taken, form.link.data or "", form.change_note.data,
                                 (current_user.writes or [lang()])[0], form.followed())
    return True


@blueprint.get(f"{RESOURCE}/versions")
@public
def versions(resource_id: int):
    """Every version in every language, the newest first."""
    resource = find(resource_id)
    people = {one.added_by_id for one in resource.versions if one.added_by_id} if g.can.read_network() else set()
    names = {row.id: row.name for row in db.session.execute(members.names(people))} if people else {}
    order = sorted(resource.versions, key=lambda one: (one.added_at, one.id), reverse=True)
    return render("resources/versions.html", resource=resource, versions=order, names=names, trail=trail(resource),
                  may_edit=g.can.edit_resource(resource))


@blueprint.post(f"{RESOURCE}/versions/<int:version_id>/remove")
def remove_version(resource_id: int, version_id: int):
    """Remove a version that was added by mistake, such as a wrong file; the last original of a published resource stays."""
    editable(resource_id)
    pressed()
    try:
        with write_tx() as session:
            left = changing.take_back(held(session, resource_id), version_id)
    except NotPublishable:
        flash(_("This is the only version in its own language. Make the resource private first."), "warning")
    else:
        files.forget(left)
        flash(_("The version is removed."), "success")
    return go(url_for(".versions", resource_id=resource_id))
