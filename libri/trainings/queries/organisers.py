"""Organisations in whose name somebody may announce an event."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import raiseload

from ...i18n import lang
from ...members.models import Organisation
from ...permissions import Can

MOST = 2000


def organisers(can: Can) -> Select:
    """Active organisations the reader leads, with those below; for the office all. One's own come first, then by name."""
    found = select(Organisation).where(Organisation.status == "active").options(raiseload("*"))
    if not can.is_office:
        led = [Organisation.path.contains(f"/{number}/", autoescape=True) for number in sorted(can.leads)]
        found = found.where(or_(*led)) if led else found.where(Organisation.id.is_(None))
    return found.order_by(Organisation.id.not_in(sorted(can.belongs)), getattr(Organisation, f"sort_{lang()}"), Organisation.id).limit(MOST)
