"""Reservations: an event asks for a venue that is offered, and its owner answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from .venues import VenueOffer

RESERVATION_STATES = ("asked", "confirmed", "declined", "cancelled")


class Answered(ValueError):
    """This reservation does not wait for an answer any more."""


class Reservation(Model):
    """That an event asks for a venue offer, and what its owner answered (product.md, directory)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_offer_id: Mapped[int] = mapped_column(ForeignKey("venue_offer.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(choice(*RESERVATION_STATES, name="reservation_status"), default="asked")
    words: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    venue: Mapped[VenueOffer] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index("uq_reservation_open", "event_id", "venue_offer_id", unique=True,
              sqlite_where=status.in_(("asked", "confirmed")), postgresql_where=status.in_(("asked", "confirmed"))),
    )

    @property
    def is_open(self) -> bool:
        """Whether the venue is asked for or kept."""
        return self.status in ("asked", "confirmed")

    def settle(self, status: str, answer: str, member_id: int | None) -> None:
        """The owner confirms or declines what was asked; a confirmed venue may still be declined. Raises Answered."""
        if not self.is_open or status == self.status:
            raise Answered
        self.status, self.answer, self.answered_by_id, self.answered_at = status, answer, member_id, now()

    def cancel(self) -> None:
        """The event needs the venue no more; raises Answered when it is not asked for."""
        if not self.is_open:
            raise Answered
        self.status, self.answered_at = "cancelled", now()
