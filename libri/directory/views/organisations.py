"""The list of partners."""

from __future__ import annotations

from ...pages import render
from . import blueprint


@blueprint.get("/directory")
def index():
    """Every active organisation, with filters."""
    return render("directory/index.html")
