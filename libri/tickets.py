"""Links in letters that prove who one is: random, one purpose, one use, one deadline (S24, S25).

A ticket's row alone opens nothing: the link also carries a signature by the secret key. So the outbox never holds a secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Index, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, UtcDateTime, db, now
from .paging import whole


class Ticket(Model):
    """A right to do one thing: `purpose` for the object `subject_id`, until `expires_at`, unless used."""

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    extra: Mapped[str] = mapped_column(String(254), default="")
    nonce: Mapped[str] = mapped_column(String(44), default=lambda: secrets.token_urlsafe(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_ticket_purpose_subject_id", "purpose", "subject_id"),)

    def token(self) -> str:
        """The part of the link that proves it: the id and 256 bits of signature, URL-safe."""
        return f"{self.id}-{self._signature(current_app.config['SECRET_KEY'])}"

    def _signature(self, secret: str) -> str:
        mac = hmac.new(secret.encode(), f"ticket:{self.purpose}:{self.id}:{self.nonce}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")

    def use(self) -> bool:
        """Use the ticket up inside write_tx(); False if somebody was faster or it is too late."""
        used = db.session.execute(
            update(Ticket).where(Ticket.id == self.id, Ticket.used_at.is_(None), Ticket.expires_at > now()).values(used_at=now()))
        return used.rowcount == 1


def issue(purpose: str, subject_id: int, hours: float, extra: str = "") -> Ticket:
    """Add a ticket to the running transaction and void the older ones for the same purpose and subject."""
    void(purpose, subject_id)
    ticket = Ticket(purpose=purpose, subject_id=subject_id, extra=extra, expires_at=now() + timedelta(hours=hours))
    db.session.add(ticket)
    db.session.flush()
    return ticket


def void(purpose: str, subject_id: int) -> None:
    """Make every unused ticket for this purpose and subject worthless."""
    db.session.execute(update(Ticket).where(
        Ticket.purpose == purpose, Ticket.subject_id == subject_id, Ticket.used_at.is_(None)).values(used_at=now()))


def find(purpose: str, token: str) -> Ticket | None:
    """The living ticket a link's `token` stands for, or None for anything forged, used, voided or too old."""
    ticket = known(purpose, token)
    return ticket if ticket and ticket.used_at is None and ticket.expires_at > now() else None


def known(purpose: str, token: str) -> Ticket | None:
    """The ticket a link's `token` stands for, living or not, so that a page can say what became of it; None if forged."""
    number, _, signature = token.partition("-")
    ticket_id = whole(number, digits=18)
    if ticket_id is None:
        return None
    ticket = db.session.scalar(select(Ticket).where(Ticket.id == ticket_id, Ticket.purpose == purpose))
    if ticket is None:
        return None
    config = current_app.config
    secrets_ = [config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]]
    good = [hmac.compare_digest(ticket._signature(s).encode(), signature.encode()) for s in secrets_]
    return ticket if any(good) else None


def clean() -> int:
    """Delete tickets that ended more than 30 days ago; return how many."""
    return db.session.execute(delete(Ticket).where(Ticket.expires_at < now() - timedelta(days=30))).rowcount


# ---- links that never end --------------------------------------------------------------------------------------------


def lasting_token(purpose: str, subject_id: int) -> str:
    """The part of a link that stands for a number without a row, a deadline or a single use; for what can do no harm (X12)."""
    return f"{subject_id}-{_lasting(current_app.config['SECRET_KEY'], purpose, subject_id)}"


def lasting_subject(purpose: str, token: str) -> int | None:
    """The number a lasting token stands for, or None if it is forged."""
    number, _, signature = token.partition("-")
    subject = whole(number)
    if subject is None:
        return None
    keys = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    good = [hmac.compare_digest(_lasting(key, purpose, subject).encode(), signature.encode()) for key in keys]
    return subject if any(good) else None


def _lasting(secret: str, purpose: str, subject_id: int) -> str:
    mac = hmac.new(secret.encode(), f"lasting:{purpose}:{subject_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")
