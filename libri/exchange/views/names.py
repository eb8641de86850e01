"""Names of members that the editor offers after an @."""

from __future__ import annotations

from flask import g, jsonify, request

from ... import throttle
from .. import mentions
from . import blueprint


@blueprint.get("/discussions/names")
def members_like():
    """The active members whose names begin with `q`, at most eight, as JSON: name and how a text calls them."""
    throttle.take("suggest.reader", str(g.can.member_id))
    found = mentions.like(request.args.get("q", ""))
    return jsonify([{"name": name, "text": mentions.written(number, name)} for number, name in found])
