"""Pages of the office."""

from __future__ import annotations

from flask import Blueprint, g

from ..pages import render
from ..permissions import require

blueprint = Blueprint("office", __name__, url_prefix="/office")


@blueprint.get("/")
def index():
    """What waits for the office."""
    require(g.can.enter_office())
    return render("office/index.html")
