"""Contact persons of an organisation: function first, each personal field shown as far as the person agreed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import JSON, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...config import CONFIRM_AFTER_DAYS, STALE_AFTER_DAYS
from ...db import Model, UtcDateTime, now
from ...members.models import Member, Organisation

PERSONAL_FIELDS = ("name", "email", "phone")
EMPTIED_AFTER_DAYS = 365
"""Days after an appointment ended when its personal data is emptied; the function stays (product.md, directory)."""


class NotConsented(ValueError):
    """Personal data needs the date on which the person agreed to it."""


class Ended(ValueError):
    """The appointment has ended already."""


class ContactPerson(Model):
    """Somebody to turn to in an organisation; with or without an account (D2)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    function: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_coordinator: Mapped[bool] = mapped_column(default=False)
    is_deputy: Mapped[bool] = mapped_column(default=False)
    delegated_by: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    appointed_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("contact_person.id"))
    visibility: Mapped[dict] = mapped_column(JSON, default=dict)
    consented_on: Mapped[date | None] = mapped_column(Date)
    confirmed_on: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    emptied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_contact_person_organisation_id_position", "organisation_id", "position", "id"),)

    @property
    def is_current(self) -> bool:
        return self.ended_at is None

    @property
    def has_personal_data(self) -> bool:
        return any(getattr(self, name) for name in PERSONAL_FIELDS)

    @property
    def is_stale(self) -> bool:
        """Not confirmed for twelve months (N1)."""
        return (self.confirmed_on or self.created_at) < now() - timedelta(days=STALE_AFTER_DAYS)

    @property
    def is_due(self) -> bool:
        """Half a year since it was last confirmed (N1)."""
        return self.is_current and (self.confirmed_on or self.created_at) < now() - timedelta(days=CONFIRM_AFTER_DAYS)

    def visibility_of(self, name: str) -> str:
        """Who may see a personal field: `network` or `office`; the narrower unless the person chose (P2)."""
        return self.visibility.get(name, "office")

    def check_consent(self) -> None:
        """Raise NotConsented when personal data stands without the day of consent."""
        if self.has_personal_data and not self.consented_on and self.member_id is None:
            raise NotConsented

    def confirm(self) -> None:
        """Note that the entry is still correct."""
        self.confirmed_on = now()

    def end(self, successor: ContactPerson | None) -> None:
        """End the appointment; place, function and coordinator's role pass to `successor` (N2). Raises Ended."""
        if not self.is_current:
            raise Ended
        self.ended_at = now()
        if successor is not None:
            self.successor_id = successor.id
            successor.position = self.position
            successor.is_coordinator = successor.is_coordinator or self.is_coordinator
            successor.is_deputy = (successor.is_deputy or self.is_deputy) and not successor.is_coordinator
            successor.themes = list(dict.fromkeys([*successor.themes, *self.themes]))
        self.is_coordinator = self.is_deputy = False

    def empty(self) -> None:
        """Remove the personal data of an ended appointment; the function stays."""
        self.name = self.email = self.phone = self.delegated_by = ""
        self.member_id, self.consented_on, self.emptied_at = None, None, now()
