"""Venue offers: rooms an organisation lends to the network's events, and what was asked of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from ...i18n import Localized, LocalizedText
from ...members.models import Organisation


class VenueOffer(Model):
    """A building or place of an organisation with one or more rooms, and the conditions of using them."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    conditions: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    accessibility: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    rooms: Mapped[list[Room]] = relationship(cascade="all, delete-orphan", order_by="Room.id", lazy="raise_on_sql")

    @property
    def largest(self) -> int:
        """Seats of the largest room."""
        return max((room.capacity for room in self.rooms), default=0)


class Room(Model):
    """A room of a venue offer: seats and equipment (vocabulary EQUIPMENT)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_offer_id: Mapped[int] = mapped_column(ForeignKey("venue_offer.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    capacity: Mapped[int]
    equipment: Mapped[list[str]] = mapped_column(JSON, default=list)

    __table_args__ = (CheckConstraint("capacity > 0", name="capacity"),)


class Reservation(Model):
    """That somebody asked for a venue offer: asked → confirmed | declined | cancelled. `purpose` is the event's title then."""

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_offer_id: Mapped[int] = mapped_column(ForeignKey("venue_offer.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="SET NULL"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    purpose: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    people: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(500), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[str] = mapped_column(choice("asked", "confirmed", "declined", "cancelled", name="status"), default="asked")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    venue_offer: Mapped[VenueOffer] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("ends_at > starts_at", name="times"),)
