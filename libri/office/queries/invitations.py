"""Invitations of the whole network: those still open and those that ran out."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from ...db import now
from ...members.models import Invitation

SORT = (Invitation.id,)


def in_state(state: str) -> Select:
    """Open or expired invitations, with their organisations; one past its days has expired even before it is written down."""
    query = select(Invitation).join(Invitation.organisation).options(contains_eager(Invitation.organisation))
    is_open = Invitation.status == "invited"
    if state == "expired":
        return query.where((Invitation.status == "expired") | (is_open & (Invitation.expires_at <= now())))
    return query.where(is_open, Invitation.expires_at > now())
