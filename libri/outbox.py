"""The outbox: a letter is a row written together with what it tells; the worker sends it and loses none (R5)."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app
from sqlalchemy import JSON, Index, String, Text, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from . import tickets
from .db import Model, UtcDateTime, choice, db, now, write_tx

LEASE = timedelta(minutes=3)
"""How long a worker may hold a letter; longer than the mail server's time-out."""
SMTP_SECONDS = 15
"""How long the mail server may take for each of its nine or fewer answers."""
SLOWEST = 240
"""Seconds between later tries, so that a letter arrives within five minutes of the mail server's recovery (R5)."""
TRIES = 720
"""With back-off 2, 4, 8 … 240 seconds a letter is tried for two days, then shown as failed to the office."""
KEPT_DAYS = 7
"""Days the content of a letter is kept after delivery or the last try (assurance.md, section 3); then only the fact."""
FORGOTTEN_AT_ONCE = ("account_closed",)
"""Letters whose content goes the moment they are delivered: their reader is no longer with us (P4)."""

STOPPABLE = ("notice",)
"""Letters that carry a link to stop them."""


class Letter(Model):
    """A letter to one person: its kind, language and plain values; the worker draws the text when it sends it.

    A held one waits for somebody to read and release it; letters of one `batch` are released together (E32).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True, default=lambda: f"<{secrets.token_hex(16)}@libri>")
    kind: Mapped[str] = mapped_column(String(60))
    to_address: Mapped[str] = mapped_column(String(254))
    member_id: Mapped[int | None] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(8))
    values: Mapped[dict] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(choice("held", "waiting", "sent", "failed", name="status"), default="waiting")
    batch: Mapped[str] = mapped_column(String(40), default="", index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_letter_status_due_at", "status", "due_at"),)

    @property
    def is_being_sent(self) -> bool:
        """Whether a worker holds it, so that it tells nothing more."""
        return self.locked_until is not None and self.locked_until > now()

    def retry(self) -> None:
        """Put a failed or waiting letter at the front again (the office's button)."""
        self.status, self.attempts, self.due_at, self.locked_until = "waiting", 0, now(), None


NOTHING: dict[str, object] = {"to_address": "", "values": {}, "last_error": ""}
"""What is left of a letter whose content was forgotten."""


class Heartbeat(Model):
    """When the worker was last alive; one row."""

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def claim() -> int | None:
    """Take the next due letter for this worker and return its id, or None when nothing is due."""
    with write_tx() as session:
        letter = session.scalar(
            select(Letter)
            .where(Letter.status == "waiting", Letter.due_at <= now(), (Letter.locked_until.is_(None)) | (Letter.locked_until < now()))
            .order_by(Letter.due_at, Letter.id).limit(1).with_for_update(skip_locked=True))
        if letter is None:
            return None
        letter.locked_until = now() + LEASE
        letter.attempts += 1
        return letter.id


def deliver_due(render, limit: int = 100) -> int:
    """Send up to `limit` due letters; `render(letter)` gives (subject, text, html). Return how many were tried."""
    for done in range(limit):
        letter_id = claim()
        if letter_id is None:
            return done
        _deliver(letter_id, render)
    return limit


def _deliver(letter_id: int, render) -> None:
    letter = db.session.get_one(Letter, letter_id)
    try:
        message = compose(letter, *render(letter))
        db.session.rollback()  # hold no transaction while the mail server thinks
        transport(message)
    except (OSError, smtplib.SMTPException, ssl.SSLError) as trouble:
        _postpone(letter_id, trouble)
    except Exception as trouble:  # a letter that cannot be drawn must not stop the others
        current_app.logger.exception("letter %s could not be drawn", letter_id)
        _postpone(letter_id, trouble)
    else:
        with write_tx() as session:
            session.execute(update(Letter).where(Letter.id == letter_id).values(
                status="sent", sent_at=now(), locked_until=None, last_error=""))
            session.execute(update(Letter).where(Letter.id == letter_id, Letter.kind.in_(FORGOTTEN_AT_ONCE)).values(NOTHING))


def _postpone(letter_id: int, trouble: Exception) -> None:
    with write_tx() as session:
        letter = session.get_one(Letter, letter_id)
        if letter.status != "waiting":  # another worker took it over and was luckier
            return
        letter.locked_until = None
        letter.last_error = f"{type(trouble).__name__}: {trouble}"[:500]
        if _is_permanent(trouble) or letter.attempts >= TRIES:
            letter.status = "failed"
        else:
            letter.due_at = now() + timedelta(seconds=min(SLOWEST, 2 ** min(letter.attempts, 8)))


def _is_permanent(trouble: Exception) -> bool:
    """Whether the mail server said no to this letter for good; a refused sign-in is ours to mend, so it is not."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in trouble.recipients.values()]
    elif isinstance(trouble, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        codes = [trouble.smtp_code]
    else:
        return False
    return all(500 <= code < 600 for code in codes)


def compose(letter: Letter, subject: str, text: str, html: str) -> EmailMessage:
    """The e-mail of a letter: text and HTML, its calendar files, a stable Message-ID, and headers that cannot be injected (S50).

    `calendars` among the values of a letter are its attached files, each with name, method (PUBLISH or CANCEL) and text (E15).
    """
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = letter.to_address
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    if (stop := stop_address(letter)) is not None:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    for calendar in letter.values.get("calendars", ()):
        message.add_attachment(calendar["text"].encode(), "text", "calendar", cte="base64", filename=calendar["name"],
                               params={"charset": "utf-8", "method": calendar["method"]})
    return message


def stop_address(letter: Letter) -> str | None:
    """Where one press stops letters of this kind, signed in or not (RFC 8058); None for letters nobody can do without."""
    if letter.kind not in STOPPABLE or letter.member_id is None:
        return None
    token = tickets.lasting_token("stop_notices", letter.member_id)
    return current_app.config["BASE_URL"] + current_app.url_map.bind("localhost").build("notices.stop", {"token": token})


def transport(message: EmailMessage) -> None:
    """Hand a message to the mail server of the settings, or lay it into the data folder when there is none."""
    address = current_app.config["SMTP_URL"]
    if not address:
        _lay_down(message)
        return
    url = urlsplit(address)
    secure = url.scheme == "smtps"
    context = ssl.create_default_context()
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    options = {"context": context} if secure else {}
    with kind(url.hostname or "localhost", url.port or (465 if secure else 587), timeout=SMTP_SECONDS, **options) as server:
        if not secure and "plain" not in parse_qs(url.query):
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message, from_addr=parseaddr(message["From"])[1])


def _lay_down(message: EmailMessage) -> None:
    folder = Path(current_app.config["DATA_FOLDER"]) / "letters"
    folder.mkdir(exist_ok=True, mode=0o700)
    name = message["Message-ID"].strip("<>").split("@")[0]
    part = folder / f".{name}.part"
    part.write_bytes(bytes(message))
    part.replace(folder / f"{name}.eml")


def beat() -> None:
    """Note that the worker is alive."""
    with write_tx() as session:
        session.merge(Heartbeat(id=1, at=now()))


def forget_content() -> int:
    """Empty letters delivered or given up more than a week ago: address and values go, the fact stays. Return how many."""
    old = now() - timedelta(days=KEPT_DAYS)
    with write_tx() as session:
        return session.execute(
            update(Letter).where(Letter.to_address != "", or_(and_(Letter.status == "sent", Letter.sent_at < old),
                                                              and_(Letter.status == "failed", Letter.due_at < old)))
            .values(NOTHING)).rowcount
