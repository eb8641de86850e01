"""What the list of topics shows: columns, not entities, in one statement, found by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import BigInteger, Row, Select, String, and_, bindparam, cast, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from ... import paging
from ...db import db, now
from ...members.models import Member, Membership, Organisation
from ...search import like, query_text
from ...search import matching as matching_numbers
from ..models import Follow, ReadMark, Reply, Topic
from .unread import is_unread

ROWS = 20
"""Rows of a page of the list."""
MOST_PINNED = 50
"""Pinned topics shown first; the office pins few."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Opening = aliased(Reply)
COLUMNS = (Topic.id, Topic.category, Topic.language, Topic.title, Topic.status, Topic.last_number, Topic.last_at, Topic.pinned_until,
           Topic.is_locked, Topic.author_id, Member.name.label("author"), Member.status.label("author_status"), Opening.author_function,
           Topic.organisation_id, Organisation.name, Organisation.names, Organisation.languages, ReadMark.number.label("read"))


@dataclass(frozen=True)
class Filters(paging.Filters):
    """What somebody asked the list for; an empty value asks for nothing."""

    category: str = ""
    theme: str = ""
    language: str = ""
    only: str = ""
    words: tuple[str, ...] = ()
    text: str = ""

    WIDE = ("category",)


SINCE, NOW, AT = (bindparam(name, type_=Topic.last_at.type) for name in ("since", "now", "at"))
MEMBER = bindparam("member")


def matching(filters: Filters) -> list:
    """The conditions of topics that answer to the filters; what was asked for is filled in by `values`."""
    conditions = [Topic.is_shown]
    if filters.category:
        conditions.append(Topic.category == bindparam("category"))
    if filters.language:
        conditions.append(Topic.language == bindparam("language"))
    if filters.theme:  # codes of a fixed vocabulary, in JSON as text on both databases
        conditions.append(cast(Topic.themes, String).like(bindparam("theme"), escape="\\"))
    if filters.only == "unanswered":
        conditions += [Topic.category == "question", Topic.status == "open", Topic.last_number == 0]
    elif filters.only == "followed":
        conditions.append(cast(Topic.id, String).in_(
            select(Follow.key).where(Follow.member_id == MEMBER, Follow.kind == "topic", Follow.is_muted.is_(False))))
    elif filters.only == "unread":
        conditions.append(is_unread(MEMBER, SINCE))
    if filters.words:
        conditions.append(Topic.id.in_(matching_numbers("topic", bindparam("query"))))
    return conditions


def values(filters: Filters, member_id: int, since: datetime, key: tuple[datetime, int] | None) -> dict:
    """What the statement is asked with; `since` is when the reader came, before which nothing is unread."""
    given = {"category": filters.category, "language": filters.language, "theme": like(f'"{filters.theme}"')}
    given |= {"query": query_text(filters.text)} if filters.words else {}
    return given | {"member": member_id, "since": since, "now": now(), "at": key and key[0], "id": key and key[1]}


def part(filters: Filters, member_id: int, since: datetime, after=None, before=None) -> paging.Window:
    """One page, pinned topics first; one statement whatever there is. A key is (instant, number) of a row."""
    backwards = after is None and before is not None
    key = after or before
    shape = filters.but(text="", category=filters.category and "*", theme=filters.theme and "*", language=filters.language and "*",
                        words=("*",) if filters.words else ())
    found = db.session.execute(listed(shape, key is None, backwards), values(filters, member_id, since, key)).all()
    pinned, rest = [row for row in found if row.step == 0], [row for row in found if row.step == 1]
    if backwards and len(rest) <= ROWS:  # the first page, with what is pinned
        return part(filters, member_id, since)
    shown = paging.window(rest, ROWS, after, before, key_of)
    return replace(shown, rows=[*pinned, *shown.rows])


def key_of(row) -> str:
    """Where a row stands in the list, as part of an address."""
    return f"{(row.last_at - EPOCH) // timedelta(microseconds=1)}-{row.id}"


@cache
def listed(shape: Filters, is_first: bool, backwards: bool) -> Select:
    """The rows after (or before) a key, built once for each shape of question; the first page begins with the pinned ones.

    Chooses first and joins only what is shown.
    """
    conditions = matching(shape)
    rest = select(Topic.id, literal(1).label("step")).where(*conditions, or_(Topic.pinned_until.is_(None), Topic.pinned_until <= NOW))
    order = (Topic.last_at, Topic.id) if backwards else (Topic.last_at.desc(), Topic.id.desc())
    if not is_first:
        rest = rest.where(tuple_(Topic.last_at, Topic.id).op(">" if backwards else "<")(tuple_(AT, bindparam("id", type_=BigInteger))))
    chosen = rest.order_by(*order).limit(ROWS + 1).subquery()
    if is_first:
        pinned = (select(Topic.id, literal(0).label("step")).where(Topic.pinned_until > NOW)  # nothing else, so that its index serves
                  .order_by(Topic.pinned_until).limit(MOST_PINNED).subquery())
        chosen = union_all(select(pinned), select(chosen)).subquery()
    query = (
        select(*COLUMNS, chosen.c.step).select_from(chosen).join(Topic, Topic.id == chosen.c.id)
        .outerjoin(Opening, (Opening.topic_id == Topic.id) & (Opening.number == 0))
        .outerjoin(Member, Member.id == Topic.author_id).outerjoin(Organisation, Organisation.id == Topic.organisation_id)
        .outerjoin(ReadMark, (ReadMark.topic_id == Topic.id) & (ReadMark.member_id == MEMBER))
        .order_by(chosen.c.step, *order)
    )
    return query.where(or_(chosen.c.step == 1, and_(*conditions))) if is_first else query


MOST_PLACES = 50
PLACES = (
    select(Membership.organisation_id, Membership.function, Member.function.label("own"))
    .join(Organisation, Organisation.id == Membership.organisation_id).join(Member, Member.id == Membership.member_id)
    .where(Membership.member_id == MEMBER, Organisation.status == "active").order_by(Membership.since, Membership.id).limit(MOST_PLACES)
)


def places_of(member_id: int) -> Sequence[Row]:
    """Where a member works: the active organisations, the longest membership first, with the function there."""
    return db.session.execute(PLACES, {"member": member_id}).all()


def names() -> Select:
    """Names of the active members, for mentions."""
    return select(Member.id, Member.name).where(Member.status == "active", Member.name != "").order_by(Member.name, Member.id).limit(5000)
