"""Answering: a whole page or one fragment of it, error pages, security headers; all we know of htmx on the server."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, g, make_response, redirect, request, session, url_for
from flask import render_template as flask_render
from flask_babel import gettext as _
from flask_htmx import HTMX
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2_fragments.flask import render_block
from werkzeug.exceptions import HTTPException

from . import throttle
from .forms import keep_typed

htmx = HTMX()
csrf = CSRFProtect()

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    """Attach htmx, the error pages and the headers of every answer; CSRF comes after the gate (create_app)."""
    htmx.init_app(app)
    app.before_request(_refuse_foreign_posts)
    app.after_request(_finish)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)


def render(template: str, *, fragments: tuple[str, ...] | list[str] = (), status: int = 200, **context):
    """Answer with the page, or with the one of its `fragments` that htmx asked for, plus title and messages.

    A fragment is the block named after the id of the element it draws; `reply-17` is drawn by the block `reply`.
    """
    target = re.sub(r"-\d+$", "", htmx.target or "") if htmx and not htmx.history_restore_request else ""
    if target and target in fragments:
        parts = [f"<title>{render_block(template, 'title', **context)} – LiBri</title>", render_block(template, target, **context),
                 flask_render("_messages.html", out_of_band=True)]
        response = make_response("\n".join(parts), status)
    else:
        response = make_response(flask_render(template, **context), status)
    if fragments:
        response.vary.update(("HX-Request", "HX-Target", "HX-History-Restore-Request"))
    return response


def safe_next(address: str | None, otherwise: str) -> str:
    """`address` if it is a path of our own, else `otherwise` (S30)."""
    text = address or ""
    if re.fullmatch(r"/(?![/\\])[!-\[\]-~]*", text) and not urlsplit(text).netloc and "%09" not in text[:6]:
        return text
    return otherwise


def go(address: str):
    """Answer a change: see the other page (303)."""
    return redirect(address, 303)


def _refuse_foreign_posts():
    """Refuse changes that another site asks for, whatever token they carry (S9)."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != "null" and urlsplit(origin).netloc != request.host
    if foreign or origin == "null" or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return error_page(400, _("This was sent from another site. Nothing was changed."))
    return None


def _finish(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request") == "true" and response.status_code in (301, 302, 303, 307, 308):
        _redirect_for_htmx(response)
    return response


def _redirect_for_htmx(response) -> None:
    """htmx follows 303 by itself; only a redirect to a different page must load that page whole."""
    there = urlsplit(response.headers.get("Location", "/"))
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    if there.path != here.path:
        response.headers["HX-Redirect"] = response.headers.pop("Location")
        response.status_code = 204
        response.set_data(b"")


# ---- error pages -----------------------------------------------------------------------------------------------------

def _words(code: int) -> tuple[str, str]:
    return {
        400: (_("This request could not be understood"), _("Something in the request was missing or damaged. Go back and try again.")),
        403: (_("You cannot do this"), _("You cannot open this page. Ask your coordinator for access.")),
        404: (_("Page not found"), _("There is no such page. It may have been moved.")),
        405: (_("This request could not be understood"), _("This address does not take such a request. Go back and try again.")),
        409: (_("Somebody was faster"), _("Somebody else changed this page while you were writing. Compare the texts before you save.")),
        413: (_("That was too large"), _("What you sent is larger than allowed. Choose a smaller file or shorten the text.")),
        422: (_("Please check what you entered"), _("Some fields need another look. Go back and correct them.")),
        429: (_("Too many tries"), _("Please wait a few minutes, then try again. Nothing is blocked for good.")),
        500: (_("Something went wrong on our side"), _("We have noted the error and will look at it. Try again in a few minutes.")),
    }.get(code) or (_("This request could not be understood"), _("Something in the request was missing or damaged. Go back and try again."))


def error_page(code: int, text: str | None = None, *, error_id: str | None = None, way_on: list | None = None):
    """A page that says what happened, why, and what to do next, in the reader's language."""
    title, usual = _words(code)
    way_on = way_on or [(_("To the home page"), url_for("home.index"))]
    return make_response(flask_render("errors/error.html", code=code, title=title, text=text or usual, error_id=error_id, way_on=way_on), code)


def _http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    if error.code >= 500:
        return _crash(error)
    response = error_page(error.code)
    if error.code == 429 and getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(error.retry_after)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _stale_form(error: CSRFError):
    """The page was older than the session: nothing is done, and what was typed waits on the form (S12)."""
    from flask_login import current_user

    throttle.check("kept.client")
    had_a_token = "csrf_token" in request.form or "X-CSRFToken" in request.headers
    where = keep_typed(getattr(current_user, "id", None)) if had_a_token else None
    if where is None:
        return error_page(400)
    return error_page(400, _("This page had been open too long, so nothing was saved yet. What you typed is kept."),
                      way_on=[(_("Go on with what you typed"), where)])


def _crash(error: Exception):
    from flask import current_app

    from .db import db

    db.session.rollback()
    error_id = g.get("request_id") or secrets.token_hex(6)
    current_app.logger.exception("error %s", error_id)
    session.modified = False
    return error_page(500, error_id=error_id)
