"""Which organisations somebody's rights reach, as conditions and in the order of their choices."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import raiseload

from ...i18n import lang
from ...permissions import Can
from ..models import Organisation


def led(can: Can) -> ColumnElement[bool]:
    """The condition of organisations somebody coordinates, and of those below them (product.md, people); `Can.lead` as a query."""
    parts = [Organisation.path.contains(f"/{number}/", autoescape=True) for number in sorted(can.leads)]
    return or_(*parts) if parts else false()


def looked_after(can: Can) -> ColumnElement[bool]:
    """The same, but every organisation for the office, which may do everything; `Can.edit_organisation` as a query."""
    return true() if can.is_office else led(can)


def belonging_or_led(can: Can) -> ColumnElement[bool]:
    """The condition of organisations somebody writes for: a member their own, a coordinator also those below (product.md, people)."""
    return or_(Organisation.id.in_(sorted(can.belongs)), led(can))


def in_partnership(*root_ids: int) -> ColumnElement[bool]:
    """The condition of organisations of these local partnerships: the ones at the top with those below them (product.md, people)."""
    parts = [Organisation.path.startswith(f"/{number}/", autoescape=True) for number in root_ids]
    return or_(*parts) if parts else false()


def writable(can: Can) -> Select:
    """The active organisations somebody may write for, for the office all: one's own first, then by name."""
    found = select(Organisation).where(Organisation.status == "active").options(raiseload("*"))
    if not can.is_office:
        found = found.where(belonging_or_led(can))
    return found.order_by(*own_first(can))


def own_first(can: Can) -> tuple:
    """The order in which somebody chooses among organisations: their own, then the others by name in their alphabet."""
    return Organisation.id.not_in(sorted(can.belongs)), getattr(Organisation, f"sort_{lang()}"), Organisation.id
