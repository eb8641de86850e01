"""Lists of participants that take a while: asked for, made by the worker, fetched, forgotten after a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from ...files import StoredFile
from ...members.models import Member
from .events import Event

FORMATS = ("xlsx", "csv", "pdf")


class Export(Model):
    """A file of participants that somebody asked for: `done` of `total` rows are written, `asked` are the filters of the list."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    format: Mapped[str] = mapped_column(choice(*FORMATS, name="format"))
    asked: Mapped[dict] = mapped_column(JSON, default=dict)
    status: Mapped[str] = mapped_column(choice("waiting", "making", "ready", "failed", name="status"), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    stored: Mapped[StoredFile | None] = relationship(lazy="joined")
    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    member: Mapped[Member] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_export_status", "status", "id"),)
