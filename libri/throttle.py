"""Limits on tries, counted in the database so that two processes share them and a restart keeps them (S17, S18, S69)."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import datetime, timedelta

from flask import current_app, request
from sqlalchemy import Index, String, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from .db import Model, UtcDateTime, db, now, write_tx

LIMITS = {
    "sign_in.account": (5, 15),
    "sign_in.client": (40, 15),
    "code.account": (5, 15),
    "again.account": (5, 15),
    "letter.account": (3, 15),
    "letter.client": (20, 15),
    "ticket.client": (30, 15),
    "kept.client": (20, 60),
    "export.member": (10, 60),
    "pdf.reader": (60, 60),
    "card.member": (60, 60),
    "told.recipient": (20, 24 * 60),
    "picture.member": (20, 60),
    "upload.member": (60, 60),
    "pack.reader": (60, 60),
    "invite.member": (400, 60),
    "search.reader": (30, 1),
    "suggest.reader": (120, 1),
    "preview.member": (60, 10),
    "report.member": (20, 60),
    "post.member": (20, 60),
    "thanks.member": (60, 60),
    "machine.member": (60, 60),
    "code.registration": (10, 15),
}
"""What is limited: at most (tries, within minutes)."""


class Attempt(Model):
    """One counted try; whose it was stands only as a keyed hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(40))
    whose: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)

    __table_args__ = (Index("ix_attempt_scope_whose_at", "scope", "whose", "at"),)


_TRIES = (select(func.count(), func.min(Attempt.at)).where(
    Attempt.scope == bindparam("scope"), Attempt.whose == bindparam("whose"), Attempt.at > bindparam("since")))


def client() -> str:
    """The address a request came from, without its last part: IPv4 /24, IPv6 /48, for records."""
    return _network(24, 48)


def _network(v4: int, v6: int) -> str:
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((address, v4 if address.version == 4 else v6), strict=False))


def _whose(scope: str, key: str) -> str:
    key = key or _network(32, 64)  # one IPv6 customer has a whole /64 (S32)
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"{scope}:{key}".encode(), hashlib.sha256).hexdigest()[:32]


def check(scope: str, key: str = "") -> None:
    """Raise 429 with Retry-After when `key` (or the client's address) has used up its tries in `scope`."""
    if wait := seconds_to_wait(scope, key):
        raise TooManyRequests(retry_after=wait)


def seconds_to_wait(scope: str, key: str = "") -> int:
    """How long until `key` may try again in `scope`; 0 when it may now."""
    limit, minutes = LIMITS[scope]
    since = now() - timedelta(minutes=minutes)
    count, first = db.session.execute(_TRIES, {"scope": scope, "whose": _whose(scope, key), "since": since}).one()
    return max(1, int((first + timedelta(minutes=minutes) - now()).total_seconds())) if count >= limit else 0


def hold(scope: str, key: str = "") -> None:
    """Check once more inside write_tx(), where parallel tries come one after the other: so the limit is exact."""
    if db.session.get_bind().dialect.name == "postgresql":
        number = int(_whose(scope, key)[:15], 16)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))
    check(scope, key)


def take(scope: str, key: str = "") -> None:
    """Check and count one question of a page that changes nothing, before anything is loaded for it. Raises 429."""
    check(scope, key)
    count_miss(scope, key)


def count_miss(scope: str, key: str = "") -> None:
    """Count one try in a transaction of its own, for a page that changes nothing else."""
    with write_tx():
        count(scope, key)


def count(scope: str, key: str = "") -> None:
    """Count one try; call inside write_tx()."""
    db.session.execute(insert(Attempt.__table__), {"scope": scope, "whose": _whose(scope, key)})


def spend(scope: str, key: str = "") -> None:
    """Hold the counter and count one try, where every try counts whatever comes of it; inside write_tx(). Raises 429."""
    hold(scope, key)
    count(scope, key)


def forget(scope: str, key: str = "") -> None:
    """Forget the tries of `key`, after a success; call inside write_tx()."""
    db.session.execute(delete(Attempt).where(Attempt.scope == scope, Attempt.whose == _whose(scope, key)))


def clean() -> int:
    """Delete tries older than a day; return how many."""
    return db.session.execute(delete(Attempt).where(Attempt.at < now() - timedelta(days=1))).rowcount
