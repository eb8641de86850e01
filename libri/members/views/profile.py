"""One's own profile."""

from __future__ import annotations

from ...pages import render
from . import blueprint


@blueprint.get("/me")
def profile():
    """Name, function, languages, themes, notices."""
    return render("members/profile.html")
