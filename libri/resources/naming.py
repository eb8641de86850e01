"""The page on which something names the resources it uses: those named, those found by words, one added, one taken away (N21)."""

from __future__ import annotations

from flask import abort, g, request

from .. import audit, paging, throttle
from ..db import db
from ..forms import LibriForm, line
from . import uses
from .cards import cards
from .models import Resource
from .queries import resources as queries

MOST_FOUND = 12


def asked() -> str:
    """The words of the address, counted because the list follows while one types; called before anything is loaded, as it writes."""
    words = line(request.args.get("words"))[:200] if request.method == "GET" else ""
    if words:
        throttle.take("suggest.reader", str(g.can.member_id))
    return words


def shown(object_kind: str, object_id: int, words: str) -> dict:
    """What the page shows: what is `used`, the `words` asked for, and what is `found` by them and not used yet."""
    part = queries.part(queries.Filters(words=words), g.can)
    used = uses.titles_of(object_kind, object_id)
    known = {number for number, _language, _title in used}
    return {"words": words, "used": used, "found": [one for one in cards(part.rows[:MOST_FOUND]) if one.id not in known]}


def sent_number() -> int:
    """The number of a resource that was sent; 422 when none was, or without the token of a form."""
    number = paging.number("resource", request.form)
    return abort(422) if not LibriForm().validate_on_submit() or number is None else number


def sent_resource() -> int:
    """The number of the resource that was sent; 404 when the reader may not see it."""
    resource = db.session.scalar(queries.one(sent_number()))
    return resource.id if resource is not None and g.can.see_resource(resource) else abort(404)


def add(object_kind: str, object_id: int, resource_id: int) -> None:
    """Let a thing name a resource, inside write_tx(); once is enough."""
    if uses.use(object_kind, object_id, resource_id):
        audit.record("resource.used", db.session.get_one(Resource, resource_id), **{object_kind: object_id})


def take_away(object_kind: str, thing, resource_id: int) -> None:
    """Let a thing no longer name a resource, inside write_tx()."""
    uses.forget(object_kind, thing.id, [resource_id])
    audit.record("resource.unused", thing, resource=resource_id)
