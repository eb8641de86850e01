"""What is in a collection: put in from the page of a resource, taken out, moved up."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, paging
from ...db import write_tx
from ...forms import pressed
from ...pages import go, safe_next
from ...permissions import require
from ..models import Collection
from . import blueprint
from .collections import COLLECTION, editable, held
from .show import find as find_resource


def _number(name: str) -> int:
    """A number from the form; 422 for anything else."""
    number = paging.number(name, request.form)
    return abort(422) if number is None else number


def _back(collection_id: int):
    return go(url_for(".collection", collection_id=collection_id, _anchor="items"))


@blueprint.post("/collections/put")
def put():
    """Put a resource into a collection; both are named in the form."""
    require(g.can.read_network())
    pressed()
    collection_id, resource = _number("collection"), find_resource(_number("resource"))
    editable(collection_id)
    resource_id = resource.id
    with write_tx() as session:
        is_new = held(session, collection_id).put(resource_id)
        if is_new:
            audit.record("collection.filled", session.get(Collection, collection_id), resource=resource_id)
    flash(_("The resource is in the collection.") if is_new else _("It is there already, or the collection is full."),
          "success" if is_new else "info")
    return go(safe_next(request.form.get("next"), url_for(".collection", collection_id=collection_id)))


@blueprint.post(f"{COLLECTION}/items/<int:resource_id>/take-out")
def take_out(collection_id: int, resource_id: int):
    """Take a resource out of a collection."""
    editable(collection_id)
    pressed()
    with write_tx() as session:
        found = held(session, collection_id)
        found.take_out(resource_id)
        audit.record("collection.emptied", found, resource=resource_id)
    flash(_("The resource is no longer in the collection."), "success")
    return _back(collection_id)


@blueprint.post(f"{COLLECTION}/items/<int:resource_id>/up")
def move_up(collection_id: int, resource_id: int):
    """Let a resource change places with the one before it."""
    editable(collection_id)
    pressed()
    with write_tx() as session:
        held(session, collection_id).move_up(resource_id)
    return _back(collection_id)
