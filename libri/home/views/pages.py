"""The home page, the public texts, the language switch, what machines ask for."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, current_app, g, make_response, request, session
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from ...db import db, now, write_tx
from ...i18n import LANGUAGES
from ...members.models import Member
from ...pages import go, render, safe_next
from ...permissions import public
from .. import panel, queries, timeline
from ..forms import EveryFieldForm
from . import blueprint


@blueprint.get("/")
@public
def index():
    """What LiBri is; for the signed-in, what waits for them."""
    if g.can.read_network():
        return render("home/desk.html", desk=panel.of(current_user, g.can))
    return render("home/index.html", network=queries.network(), partners=queries.by_country(), milestones=timeline.milestones())


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


@blueprint.get("/_design")
@public
def design():
    """Every part of a page in every state, for those who build LiBri; in development only."""
    if current_app.config["ENVIRONMENT"] != "development":
        abort(404)
    return render("home/design.html", form=EveryFieldForm.with_a_mistake())


# ---- the language switch ---------------------------------------------------------------------------------------------


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
    return go(_page_near(safe_next(request.form.get("next", "").rstrip("?"), "/")))


def _page_near(address: str) -> str:
    """`address`, or the nearest one above it that can be opened: the answer to a form may have none of its own."""
    path = address.split("?")[0]
    if _can_be_opened(path):
        return address
    while path := path.rstrip("/").rpartition("/")[0]:
        for above in (path, path + "/"):
            if _can_be_opened(above):
                return above
    return "/"


def _can_be_opened(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


# ---- for machines ----------------------------------------------------------------------------------------------------


@blueprint.get("/robots.txt")
@public
def robots():
    """Search engines are welcome on the public pages only."""
    return _plain("User-agent: *\nAllow: /$\nAllow: /about\nAllow: /privacy\nAllow: /accessibility\nAllow: /static/\nDisallow: /\n")


@blueprint.get("/.well-known/security.txt")
@public
def security():
    """Where to report a weakness (RFC 9116)."""
    until = (now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    base, office = current_app.config["BASE_URL"], current_app.config["OFFICE_EMAIL"]
    return _plain(f"Contact: mailto:{office}\nExpires: {until}\nPreferred-Languages: lv, en, ru, uk\n"
                  f"Canonical: {base}/.well-known/security.txt\n")


def _plain(text: str):
    response = make_response(text)
    response.content_type = "text/plain; charset=utf-8"
    return response
