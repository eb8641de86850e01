"""A collection taken away as one ZIP in a language."""

from __future__ import annotations

from flask import Response, g, request, stream_with_context

from ... import throttle
from ...i18n import LANGUAGES, lang, speaking
from ...permissions import public
from .. import packing
from . import blueprint
from .collections import COLLECTION, find
from .files import count


@blueprint.get(f"{COLLECTION}/zip")
@public
def pack(collection_id: int):
    """Send what the reader may see of a collection; the language may be asked for by `?in=`."""
    collection = find(collection_id)
    scope = ("pack.reader", str(g.can.member_id or ""))
    throttle.check(*scope)
    asked = request.args.get("in", "")
    with speaking(asked if asked in LANGUAGES else lang()):
        packed = packing.contents([item.resource for item in collection.items if g.can.see_resource(item.resource)])
        pieces = packing.stream(packing.sheets(collection, packed), packed)
        name = f"libri-collection-{collection_id}-{lang()}.zip"
    throttle.count_miss(*scope)
    count(*[(one.resource_id, one.language) for one in packed if one.digest])
    answer = Response(stream_with_context(pieces), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer
