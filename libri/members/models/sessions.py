"""Open sessions: a table, so that signing out ends them for good and their owner can see them (S1–S5)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...config import FRESH_MINUTES, SESSION_HOURS, SESSION_IDLE_MINUTES
from ...db import Model, UtcDateTime, now
from .members import Member


class SignIn(Model):
    """One open session of a member. The cookie holds its token; the row only the token's hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    fresh_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    device: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(45), default="")

    member: Mapped[Member] = relationship(lazy="raise_on_sql")

    @staticmethod
    def new_token() -> str:
        """A fresh session token: 256 random bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        """The hash a token is found by."""
        return hashlib.sha256(token.encode()).hexdigest()

    def ends_at(self, kind: str, seen_at: datetime | None = None) -> datetime:
        """When this session ends if nothing more happens, for `kind` member or office (S3)."""
        idle = (seen_at or self.seen_at) + timedelta(minutes=SESSION_IDLE_MINUTES[kind])
        return min(idle, self.created_at + timedelta(hours=SESSION_HOURS[kind]))

    def is_over(self, kind: str) -> bool:
        return now() >= self.ends_at(kind)

    @property
    def is_fresh(self) -> bool:
        """Whether the password was given so recently that sensitive changes need not ask again (S7)."""
        return now() - self.fresh_at < timedelta(minutes=FRESH_MINUTES)
