"""What the catalogue shows of practices: columns, not entities, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import aliased, joinedload, raiseload, selectinload

from ... import paging
from ...db import db, holds_code
from ...members.models import Member, Membership, Organisation
from ...members.queries import reach
from ...permissions import Can
from ...search import matching as matching_numbers
from ..models import FULL, Practice, PracticeText
from ..words import COST_BANDS

ROWS = 24
"""Cards of a page."""
KEPT = 200
"""Statements kept ready for the same question: building one costs as much as asking it."""
COLUMNS = (Practice.id, Practice.status, Practice.original_language, Practice.themes, Practice.target_groups, Practice.country,
           Practice.city, Practice.hides_city, Practice.cost_band, Practice.staff_hours, Practice.life, Practice.adoptions_count,
           Practice.author_id, Practice.organisation_id, Practice.published_at, Practice.changed_at, Practice.started, Organisation.name,
           Organisation.names, Organisation.languages, Organisation.path)
IS_SHORT = or_(*(cast(getattr(PracticeText, name), String).in_(("", "[]")) for name in FULL))
"""Whether a text is still the one of sixty seconds (N7)."""


@dataclass(frozen=True)
class Filters(paging.Filters):
    """What somebody asked the catalogue for; an empty value asks for nothing."""

    words: tuple[str, ...] = ()
    text: str = ""
    country: str = ""
    theme: str = ""
    group: str = ""
    language: str = ""
    cost: str = ""
    hours: int | None = None
    life: str = ""
    sort: str = "newest"
    mine: bool = False

    WIDE = ("sort", "mine")


def visible(can: Can, practice=Practice) -> list:
    """The conditions of published practices: all for members, for guests what is public and worked (N10)."""
    conditions = [practice.status == "published"]
    if not can.read_network():
        conditions += [practice.is_public, practice.life != "did_not_work", practice.licence != "network-internal"]
    return conditions


def ours(can: Can, practice=Practice) -> list:
    """The conditions of one's own and one's organisations' practices that are not published."""
    return [practice.status != "published", or_(practice.author_id == can.member_id, practice.organisation_id.in_(
        select(Organisation.id).where(reach.belonging_or_led(can))))]


def _shown(filters: Filters, can: Can, practice=Practice) -> list:
    return ours(can, practice) if filters.mine and can.read_network() else visible(can, practice)


def matching(filters: Filters, can: Can) -> list:
    """The conditions of what may be seen and answers to the filters."""
    conditions = _shown(filters, can)
    if filters.words:
        conditions.append(Practice.id.in_(matching_numbers("practice", filters.text)))
    for column, asked in ((Practice.country, filters.country), (Practice.life, filters.life)):
        if asked:
            conditions.append(column == asked)
    for column, asked in ((Practice.themes, filters.theme), (Practice.target_groups, filters.group)):
        if asked:
            conditions.append(holds_code(column, asked))
    if filters.language:
        conditions.append(select(PracticeText.id).where(
            PracticeText.practice_id == Practice.id, PracticeText.language == filters.language).exists())
    if filters.cost:
        conditions.append(Practice.cost_rank <= list(COST_BANDS).index(filters.cost))
    if filters.hours is not None:
        conditions.append(Practice.staff_hours <= filters.hours)
    return conditions


@lru_cache(KEPT)
def total(filters: Filters, can: Can) -> Select:
    """Number of practices."""
    return select(func.count()).select_from(Practice).where(*matching(filters, can))


def part(filters: Filters, can: Can, after: int | None = None, before: int | None = None, rows: int = ROWS) -> paging.Window:
    """One page of the catalogue in the order asked for; two queries whatever there is. A key is the number of a practice."""
    backwards = after is None and before is not None
    found = db.session.execute(_slice(filters, can, after or before, backwards, rows)).all()
    return paging.window(found, rows, after, before, total=db.session.scalar(total(filters, can)) or 0)


def _order(filters: Filters, practice=Practice) -> tuple[tuple, bool]:
    """The columns a page is sorted by, and whether downwards."""
    if filters.sort == "cost":
        return (practice.cost_rank, practice.hours_rank, practice.id), False
    if filters.sort == "adopted":
        return (practice.adoptions_count, practice.id), True
    return (practice.changed_at if filters.mine else practice.published_at, practice.id), True


@lru_cache(KEPT)
def _slice(filters: Filters, can: Can, key: int | None, backwards: bool, rows: int) -> Select:
    """The rows that follow the practice `key`, which must itself be one the reader may see."""
    columns, descending = _order(filters)
    there = None
    if key is not None:
        other = aliased(Practice)
        there = select(*_order(filters, other)[0]).where(other.id == key, *_shown(filters, can, other)).scalar_subquery()
    query = select(*COLUMNS).join(Organisation, Organisation.id == Practice.organisation_id).where(*matching(filters, can))
    return paging.beyond(query, columns, there, descending != backwards, rows)


def titles(numbers: Sequence[int]) -> Select:
    """What each of these practices is called and says in short, in every language it has."""
    return (select(PracticeText.practice_id, PracticeText.language, PracticeText.title, PracticeText.summary, PracticeText.origin,
                   IS_SHORT.label("is_short"))
            .where(PracticeText.practice_id.in_(numbers)).order_by(PracticeText.practice_id, PracticeText.id))


def selection(filters: Filters, can: Can, most: int) -> Select:
    """The first `most` practices of the catalogue as it is filtered and sorted."""
    return _slice(filters, can, None, False, most - 1)


# ---- one practice ----------------------------------------------------------------------------------------------------


def one(practice_id: int) -> Select:
    """A practice with its organisation, its author and all its texts."""
    return (select(Practice).where(Practice.id == practice_id)
            .options(joinedload(Practice.organisation), joinedload(Practice.author), selectinload(Practice.texts), raiseload("*")))


def people_of(practice: Practice) -> set[int]:
    """Ids of the author and of the people of the organisation: whom a reader's question or a retelling concerns."""
    people = db.session.scalars(
        select(Membership.member_id).join(Member).where(Membership.organisation_id == practice.organisation_id, Member.status == "active"))
    return {*people, *([practice.author_id] if practice.author_id else [])}
