"""Collections: the list, one of them, beginning, changing, publishing, deleting."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from flask_login import current_user

from ... import audit
from ...db import OutOfDate, db, write_tx
from ...directory.forms.fields import with_names
from ...forms import pressed
from ...i18n import LANGUAGES, lang, reader_languages
from ...members.models import Organisation
from ...members.queries import reach
from ...pages import go, render
from ...permissions import public, require
from .. import changing, facts
from ..cards import cards
from ..forms.collections import CollectionForm, NewCollectionForm
from ..forms.resources import in_languages
from ..models import Collection, NotPublishable
from ..queries import collections as queries
from ..queries import resources as resource_queries
from . import blueprint
from .index import tabs

COLLECTION = "/collections/<int:collection_id>"


def find(collection_id: int) -> Collection:
    """The collection with what is in it, or 404 for whoever may not see it."""
    collection = db.session.scalar(queries.one(collection_id))
    if collection is None or not g.can.see_resource(collection):
        abort(404)
    return collection


def editable(collection_id: int) -> Collection:
    """The collection, for those who may change it."""
    collection = find(collection_id)
    require(g.can.edit_resource(collection))
    return collection


def held(session, collection_id: int) -> Collection:
    """The collection inside write_tx(), locked."""
    session.get(Collection, collection_id, with_for_update=True)
    collection = session.scalar(queries.one(collection_id)) or abort(404)
    require(g.can.edit_resource(collection))
    return collection


def trail() -> list[tuple]:
    """The way back to the list."""
    return [(_("Resources"), url_for("resources.index")), (pgettext("set of resources", "Collections"), url_for(".collections"))]


@blueprint.get("/collections")
@public
def collections():
    """The collections the reader may see."""
    rows = [(row, row.title.best(*reader_languages(), row.language), Organisation.name_in(row, lang()))
            for row in db.session.execute(queries.listed(g.can))]
    return render("resources/collections.html", rows=rows, tabs=tabs("collections"))


@blueprint.get(COLLECTION)
@public
def collection(collection_id: int):
    """One collection with the resources the reader may see, and the way to take them away."""
    found = find(collection_id)
    numbers = [item.resource_id for item in found.items]
    rows = {row.id: row for row in db.session.execute(resource_queries.rows(numbers, g.can))}
    shown = cards([rows[number] for number in numbers if number in rows])
    return render("resources/collection.html", collection=found, cards=shown, may_edit=g.can.edit_resource(found),
                  organisation_name=found.organisation.name_in(lang()), trail=trail(),
                  pack_languages=list(LANGUAGES), title=found.title_in(*reader_languages()))


@blueprint.route("/collections/new", methods=["GET", "POST"])
def new_collection():
    """Begin a collection; it is private until it is published."""
    organisations = db.session.scalars(reach.writable(g.can)).all()
    require(bool(organisations))
    form = NewCollectionForm(with_names(organisations), data={
        "organisation_id": str(organisations[0].id), "language": (current_user.writes or current_user.reads or [lang()])[0]})
    if not form.validate_on_submit():
        return render("resources/new_collection.html", form=form, is_alone=len(organisations) == 1, trail=trail(),
                      status=422 if form.is_submitted() else 200)
    address = _begun(form)
    flash(_("The collection is saved. Now put resources into it."), "success")
    return go(address)


def _begun(form: NewCollectionForm) -> str:
    with write_tx() as session:
        if not form.claim():
            return form.first_location(url_for(".collections"))
        new = Collection(organisation_id=int(form.organisation_id.data), author_id=g.can.member_id, **form.facts())
        session.add(new)
        session.flush()
        audit.record("collection.added", new)
        return form.led_to(url_for(".collection", collection_id=new.id))


@blueprint.route(f"{COLLECTION}/edit", methods=["GET", "POST"])
def edit_collection(collection_id: int):
    """Title and description in every language, and whether guests see it."""
    found = editable(collection_id)
    form = in_languages(CollectionForm, found)
    conflicts, status = None, 200
    if form.validate_on_submit():
        try:
            changed = _save(collection_id, form)
        except OutOfDate:
            found, status = find(collection_id), 409
            conflicts, form.version.data = facts.conflicts_of(found, form), str(found.version)
        else:
            flash(_("Saved.") if changed else _("Nothing was changed."), "success" if changed else "info")
            return go(url_for(".collection", collection_id=collection_id))
    elif form.is_submitted():
        status = 422
    return render("resources/edit_collection.html", collection=found, form=form, conflicts=conflicts, status=status,
                  open_codes=(lang(), found.language), trail=trail())


def _save(collection_id: int, form: CollectionForm) -> list[str]:
    with write_tx() as session:
        changed = changing.save(held(session, collection_id), form.values(), form.version.data)
        form.forget_draft()
        return changed


@blueprint.post(f"{COLLECTION}/publish")
def publish_collection(collection_id: int):
    """Show it to the network."""
    editable(collection_id)
    pressed()
    try:
        with write_tx() as session:
            changing.publish(held(session, collection_id))
    except NotPublishable:
        flash(_("Put something into the collection first."), "warning")
    else:
        flash(_("The collection is published. Everyone in the network sees it."), "success")
    return go(url_for(".collection", collection_id=collection_id))


@blueprint.post(f"{COLLECTION}/withdraw")
def withdraw_collection(collection_id: int):
    """Make it private again."""
    editable(collection_id)
    pressed()
    with write_tx() as session:
        changing.withdraw(held(session, collection_id))
    flash(_("The collection is private again."), "success")
    return go(url_for(".collection", collection_id=collection_id))


@blueprint.post(f"{COLLECTION}/remove")
def remove_collection(collection_id: int):
    """Delete a private collection; the resources stay."""
    editable(collection_id)
    pressed()
    with write_tx() as session:
        found = held(session, collection_id)
        if found.is_published:
            abort(409)
        audit.record("collection.removed", found)
        session.delete(found)
    flash(_("The collection is deleted. Its resources stay."), "success")
    return go(url_for(".collections"))
