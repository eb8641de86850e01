"""What was typed and not taken is kept for a day, and a form that was sent is known when it is sent again (R9, S12)."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from flask import current_app, request, session
from flask_login import current_user
from sqlalchemy import JSON, String, delete
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from . import throttle
from .db import Model, UtcDateTime, db, now, write_tx

KEPT_HOURS = 24
KEPT_LETTERS = 500_000
"""The longest text that is kept for somebody whose session ended."""
SECRET_NAME = re.compile(r"password|code|token|secret|csrf", re.IGNORECASE)


def writer_of(once: str | None) -> int | None:
    """The member a form was drawn for, even when the browser has lost its session."""
    nonce, _dot, rest = (once or "").partition(".")
    number, _dot, signature = rest.partition(".")
    fits = hmac.compare_digest(signature.encode(), signature_of(nonce, number).encode())
    return int(number) if fits and number.isdigit() else None


def signature_of(nonce: str, member_id: int | str) -> str:
    """What only LiBri can say of a form and whom it was drawn for."""
    return hmac.new(current_app.config["SECRET_KEY"].encode(), f"once:{nonce}:{member_id}".encode(), hashlib.sha256).hexdigest()[:20]


class Submission(Model):
    """A form that was sent, so that sending it again does nothing twice."""

    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    location: Mapped[str] = mapped_column(String(400), default="")


class KeptForm(Model):
    """What somebody typed into a form that could not be taken, until they come back for it (R9, S12)."""

    key: Mapped[str] = mapped_column(String(44), primary_key=True)
    member_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(400))
    fields: Mapped[list] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)


def keep_typed(member_id: int | None) -> str | None:
    """Keep the text fields of this POST for whoever holds this browser's session; return where to find them again.

    Secrets and files are not kept. Only the same member sees the text, when it is known whose session had ended,
    or for whom the form was drawn.
    """
    fields = [[name, value] for name, values in request.form.lists() for value in values if not SECRET_NAME.search(name)]
    writer = writer_of(request.form.get("once"))
    written = [value for name, value in fields if name not in ("once", "next", "version") and value.strip()]
    if not written or sum(map(len, written)) > KEPT_LETTERS or throttle.seconds_to_wait("kept.client"):
        return None
    session["kept"] = secrets.token_urlsafe(24)
    address = page_of_the_form()
    with write_tx() as s:
        throttle.count("kept.client")
        s.add(KeptForm(key=session["kept"], member_id=writer or member_id, address=address[:400], fields=fields))
    return address + ("&" if "?" in address else "?") + "kept=1"


def parts_of(address: str) -> SplitResult:
    """The parts of an address that somebody sent; empty ones when it is none, such as `http://[`."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def page_of_the_form() -> str:
    """The page of ours that this POST was sent from, as far as the browser tells."""
    referrer = parts_of(request.referrer or "")
    same = referrer.netloc == request.host and re.match(r"/(?![/\\])", referrer.path)
    if same:
        return referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return request.path if request.url_rule is not None and "GET" in (request.url_rule.methods or ()) else "/"


def kept_values() -> MultiDict | None:
    """The kept fields for this page (`?kept=1`), or None."""
    if "kept" not in request.args or "kept" not in session:
        return None
    kept = db.session.get(KeptForm, session["kept"])
    mine = kept is not None and (kept.member_id is None or kept.member_id == getattr(current_user, "id", None))
    if kept is None or not mine or kept.address.split("?")[0] != request.path:
        return None
    return MultiDict([(name, value) for name, value in kept.fields if name != "once"])


def clean() -> int:
    """Delete kept texts and sent forms older than a day; return how many."""
    old = now() - timedelta(hours=KEPT_HOURS)
    return (db.session.execute(delete(KeptForm).where(KeptForm.at < old)).rowcount
            + db.session.execute(delete(Submission).where(Submission.at < old)).rowcount)

