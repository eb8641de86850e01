"""Who came, what they got for it, what they said without their name, and calendars (product.md, trainings)."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...db import Model, UtcDateTime, choice, now


class Attendance(Model):
    """That a person was at a session; `checked_in_by_id` is empty when they used the code on site themselves."""

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    how: Mapped[str] = mapped_column(choice("list", "badge", "code", name="how"), default="list")
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)


class Certificate(Model):
    """A numbered certificate of attendance; it can be issued again and checked on a public page (E18)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="SET NULL"), unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    hours: Mapped[float] = mapped_column(default=0)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    issued_again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_name_public: Mapped[bool] = mapped_column(default=False)


class Feedback(Model):
    """What somebody said about an event: no link to the person, a random key, and a day instead of a moment (E19)."""

    key: Mapped[str] = mapped_column(String(22), primary_key=True, default=lambda: secrets.token_urlsafe(16))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    answers: Mapped[dict] = mapped_column(JSON, default=dict)
    day: Mapped[date] = mapped_column(Date)


class FeedbackGiven(Model):
    """That a person gave feedback, so that it is given once; what they said is not here."""

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)


class CalendarFeed(Model):
    """The secret address of a member's own calendar, or of the network's; the row alone does not open it, as with tickets."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(choice("own", "network", name="kind"), default="own")
    nonce: Mapped[str] = mapped_column(String(44), default=lambda: secrets.token_urlsafe(24))
    renewed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (UniqueConstraint("member_id", "kind"),)


class Reminder(Model):
    """That the reminder `kind` of an event was sent, so that it goes out once."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
