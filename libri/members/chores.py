"""What the worker does for members once a day: run-out invitations, old sessions, accounts unused for two years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, update

from ..config import SESSION_HOURS
from ..db import now, write_tx
from .models import Invitation, SignIn


def expire_invitations() -> int:
    """Write down which invitations ran out; return how many."""
    with write_tx() as session:
        return session.execute(
            update(Invitation).where(Invitation.status == "invited", Invitation.expires_at <= now()).values(status="expired")).rowcount


def end_old_sessions() -> int:
    """Delete sessions past their absolute limit by a day; return how many."""
    oldest = now() - timedelta(hours=max(SESSION_HOURS.values()) + 24)
    with write_tx() as session:
        return session.execute(delete(SignIn).where(SignIn.created_at < oldest)).rowcount


DAILY: dict[str, Callable[[], int]] = {"expire_invitations": expire_invitations, "end_old_sessions": end_old_sessions}
