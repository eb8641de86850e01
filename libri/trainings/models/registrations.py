"""Registrations: who comes, who waits, what they answered, and the log of it all (product.md, trainings)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from ...i18n import Localized, LocalizedText
from ...members.models import Member, Organisation
from ..words import ACTIVE, DECISIONS, REGISTRATION_STATES
from .events import Event


class Registration(Model):
    """One person's place in one event, of a member or of a guest without an account; one active per person and event.

    `arrived` is the order of arrival; expiry of an offer gives a new number. `partnership_id` is the organisation at
    the root of the person's tree. `prepared` is a decision not announced yet (E8).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(choice(*REGISTRATION_STATES, name="status"))
    arrived: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    guest_name: Mapped[str] = mapped_column(String(120), default="")
    guest_email: Mapped[str] = mapped_column(String(254), default="")
    guest_organisation: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="SET NULL"), index=True)
    # nomination (N14) and approval (E8)
    is_nominated: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int | None]
    is_substitute: Mapped[bool] = mapped_column(default=False)
    employer_consent: Mapped[bool] = mapped_column(default=False)
    prepared: Mapped[str | None] = mapped_column(choice(*DECISIONS, name="prepared"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    is_to_review: Mapped[bool] = mapped_column(default=False)
    # offers and dates
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offer_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answers_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # about the person, as far as the event needs it
    access_needs: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    shows_name: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(String(400), default="")
    # after the event
    feedback_waived: Mapped[bool] = mapped_column(default=False)
    asked_30_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_90_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id], lazy="raise_on_sql")
    registered_by: Mapped[Member | None] = relationship(foreign_keys=[registered_by_id], lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id], lazy="raise_on_sql")
    partnership: Mapped[Organisation | None] = relationship(foreign_keys=[partnership_id], lazy="raise_on_sql")
    answers: Mapped[list[Answer]] = relationship(cascade="all, delete-orphan", lazy="raise_on_sql")

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def is_guest(self) -> bool:
        return self.member_id is None

    @property
    def name(self) -> str:
        """The person's name; load `member` first."""
        return self.member.name if self.member_id is not None else self.guest_name

    @property
    def address(self) -> str | None:
        """Where letters to this person go; load `member` first."""
        return self.member.email if self.member_id is not None else self.guest_email


_is_active = Registration.status.in_(ACTIVE)
_of_member = and_(_is_active, Registration.member_id.is_not(None))
_of_guest = and_(_is_active, Registration.guest_email != "")
Registration.__table__.append_constraint(CheckConstraint("arrived > 0", name="arrived"))
Index("uq_registration_active_member", Registration.event_id, Registration.member_id, unique=True,
      sqlite_where=_of_member, postgresql_where=_of_member)
Index("uq_registration_active_guest", Registration.event_id, Registration.guest_email, unique=True,
      sqlite_where=_of_guest, postgresql_where=_of_guest)
Index("uq_registration_event_id_arrived", Registration.event_id, Registration.arrived, unique=True)
Index("ix_registration_event_id_status_arrived", Registration.event_id, Registration.status, Registration.arrived)
Index("ix_registration_status_offer_ends_at", Registration.status, Registration.offer_ends_at)


class Answer(Model):
    """What a person answered to one question: a text, a code, a list of codes, a number, or an ISO date."""

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, index=True)
    value: Mapped[str | list[str] | None] = mapped_column(JSON)


class RegistrationEntry(Model):
    """A line in the log of a registration: what happened, when, and who did it (E26)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    action: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict] = mapped_column(JSON, default=dict)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)

    by: Mapped[Member | None] = relationship(lazy="raise_on_sql")


class HeldLetter(Model):
    """A letter to a chosen group of an event that waits until the organiser has read it, then is sent or dropped (E32)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    states: Mapped[list[str]] = mapped_column(JSON, default=list)
    subject: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    body: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    status: Mapped[str] = mapped_column(choice("held", "sent", "dropped", name="status"), default="held")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
