"""Members – people with an account – and their memberships in organisations."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, db, now
from ...vocabularies import NOTICE_CHOICES, ROLES
from .organisations import Organisation


class LastCoordinator(ValueError):
    """The last coordinator of the coordinating body cannot go (S39)."""


class Member(UserMixin, Model):
    """A person with an account (product.md, members). A closed one stays as "former member" without personal data."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    function: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    stamp: Mapped[str] = mapped_column(String(24), default=lambda: secrets.token_urlsafe(16))
    language: Mapped[str] = mapped_column(String(8), default="lv")
    reads: Mapped[list[str]] = mapped_column(JSON, default=list)
    writes: Mapped[list[str]] = mapped_column(JSON, default=list)
    translates_automatically: Mapped[bool] = mapped_column(default=False)
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Riga")
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    unread_notices: Mapped[int] = mapped_column(default=0)
    notices: Mapped[str] = mapped_column(choice(*NOTICE_CHOICES, name="notices"), default="weekly")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    status: Mapped[str] = mapped_column(choice("active", "disabled", "closed", name="status"), default="active")
    notice_version: Mapped[str] = mapped_column(String(20), default="")
    notice_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_secret: Mapped[str] = mapped_column(String(200), default="")
    totp_last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    seen_on: Mapped[date | None] = mapped_column(Date)
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list[Membership]] = relationship(back_populates="member", cascade="all, delete-orphan", lazy="raise_on_sql")

    session_token = ""

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the token of the session just opened, never the member's number."""
        return self.session_token

    @property
    def is_active(self) -> bool:
        return self.status == "active"

    @property
    def has_second_factor(self) -> bool:
        return bool(self.totp_secret)

    def read_notice(self, version: str) -> None:
        """Note that the privacy notice was read, and which version (X4)."""
        self.notice_version, self.notice_read_at = version, now()

    def use_code_step(self, step: int) -> bool:
        """Use up a TOTP time step inside write_tx(); False for a code used before (S27)."""
        used = db.session.execute(update(Member).where(Member.id == self.id, Member.totp_last_step < step).values(totp_last_step=step))
        return used.rowcount == 1

    def disable(self) -> None:
        """Take the account out of use; use `leaving.disable`, which also ends its sessions and keeps the last coordinator."""
        self.status = "disabled"
        self.renew_stamp()

    def enable(self) -> None:
        """Let a disabled account be used again."""
        if self.status == "disabled":
            self.status = "active"

    def renew_stamp(self) -> None:
        """Make every link and code tied to the old credentials worthless."""
        self.stamp = secrets.token_urlsafe(16)


class Membership(Model):
    """A member's place in an organisation: coordinator or member, with a function. One per person and organisation."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(choice(*ROLES, name="role"), default="member")
    function: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    member: Mapped[Member] = relationship(back_populates="memberships", lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("member_id", "organisation_id"),)


class RecoveryCode(Model):
    """One of ten codes that stand in for the second factor, each once; only its keyed hash is kept (S27)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
