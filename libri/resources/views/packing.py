"""A collection taken away as one ZIP in a language."""

from __future__ import annotations

import tempfile

from flask import Response, current_app, g, request
from flask_babel import gettext as _
from werkzeug.wsgi import wrap_file

from ... import throttle
from ...files.store import incoming
from ...i18n import LANGUAGES, lang, speaking
from ...pages import error_page
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
        sheets = packing.sheets(collection, packed)
        name = f"libri-collection-{collection_id}-{lang()}.zip"
    if sum(one.size for one in packed) > packing.LARGEST:
        return error_page(413, _("This collection is larger than 500 MB. Download its resources one by one."))
    throttle.count_miss(*scope)
    try:
        answer = _written(sheets, packed, name)
    except OSError as wrong:  # a full disk, or a store that does not answer
        current_app.logger.error("a collection could not be packed: %s", wrong)
        return error_page(503, _("The files could not be packed. Try again later, or download them one by one."))
    if request.method == "GET":
        count(*[(one.resource_id, one.language) for one in packed if one.digest])
    return answer


def _written(sheets: dict[str, bytes], packed: list[packing.Packed], name: str) -> Response:
    """The whole ZIP in a nameless file of our own, so that a slow reader holds no thread and knows how much is to come."""
    file = tempfile.TemporaryFile(dir=incoming())  # noqa: SIM115 (the answer closes it)
    try:
        packing.write(file, sheets, packed)  # type: ignore[arg-type]
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    answer = Response(wrap_file(request.environ, file), mimetype="application/zip", direct_passthrough=True)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.content_length = size
    return answer
