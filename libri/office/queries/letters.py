"""Letters of the outbox, the newest first."""

from __future__ import annotations

from sqlalchemy import Select, select

from ...outbox import Letter

SORT = (Letter.id,)


def in_outbox(status: str = "", kind: str = "") -> Select:
    """Letters in this state and of this kind; all when nothing is asked for."""
    query = select(Letter)
    if status:
        query = query.where(Letter.status == status)
    return query.where(Letter.kind == kind) if kind else query
