"""What the worker does for members once a day: run-out invitations, old sessions, accounts unused for two years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import current_app
from sqlalchemy import Date, cast, delete, func, select, update

from .. import audit, emails, files
from ..config import SESSION_HOURS
from ..db import db, now, write_tx
from . import leaving
from .models import Invitation, Member, SignIn
from .models.members import LastCoordinator

INVITATION_KEPT_DAYS = 90
"""Days after it ran out or was withdrawn when an invitation loses its address (privacy notice, invitations)."""
UNUSED_DAYS = 730
WARNING_DAYS = 30
"""An account unused for 24 months is closed; its owner is told 30 days before (assurance.md, section 3)."""


def expire_invitations() -> int:
    """Write down which invitations ran out; return how many."""
    with write_tx() as session:
        return session.execute(
            update(Invitation).where(Invitation.status == "invited", Invitation.expires_at <= now())
            .values(status="expired", ended_at=Invitation.expires_at)).rowcount


def forget_invitations() -> int:
    """Erase the addresses of invitations that ran out or were withdrawn 90 days ago; return how many."""
    old = now() - timedelta(days=INVITATION_KEPT_DAYS)
    with write_tx() as session:
        return session.execute(
            update(Invitation).where(Invitation.status.in_(("expired", "withdrawn")), Invitation.ended_at < old, Invitation.email != "")
            .values(email="", function="", words="")).rowcount


def end_old_sessions() -> int:
    """Delete sessions past their absolute limit by a day; return how many."""
    oldest = now() - timedelta(hours=max(SESSION_HOURS.values()) + 24)
    with write_tx() as session:
        return session.execute(delete(SignIn).where(SignIn.created_at < oldest)).rowcount


def warn_unused() -> int:
    """Write to members who have not been here for almost 24 months; return to how many."""
    last_day = now().date() - timedelta(days=UNUSED_DAYS - WARNING_DAYS)
    with write_tx() as session:
        session.execute(update(Member).where(Member.warned_at.is_not(None), _last_used() > last_day).values(warned_at=None))
        unused = session.scalars(
            select(Member).where(Member.status == "active", Member.warned_at.is_(None), _last_used() <= last_day)).all()
        for member in unused:
            member.warned_at = now()
            emails.account_unused(member, (now() + timedelta(days=WARNING_DAYS)).date())
        return len(unused)


def close_unused() -> int:
    """Close accounts unused for 24 months whose owners were told 30 days ago, or cannot sign in; return how many."""
    last_day, told = now().date() - timedelta(days=UNUSED_DAYS), now() - timedelta(days=WARNING_DAYS)
    due = db.session.scalars(select(Member.id).where(
        _last_used() <= last_day, (Member.status == "disabled") | ((Member.status == "active") & (Member.warned_at <= told)))).all()
    return sum(_close(member_id) for member_id in due)


def _close(member_id: int) -> int:
    try:
        with write_tx() as session:
            gone = leaving.close(session.get_one(Member, member_id))
    except LastCoordinator:
        current_app.logger.warning("member %s is unused but the last coordinator, so the account stays", member_id)
        return 0
    files.forget(gone)
    return 1


def _last_used():
    """The day a member was last here, or joined."""
    return func.coalesce(Member.seen_on, _day_of_joining())


def _day_of_joining():
    is_sqlite = db.engine.dialect.name == "sqlite"
    return func.date(Member.created_at, type_=Date) if is_sqlite else cast(Member.created_at, Date)


DAILY: dict[str, Callable[[], int]] = {
    "expire_invitations": expire_invitations,
    "forget_invitations": forget_invitations,
    "end_old_sessions": end_old_sessions,
    "warn_unused": warn_unused,
    "close_unused": close_unused,
    "forget_audit": audit.forget,
}
