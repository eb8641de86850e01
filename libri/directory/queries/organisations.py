"""What the list, the map and "who can help me" show of organisations; columns, not entities, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import (
    Select,
    Text,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, contains_eager, raiseload

from ... import paging
from ...db import db, holds_code, now
from ...members.models import Organisation, OrganisationLanguage, OrganisationTheme
from ...search import matching as matching_numbers
from ..models import ContactPerson

ROWS = 50
"""Rows of a page of the list."""
KEPT = 200
"""Statements kept ready for the same question: building one costs as much as asking it."""
MOST_PLACES = 10_000
"""Places the map asks the database for at most."""

JSON_COLUMNS = (Organisation.names, Organisation.languages, Organisation.themes, Organisation.seeks_partner_for)
COLUMNS = (Organisation.id, Organisation.name, Organisation.kind, Organisation.city, Organisation.country, Organisation.seeks_partner,
           Organisation.seeks_partner_since, Organisation.confirmed_on, *(cast(column, Text).label(column.key) for column in JSON_COLUMNS))
"""What a list shows of an organisation; JSON stays text, so that a row can be looked up among those drawn before."""


@dataclass(frozen=True)
class Filters(paging.Filters):
    """What somebody asked a list for; an empty value asks for nothing."""

    words: tuple[str, ...] = ()
    text: str = ""
    country: str = ""
    kind: str = ""
    theme: str = ""
    language: str = ""
    partner: bool = False
    sort: str = "name"
    city: str = ""
    area: tuple[float, ...] = ()
    """South, west, north, east of the places behind one pin of the map."""

    @property
    def in_address(self) -> dict[str, str]:
        return super().in_address | ({"area": ",".join(f"{degrees:g}" for degrees in self.area)} if self.area else {})


def matching(filters: Filters) -> list:
    """The conditions of active organisations that answer to the filters."""
    conditions = [Organisation.status == "active"]
    if filters.words:
        conditions.append(Organisation.id.in_(matching_numbers("organisation", filters.text)))
    for column, asked in ((Organisation.country, filters.country), (Organisation.kind, filters.kind), (Organisation.city, filters.city)):
        if asked:
            conditions.append(column == asked)
    if filters.theme:
        conditions.append(_has(OrganisationTheme, OrganisationTheme.theme == filters.theme))
    if filters.language:
        conditions.append(_has(OrganisationLanguage, OrganisationLanguage.language == filters.language))
    if filters.partner:
        conditions.append(Organisation.seeks_partner)
    if filters.area:
        south, west, north, east = filters.area
        conditions += [Organisation.latitude.between(south, north), Organisation.longitude.between(west, east)]
    return conditions


def _has(rows, condition):
    return select(rows.organisation_id).where(rows.organisation_id == Organisation.id, condition).exists()


@lru_cache(KEPT)
def how_many(filters: Filters) -> Select:
    """Number of organisations in each country."""
    return select(Organisation.country, func.count().label("number")).where(*matching(filters)).group_by(Organisation.country)


@lru_cache(KEPT)
def total(filters: Filters) -> Select:
    """Number of organisations."""
    return select(func.count()).select_from(Organisation).where(*matching(filters))


def part(filters: Filters, language: str, country_order: Sequence[str], after=None, before=None) -> paging.Window:
    """One page of the list, in the order asked for; two queries whatever there is. A key is (country, number)."""
    key, backwards = after or before, after is None and before is not None
    if filters.sort == "country":
        numbers: dict[str, int] = {row.country: row.number for row in db.session.execute(how_many(filters))}
        query, number = _by_country(filters, language, country_order, key, backwards, numbers), sum(numbers.values())
    else:
        query = _sorted(filters, language, key, backwards)
        number = db.session.scalar(total(filters)) or 0
    return paging.window(db.session.execute(query).all(), ROWS, after, before, _key, number)


@lru_cache(KEPT)
def _sorted(filters: Filters, language: str, key: tuple[str, int] | None, backwards: bool) -> Select:
    return _slice(matching(filters), _order(filters.sort, language), filters.sort != "name", key, backwards)


def _key(row) -> str:
    return f"{row.country}-{row.id}"


def _order(sort: str, language: str):
    column = {"newest": "created_at", "since": "seeks_partner_since"}.get(sort, f"sort_{language}")
    return getattr(Organisation, column)


def _slice(conditions: list, column, descending: bool, key, backwards: bool) -> Select:
    """The rows that follow the row `key` in the order of `column`; an index gives them without sorting."""
    there = None
    if key is not None:
        other = aliased(Organisation)
        there = select(getattr(other, column.key), other.id).where(other.id == key[1]).scalar_subquery()
    query = select(*COLUMNS, column.label("sorting")).where(*conditions)
    return paging.beyond(query, (column, Organisation.id), there, descending != backwards, ROWS)


def _by_country(filters, language, country_order, key, backwards, numbers) -> Select:
    """The countries in the reader's alphabet, each by name: only as many of them as a page can hold."""
    order = sorted(numbers, key=lambda code: country_order.index(code) if code in country_order else len(country_order), reverse=backwards)
    if key is not None and key[0] in order:
        order = order[order.index(key[0]):]
    steps, held = [], 0
    for country in order:
        first = key if key is not None and country == key[0] else None
        one = _slice([*matching(filters), Organisation.country == country], _order("name", language), False, first, backwards).subquery()
        steps.append(select(one, literal(len(steps)).label("step")))
        held += 0 if first else numbers[country]
        if held > ROWS:
            break
    if not steps:
        return select(*COLUMNS).where(Organisation.id.is_(None))
    rows = union_all(*steps).subquery()
    within = (rows.c.sorting.desc(), rows.c.id.desc()) if backwards else (rows.c.sorting, rows.c.id)
    return select(rows).order_by(rows.c.step, *within).limit(ROWS + 1)


# ---- the map ---------------------------------------------------------------------------------------------------------


def places(filters: Filters) -> Select:
    """Towns with organisations: how many, about where, and the one there when there is only one; no personal data.

    Two towns of one name in one country stay two, for their coordinates are rounded to a degree and grouped by.
    """
    latitude, longitude = Organisation.latitude, Organisation.longitude
    return (
        select(Organisation.country, Organisation.city, func.count().label("count"), func.min(Organisation.id).label("id"),
               func.min(Organisation.name).label("name"), func.avg(latitude).label("latitude"), func.avg(longitude).label("longitude"),
               func.min(latitude).label("south"), func.max(latitude).label("north"), func.min(longitude).label("west"),
               func.max(longitude).label("east"))
        .where(*matching(filters)).group_by(Organisation.country, Organisation.city, func.round(latitude), func.round(longitude))
        .order_by(Organisation.country, Organisation.city).limit(MOST_PLACES)
    )


def places_for_home() -> Select:
    """The towns of all active organisations, for the map of the public home page."""
    return places(Filters())


# ---- who can help me with ... ----------------------------------------------------------------------------------------


def helpers(filters: Filters) -> Select:
    """Current contact persons who can be asked about a theme in a language; the freshly confirmed first (N4)."""
    query = (
        select(ContactPerson).join(ContactPerson.organisation)
        .where(*matching(filters.but(theme="", language="")), *_fitting(filters))
        .options(contains_eager(ContactPerson.organisation).load_only(
            Organisation.name, Organisation.names, Organisation.languages, Organisation.city, Organisation.country, Organisation.path,
            Organisation.kind), raiseload("*"))
    )
    return query.order_by(ContactPerson.confirmed_on.is_(None), ContactPerson.confirmed_on.desc(), ContactPerson.id).limit(ROWS)


def _fitting(filters: Filters) -> list:
    today = now().date()
    conditions = [ContactPerson.ended_at.is_(None), or_(ContactPerson.ends_on.is_(None), ContactPerson.ends_on >= today)]
    for column, asked in ((ContactPerson.themes, filters.theme), (ContactPerson.languages, filters.language)):
        if asked:
            conditions.append(holds_code(column, asked))
    return conditions


def places_to_ask(filters: Filters) -> Select:
    """Organisations that fit although none of their contact persons does."""
    fitting = select(ContactPerson.id).where(ContactPerson.organisation_id == Organisation.id, *_fitting(filters)).exists()
    return (select(*COLUMNS).where(*matching(filters), not_(fitting))
            .order_by(Organisation.confirmed_on.is_(None), Organisation.confirmed_on.desc(), Organisation.id).limit(ROWS))
