"""Organisations in whose name somebody may announce an event."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import raiseload

from ...members.models import Organisation
from ...members.queries import reach
from ...permissions import Can

MOST = 2000


def organisers(can: Can) -> Select:
    """Active organisations the reader leads, with those below; for the office all. One's own come first, then by name."""
    return (select(Organisation).where(Organisation.status == "active", reach.looked_after(can))
            .order_by(*reach.own_first(can)).limit(MOST).options(raiseload("*")))
