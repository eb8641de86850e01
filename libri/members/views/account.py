"""One's account: password, address, second factor, open sessions."""

from __future__ import annotations

from ...pages import render
from . import blueprint


@blueprint.get("/me/account")
def account():
    """What secures this account."""
    return render("members/account.html")
