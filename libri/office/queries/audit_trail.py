"""The audit trail: who did what, found by action, person, organisation, thing and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, or_, select

from ...audit import SEEN, AuditEntry
from ...members.models import Member, Organisation
from ...paging import whole
from ...search import like, words

SORT = (AuditEntry.id,)


def entries(action: str = "", who: str = "", organisation: str = "", kind: str = "", number: int | None = None,
            first: date | None = None, last: date | None = None) -> Select:
    """(entry, name of who did it, name of the organisation), for all that was asked."""
    query = (select(AuditEntry, Member.name.label("doer"), Organisation.name.label("place"))
             .outerjoin(Member, Member.id == AuditEntry.member_id).outerjoin(Organisation, Organisation.id == AuditEntry.organisation_id))
    if action:
        query = query.where(AuditEntry.action == action)
    if who:
        query = query.where(_is(who))
    for word in words(organisation):
        query = query.where(Organisation.search_text.like(like(word), escape="\\"))
    if kind:
        query = query.where(AuditEntry.object_kind == kind)
    if number is not None:
        query = query.where(AuditEntry.object_id == number)
    if first is not None:
        query = query.where(AuditEntry.at >= _midnight(first))
    return query.where(AuditEntry.at < _midnight(last + timedelta(days=1))) if last is not None and last < date.max else query


def _is(who: str):
    """A member by number, or by a part of name or address."""
    if (number := whole(who)) is not None:
        return AuditEntry.member_id == number
    pattern = like(who)
    return or_(Member.name.ilike(pattern, escape="\\"), Member.email.ilike(pattern, escape="\\"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def kinds() -> Select:
    """The kinds of things the trail speaks of."""
    return select(AuditEntry.object_kind).where(AuditEntry.object_kind != "").distinct().order_by(AuditEntry.object_kind)


def looks(first: datetime, last: datetime, member_id: int | None = None) -> Select:
    """Lists of people seen or exported between two instants, by one member or by anybody (P8, P12)."""
    query = select(AuditEntry).where(or_(AuditEntry.action == SEEN, AuditEntry.action == "event.sheet_printed", AuditEntry.action.like("%export%")),
                                     AuditEntry.at >= first, AuditEntry.at <= last).order_by(AuditEntry.id)
    return query if member_id is None else query.where(AuditEntry.member_id == member_id)
