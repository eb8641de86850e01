"""Organisations the office looks after: by state, and those without anybody to turn to."""

from __future__ import annotations

from sqlalchemy import Select, exists, select

from ...directory.models import ContactPerson
from ...members.models import Organisation

SORT = (Organisation.sort_lv, Organisation.id)


def in_state(status: str) -> Select:
    """Organisations in this state."""
    return select(Organisation).where(Organisation.status == status)


def without_contact() -> Select:
    """Active organisations without a present contact person."""
    current = exists().where(ContactPerson.organisation_id == Organisation.id, ContactPerson.ended_at.is_(None))
    return select(Organisation).where(Organisation.status == "active", ~current)
