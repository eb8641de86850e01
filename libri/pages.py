"""Answering: a whole page or one fragment of it, error pages, security headers; all we know of htmx on the server."""

from __future__ import annotations

import contextlib
import errno
import re
import secrets
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, has_request_context, make_response, redirect, request, session, url_for
from flask import render_template as flask_render
from flask_babel import gettext as _
from flask_htmx import HTMX
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2_fragments.flask import render_block
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import IntegerConverter

from . import audit
from .db import db, now, write_tx
from .kept import keep_typed, parts_of

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
ADDRESSES = 4000
"""Addresses kept for templates."""
LONGEST_ADDRESS = 4000
"""Characters of path and query; the longest list of filters stays well below."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the machine says when no more can be written."""
REFUSALS_AN_HOUR = 30
"""Refusals of one person written into the audit trail each hour; who tries more than that is known by then."""


class Number(IntegerConverter):
    """The number of a thing in an address: one the database can hold, so that any other is simply not found."""

    def __init__(self, map, fixed_digits=0, min=None, max=2**31 - 1, signed=False):
        super().__init__(map, fixed_digits, min, max, signed)


def init_app(app: Flask) -> None:
    """Attach htmx, the error pages and the headers of every answer; CSRF comes after the gate (create_app)."""
    app.url_map.converters["int"] = Number
    htmx.init_app(app)
    app.jinja_env.globals["url_for"] = _addresses(app)
    app.url_value_preprocessors.setdefault(None, []).append(_refuse_nonsense)  # before anybody asks who is there
    app.after_request(_finish)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)


def _addresses(app: Flask):
    """url_for() for templates: an address with no more than a number in it is built once and kept; a page has up to 150 of them."""
    @lru_cache(ADDRESSES)
    def kept(_root: str, endpoint: str, name: str, number: int) -> str:
        return app.url_for(endpoint, **{name: number} if name else {})

    def address(endpoint: str, **parts) -> str:
        [(name, number), *more] = parts.items() or [("", 0)]
        if more or type(number) is not int or endpoint[0] == "." or not has_request_context():
            return app.url_for(endpoint, **parts)
        return kept(request.root_path, endpoint, name, number)

    return address


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


def _refuse_nonsense(endpoint, view_args) -> None:
    """Refuse what no page of ours ever sends: a foreign Host (S66), endless addresses, broken text, NUL characters."""
    request.host  # noqa: B018 (raises SecurityError for a host not in TRUSTED_HOSTS)
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(414)
    try:
        given = [request.path, *(text for pair in request.args.items(multi=True) for text in pair)]
    except UnicodeDecodeError:
        abort(400)
    if request.method == "POST":
        given += [text for pair in request.form.items(multi=True) for text in pair]
    if any("\0" in text for text in given):
        abort(400)


def refuse_foreign_post():
    """Refuse changes that another site asks for, whatever token they carry (S9), before anything else is done or kept.

    A page sent with `no-referrer` posts with `Origin: null`; then the browser's own word, Sec-Fetch-Site, decides.
    The refusal sets no cookie: it would replace the reader's own and so sign them out.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    own = origin is None or (site == "same-origin" if origin == "null" else origin.split("://", 1)[-1] == request.host)
    if own and site not in ("cross-site", "same-site"):
        return None
    answer = error_page(400, _("This was sent from another site. Nothing was changed."))
    session.modified = False
    return answer


def _finish(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "HX-Request"))  # redirects too are other ones for htmx (S60)
    if request.headers.get("HX-Request") == "true" and response.status_code in (301, 302, 303, 307, 308):
        _redirect_for_htmx(response)
    return response


def _redirect_for_htmx(response) -> None:
    """htmx follows 303 by itself; only a redirect to a different page must load that page whole."""
    there = urlsplit(response.headers.get("Location", "/"))
    here = parts_of(request.headers.get("HX-Current-URL", ""))
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
        414: (_("This request could not be understood"), _("The address of this page is too long. Choose fewer filters.")),
        416: (_("This request could not be understood"), _("This part of the file does not exist. Open the file from its beginning.")),
        422: (_("Please check what you entered"), _("Some fields need another look. Go back and correct them.")),
        429: (_("Too many tries"), _("Please wait a few minutes, then try again. Nothing is blocked for good.")),
        500: (_("Something went wrong on our side"), _("We have noted the error and will look at it. Try again in a few minutes.")),
        503: (_("Something went wrong on our side"), _("Our storage does not answer at the moment. Try again in a few minutes.")),
        507: (_("There is no room left"), _("What you sent could not be stored, so nothing was kept. Please write to the office.")),
    }.get(code) or (_("This request could not be understood"), _("Something in the request was missing or damaged. Go back and try again."))


def error_page(code: int, text: str | None = None, *, error_id: str | None = None, way_on: list | None = None):
    """A page that says what happened, why, and what to do next, in the reader's language."""
    title, usual = _words(code)
    way_on = way_on or [(_("To the home page"), url_for("home.index"))]
    page = flask_render("errors/error.html", code=code, title=title, text=text or usual, error_id=error_id, way_on=way_on)
    return make_response(page, code)


def _bare(code: int, error_id: str | None = None):
    """An error page that asks nobody: no database, no addresses of ours, no form; for when those are the trouble."""
    g._login_user = AnonymousUserMixin()
    title, text = _words(code)
    return make_response(flask_render("errors/bare.html", code=code, title=title, text=text, error_id=error_id), code)


def _http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    if error.code >= 500:
        return _crash(error)
    if isinstance(error, SecurityError):
        return _bare(400)
    if error.code == 403:
        _note_refusal()
    try:
        response = error_page(error.code)
    except UnicodeDecodeError:
        response = _bare(error.code)
    if request.method == "POST" and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        session.modified = False  # as in refuse_foreign_post: a new cookie would sign the reader out
    if error.code == 429 and getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(error.retry_after)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _note_refusal() -> None:
    """Write into the audit trail that somebody signed in was refused (S38, S63), at most so often an hour."""
    member_id = g.can.member_id if "can" in g else None
    if member_id is None:
        return
    kept = select(func.count()).select_from(audit.AuditEntry).where(
        audit.AuditEntry.member_id == member_id, audit.AuditEntry.action == "refused", audit.AuditEntry.at > now() - timedelta(hours=1))
    db.session.rollback()
    try:
        if db.session.scalar(kept) < REFUSALS_AN_HOUR:
            with write_tx():
                audit.record("refused", endpoint=request.endpoint, method=request.method)
    except Exception:  # whether or not it could be noted, the answer stays a refusal
        current_app.logger.exception("a refusal could not be noted")


def _stale_form(error: CSRFError):
    """The page was older than the session: nothing is done, and what was typed waits on the form (S12)."""
    from flask_login import current_user

    had_a_token = "csrf_token" in request.form or "X-CSRFToken" in request.headers
    where = keep_typed(getattr(current_user, "id", None)) if had_a_token else None
    if where is None:
        return error_page(400)
    return error_page(400, _("This page had been open too long, so nothing was saved yet. What you typed is kept."),
                      way_on=[(_("Go on with what you typed"), where)])


def _crash(error: Exception):
    """The page of an error of ours; a bare one when even the page cannot be drawn, as without a database (S68)."""
    error_id = g.get("request_id") or secrets.token_hex(6)
    current_app.logger.error("error %s", error_id, exc_info=error)
    code = 507 if isinstance(error, OSError) and error.errno in FULL else 500
    try:
        db.session.rollback()
        return error_page(code, error_id=error_id)
    except Exception as second:
        current_app.logger.error("error %s has only a bare page: %s", error_id, type(second).__name__)
        with contextlib.suppress(Exception):
            db.session.remove()
        return _bare(code, error_id)
