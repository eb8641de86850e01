"""The home page, the public texts, the language switch, health."""

from __future__ import annotations

from flask import Blueprint, request, session
from flask_login import current_user

from ..db import db, write_tx
from ..i18n import LANGUAGES
from ..members.models import Member
from ..pages import go, render, safe_next
from ..permissions import public

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def index():
    """What LiBri is; for the signed-in, what waits for them."""
    return render("home/index.html")


@blueprint.get("/about")
@public
def about():
    """What LiBri is, in plain words (A23)."""
    return render("home/about.html")


@blueprint.get("/privacy")
@public
def privacy():
    """The privacy notice (P9)."""
    return render("home/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility():
    """The accessibility statement (A24)."""
    return render("home/accessibility.html")


@blueprint.post("/language")
@public
def language():
    """Speak another language from now on: kept in the session, and in the profile of who is signed in (A12)."""
    code = request.form.get("language", "")
    if code in LANGUAGES:
        session["language"] = code
        if current_user.is_authenticated:
            with write_tx():
                db.session.get_one(Member, current_user.id).language = code
    return go(safe_next(request.form.get("next", "").rstrip("?"), "/"))
