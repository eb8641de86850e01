"""What waits for the office."""

from __future__ import annotations

from flask import g

from ...db import db
from ...pages import render
from ...permissions import require
from ..queries import counts
from . import blueprint


@blueprint.get("/")
def index():
    """Everything that waits, counted in one query."""
    require(g.can.enter_office())
    return render("office/index.html", count=db.session.execute(counts.waiting()).one())
