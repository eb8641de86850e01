"""Events with their sessions, questions and materials (product.md, trainings)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from ...directory.models import Reservation, VenueOffer
from ...files import StoredFile
from ...i18n import Localized, LocalizedText
from ...members.models import Organisation
from ..words import AUDIENCES, EVENT_KINDS, EVENT_MODES, EVENT_STATUSES, MATERIAL_KINDS, PARTICIPANT_LISTS, QUESTION_KINDS


class Event(Model):
    """A training, seminar, webinar, trip or meeting, with the rules of its seats. `seats.py` changes who has one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    uid: Mapped[str] = mapped_column(String(60), unique=True, default=lambda: f"{uuid.uuid4()}@libri")
    sequence: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(choice(*EVENT_KINDS, name="kind"))
    status: Mapped[str] = mapped_column(choice(*EVENT_STATUSES, name="status"), default="draft")
    title: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    description: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    programme: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    organiser_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"))
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    # where and when
    mode: Mapped[str] = mapped_column(choice(*EVENT_MODES, name="mode"), default="onsite")
    venue_offer_id: Mapped[int | None] = mapped_column(ForeignKey("venue_offer.id", ondelete="SET NULL"), index=True)
    reservation_id: Mapped[int | None] = mapped_column(ForeignKey("reservation.id", ondelete="SET NULL"), unique=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    online_url: Mapped[str] = mapped_column(String(500), default="")
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Riga")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    interpretation: Mapped[list[str]] = mapped_column(JSON, default=list)
    accessibility: Mapped[list[str]] = mapped_column(JSON, default=list)
    fee_eur: Mapped[float] = mapped_column(default=0)
    # who may come, and the rules of the seats
    audience: Mapped[str] = mapped_column(choice(*AUDIENCES, name="audience"), default="network")
    audience_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    audience_roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    capacity: Mapped[int | None]
    reserved_seats: Mapped[int] = mapped_column(default=0)
    waiting_limit: Mapped[int | None]
    partnership_seats: Mapped[int | None]
    partnership_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    changes_need_approval: Mapped[bool] = mapped_column(default=False)
    offer_hours: Mapped[int] = mapped_column(default=24)
    registration_opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration_closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answers_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_arrived: Mapped[int] = mapped_column(default=0)
    # at the event and after it
    show_participants: Mapped[str] = mapped_column(choice(*PARTICIPANT_LISTS, name="show_participants"), default="hidden")
    access_code: Mapped[str] = mapped_column(String(12), default="")
    gives_certificate: Mapped[bool] = mapped_column(default=False)
    min_attendance_percent: Mapped[int | None]
    # what happened to it
    announced: Mapped[dict] = mapped_column(JSON, default=dict)
    cancelled_reason: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    organiser: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    venue_offer: Mapped[VenueOffer | None] = relationship(lazy="raise_on_sql")
    reservation: Mapped[Reservation | None] = relationship(lazy="raise_on_sql")
    sessions: Mapped[list[Session]] = relationship(cascade="all, delete-orphan", order_by="Session.starts_at", lazy="raise_on_sql")
    questions: Mapped[list[Question]] = relationship(cascade="all, delete-orphan", order_by="Question.position", lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        CheckConstraint("reserved_seats >= 0", name="reserved_seats"),
        CheckConstraint("ends_at >= starts_at", name="times"),
        Index("ix_event_status_starts_at", "status", "starts_at", "id"),
        Index("ix_event_partnership_until", "partnership_until"),
    )

    @property
    def seats(self) -> int | None:
        """Seats open to registration: the capacity without the reserved ones (E3); None without a limit."""
        return None if self.capacity is None else max(0, self.capacity - self.reserved_seats)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()

    @property
    def takes_registrations(self) -> bool:
        """Whether registration is open now: published, between its opening and closing, before the start."""
        moment = now()
        return (self.status == "published" and (self.registration_opens is None or self.registration_opens <= moment)
                and moment < (self.registration_closes or self.starts_at) and moment < self.ends_at)

    @property
    def takes_answers(self) -> bool:
        """Whether participants may still change their answers (E10)."""
        return self.status == "published" and now() < min(self.answers_until or self.starts_at, self.starts_at)

    def admits(self, organisation: Organisation, role: str) -> bool:
        """Whether it is meant for somebody of an organisation, in this role; load the organiser first."""
        return ((self.audience != "partnership" or organisation.root_id == self.organiser.root_id)
                and (not self.audience_kinds or organisation.kind in self.audience_kinds)
                and (not self.audience_roles or role in self.audience_roles))

    def state(self, taken: int = 0, waiting: int = 0) -> str:
        """The state people read (words EVENT_STATES), from `taken` seats and people `waiting`."""
        moment = now()
        if self.status != "published":
            return self.status
        if self.is_over:
            return "completed"
        if self.registration_opens is not None and moment < self.registration_opens:
            return "registration_not_open"
        if not self.takes_registrations:
            return "registration_closed"
        return "full" if self.seats is not None and (taken >= self.seats or waiting) else "registration_open"


class Session(Model):
    """A part of an event with its own time: what people are checked in to and get hours for."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    title: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    hours: Mapped[float] = mapped_column(default=0)
    room: Mapped[str] = mapped_column(String(120), default="")

    __table_args__ = (CheckConstraint("ends_at > starts_at", name="times"), CheckConstraint("hours >= 0", name="hours"))


class Question(Model):
    """What the organiser asks at registration; it may appear only after a certain answer to an earlier one (E5, E6).

    `options` is a list of `{"code": "a", "label": {"lv": "…"}}`; `shown_if_values` are codes, or "yes" and "no".
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(choice(*QUESTION_KINDS, name="kind"))
    label: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    help: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    options: Mapped[list[dict]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    shown_if_question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"), index=True)
    shown_if_values: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)

    def option_labels(self) -> dict[str, Localized]:
        """The labels of its options by code, in order."""
        return {option["code"]: Localized(option["label"]) for option in self.options}


class Material(Model):
    """A file or link given to participants, or the minutes (E22); kept like other files (`libri/files.py`)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(choice(*MATERIAL_KINDS, name="kind"), default="material")
    language: Mapped[str] = mapped_column(String(8), default="")
    title: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    is_for_all: Mapped[bool] = mapped_column(default=False)
    visible_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    stored: Mapped[StoredFile | None] = relationship(lazy="joined")
