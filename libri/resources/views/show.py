"""The page of one resource: what it is, its preview, its languages, where it is used."""

from __future__ import annotations

from flask import abort, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import files
from ...db import db
from ...i18n import lang, reader_languages
from ...notices.reading import visited
from ...pages import render
from ...permissions import public
from ...vocabularies import THEMES, WRITTEN_LANGUAGES
from .. import family, uses
from ..models import Resource, ResourceVersion
from ..queries import collections as sets
from ..queries import resources as queries
from ..similar import similar as similar_to
from ..words import AUDIENCES, KINDS, LEVELS, LICENCE_PAGES, LICENCES
from . import blueprint

RESOURCE = "/resources/<int:resource_id>"
WORDS = {"kinds": KINDS, "themes": THEMES, "audiences": AUDIENCES, "levels": LEVELS, "licences": LICENCES, "licence_pages": LICENCE_PAGES}


def find(resource_id: int) -> Resource:
    """The resource with its versions, or 404 for whoever may not see it."""
    resource = db.session.scalar(queries.one(resource_id))
    if resource is None or not g.can.see_resource(resource):
        abort(404)
    return resource


def wanted() -> tuple[str, ...]:
    """The language asked for in the address, if any."""
    asked = request.args.get("in", "")
    return (asked,) if asked in WRITTEN_LANGUAGES else ()


@blueprint.get(RESOURCE)
@public
def show(resource_id: int):
    """One resource."""
    resource = find(resource_id)
    if g.can.read_network():
        visited(resource)
    return page(resource)


def page(resource: Resource, status: int = 200, **more):
    """Draw the page of a resource."""
    editions = family.of(resource)
    best = family.best(editions, *wanted())
    language, title = resource.title_in(*wanted(), *reader_languages())
    may_edit = g.can.edit_resource(resource)
    context = {
        "resource": resource, "title": title, "title_language": language, "may_edit": may_edit, "editions": editions, "best": best,
        "preview": preview(best), "missing": resource.missing() if may_edit and not resource.is_published else [],
        "similar": similar_to(title, but=resource.id) if may_edit and not resource.is_published else [],
        "organisation_name": resource.organisation.name_in(lang()), "used": uses.of(resource.id),
        "collections": db.session.execute(sets.holding(resource.id, g.can)).all(),
        "fillable": db.session.execute(sets.fillable(resource.id, g.can)).all() if g.can.read_network() else [],
        "writes": current_user.writes if g.can.read_network() else [], "trail": [(_("Resources"), url_for(".index"))]}
    return render("resources/show.html", status=status, **context | WORDS | more)


def preview(version: ResourceVersion | None) -> dict:
    """What the page shows of a file: its picture, its first rows or its first words; nothing for a link."""
    if version is None or version.file is None or not version.file.may_be_sent:
        return {"picture": False, "rows": [], "words": ""}
    rows = files.first_rows(version.file) if version.file.kind == "table" else []
    is_drawn = files.has_preview(version.file)
    return {"picture": is_drawn, "rows": rows, "words": "" if rows or is_drawn else files.excerpt(version.file)}


@blueprint.get("/resources/similar")
def similar():
    """The resources whose titles are like the one being typed (R10)."""
    found = similar_to(request.args.get("title", "")[:200])
    return render("resources/similar.html", fragments=["similar"], similar=found)
