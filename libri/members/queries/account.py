"""What the pages of one's own account show."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, func, select

from ...audit import SIGN_IN_DAYS, AuditEntry
from ...db import now
from ..models import Member, Membership, Organisation, RecoveryCode, SignIn


def sessions_of(member_id: int) -> Select:
    """The sessions of a member, the one used last first; some may be over."""
    return select(SignIn).where(SignIn.member_id == member_id).order_by(SignIn.seen_at.desc(), SignIn.id.desc())


def recent_sign_ins(member_id: int) -> Select:
    """What happened at the door of this account in the last 90 days, newest first."""
    return (select(AuditEntry)
            .where(AuditEntry.object_kind == "member", AuditEntry.object_id == member_id, func.substr(AuditEntry.action, 1, 7) == "sign_in",
                   AuditEntry.at > now() - timedelta(days=SIGN_IN_DAYS))
            .order_by(AuditEntry.id.desc()).limit(50))


def recovery_codes_left(member_id: int) -> Select:
    """How many recovery codes have not been used."""
    return select(func.count()).select_from(RecoveryCode).where(RecoveryCode.member_id == member_id)


def holder_of(address: str) -> Select:
    """Whose account has this address, in whatever state it is."""
    return select(Member.id).where(Member.email == address)


def organisation_names(member_id: int) -> Select:
    """The names of a member's organisations and the places they stand in: no good as passwords (S22)."""
    names = (select(Organisation.name, Organisation.city).join(Membership, Membership.organisation_id == Organisation.id)
             .where(Membership.member_id == member_id)).subquery()
    return select(names.c.name).union(select(names.c.city))
