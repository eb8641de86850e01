"""Invitations into an organisation: invited → accepted | expired | withdrawn (product.md, members)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...config import INVITATION_DAYS
from ...db import Model, UtcDateTime, choice, now
from ...vocabularies import INVITATION_STATES, ROLES
from .members import Member
from .organisations import Organisation


class Closed(ValueError):
    """The invitation was accepted, withdrawn or ran out."""


class Invitation(Model):
    """An invitation for one address into one organisation; living ones are unique by address and organisation."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(choice(*ROLES, name="role"), default="member")
    function: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8), default="lv")
    words: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(choice(*INVITATION_STATES, name="status"), default="invited")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: now() + timedelta(days=INVITATION_DAYS))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    invited_by: Mapped[Member | None] = relationship(foreign_keys=[invited_by_id], lazy="raise_on_sql")

    __table_args__ = (
        Index("uq_invitation_living", "email", "organisation_id", unique=True,
              sqlite_where=(status.column == "invited"), postgresql_where=(status.column == "invited")),
    )

    @property
    def state(self) -> str:
        """The state as of now: an invitation past its 30 days has expired even before the worker writes it down."""
        return "expired" if self.status == "invited" and self.expires_at <= now() else self.status

    def send_again(self) -> None:
        """Start the 30 days anew; raises Closed for one that was accepted or withdrawn, or whose address was erased."""
        if self.status not in ("invited", "expired") or not self.email:
            raise Closed
        self.status, self.ended_at = "invited", None
        self.sent_at, self.expires_at = now(), now() + timedelta(days=INVITATION_DAYS)

    def withdraw(self) -> None:
        """Take the invitation back; raises Closed once it was accepted."""
        if self.status not in ("invited", "expired"):
            raise Closed
        self.status, self.ended_at = "withdrawn", now()

    def accept(self, member: Member) -> None:
        """Note who accepted; raises Closed unless it is still open."""
        if self.state != "invited":
            raise Closed
        self.status, self.accepted_by_id, self.ended_at = "accepted", member.id, now()

    def forget(self) -> None:
        """Erase what is personal in it: the address, the function, the inviter's words."""
        self.email = self.function = self.words = ""
