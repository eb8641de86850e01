"""What an earlier version of a text keeps once its words had to go: that they went, when, by whom and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ...db import UtcDateTime


class Removable:
    """Columns of an earlier version whose words a moderator can remove for good, because they hold personal data."""

    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    removed_reason: Mapped[str] = mapped_column(String(300), default="")

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None
