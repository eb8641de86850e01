"""Tables waiting between their check and their import."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from ...db import Model, UtcDateTime, db, now

KEPT_HOURS = 24


class ImportDraft(Model):
    """A table somebody uploaded, kept a day so that it need not be uploaded twice; emptied once imported."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    filename: Mapped[str] = mapped_column(String(200), default="")
    rows: Mapped[list] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_over(self) -> bool:
        return self.created_at < now() - timedelta(hours=KEPT_HOURS)

    def finish(self) -> None:
        """Note that it was imported; what it held is no longer needed here."""
        self.imported_at, self.rows = now(), []


def clean() -> int:
    """Delete tables older than a day; return how many."""
    return db.session.execute(delete(ImportDraft).where(ImportDraft.created_at < now() - timedelta(hours=KEPT_HOURS))).rowcount
