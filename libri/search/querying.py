"""A query as both databases understand it, and the conditions of what somebody may find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Select, and_, cast, column, literal_column, or_, select, table, true
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSQUERY

from ..db import db
from ..permissions import Can
from .keys import SHORTEST_PREFIX, STOP, folded, keys
from .models import SearchDocument

MOST_WORDS = 8
LONGEST_QUERY = 200
NOTHING = "\uf8ff"
"""A term that no text holds, for a query without words."""
_ft = table("ft_document", column("rowid"))


@dataclass(frozen=True)
class Asked:
    """One word of a query: as it was typed but folded, and everything that stands for it."""

    word: str
    keys: frozenset[str]
    is_begun: bool = False
    """Whether it may still be typed, so that even two letters find the words that begin with them."""

    @property
    def is_prefix(self) -> bool:
        """Whether words that begin with it are found too."""
        return self.is_begun or len(self.word) >= SHORTEST_PREFIX

    def is_meant_by(self, word: str) -> bool:
        """Whether a word of a text is one of its keys or begins with it."""
        return word in self.keys or (self.is_prefix and word.startswith(self.word))


def asked(query: str) -> tuple[Asked, ...]:
    """The words of a query; those that stand in every text only when there are no others."""
    typed = list(dict.fromkeys(folded(query[:LONGEST_QUERY])))[:MOST_WORDS]
    return tuple(Asked(word, keys(word)) for word in [word for word in typed if word not in STOP] or typed)


def query_text(query: str) -> str:
    """A query in the words of the database, for `matching()` with a bound parameter: all words, the last one still being typed."""
    typed = list(dict.fromkeys(folded(query[:LONGEST_QUERY], shortest=1)))[:MOST_WORDS]
    return in_the_words_of_the_database([Asked(word, keys(word), number == len(typed) - 1) for number, word in enumerate(typed)])


def in_the_words_of_the_database(words: Sequence[Asked], *, title: bool = False, every: bool = True) -> str:
    """The query that SQLite's FTS5 or PostgreSQL's text search is asked."""
    words = words or (Asked(NOTHING, frozenset((NOTHING,))),)
    return fts(words, title, every) if db.engine.dialect.name == "sqlite" else tsquery(words, every)


def of_one_key(key: str) -> str:
    """The query for exactly one key."""
    return fts([Asked(key[:0], frozenset((key,)))]) if db.engine.dialect.name == "sqlite" else tsquery([Asked(key[:0], frozenset((key,)))])


def holds(query: str | BindParameter, title: bool = False) -> ColumnElement[bool]:
    """The condition of documents that a query of `in_the_words_of_the_database` finds."""
    if db.engine.dialect.name == "sqlite":
        return SearchDocument.id.in_(select(_ft.c.rowid).where(_ft_matches(query)))
    return _vector_matches(query, title)


def matching(kind: str, query: str | BindParameter) -> Select:
    """The numbers of things of a kind that hold all the words, for `.in_()` in a list that sees to rights itself.

    A bound parameter, for a statement that is built once, is given `query_text()` of what was asked.
    """
    given = query if isinstance(query, BindParameter) else query_text(query)
    return select(SearchDocument.object_id).where(SearchDocument.kind == kind, holds(given))


def _ft_matches(query: str | BindParameter) -> ColumnElement[bool]:
    return literal_column("ft_document").op("MATCH")(query)


def _vector_matches(query: str | BindParameter, title: bool) -> ColumnElement[bool]:
    return literal_column("search_document.title_vector" if title else "search_document.vector").op("@@")(cast(query, TSQUERY))


def plan_each_query() -> None:
    """Let PostgreSQL plan each query for its own words until the transaction ends: one plan for all is wrong for rare or common ones."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sql("SET LOCAL plan_cache_mode = force_custom_plan"))


def newest(words: Sequence[Asked], columns: Sequence, conditions: Sequence, most: int, *, title: bool = False, every: bool = True) -> Select:
    """The newest documents that hold the words (or any of them) and answer to the conditions, at most `most`."""
    query, asked_for = select(*columns), in_the_words_of_the_database(words, title=title, every=every)
    if db.engine.dialect.name == "sqlite":  # walks the index from its end and stops, whatever a common word has behind it
        query = query.select_from(_ft.join(SearchDocument, SearchDocument.id == _ft.c.rowid)).where(_ft_matches(asked_for))
        return query.where(*conditions).order_by(_ft.c.rowid.desc()).limit(most)
    return query.where(_vector_matches(asked_for, title), *conditions).order_by(SearchDocument.id.desc()).limit(most)


def fts(words: Sequence[Asked], title: bool = False, every: bool = True) -> str:
    """The query of SQLite's FTS5; every term is quoted, and a term holds letters and digits only."""
    parts = [" OR ".join([*(f'"{key}"' for key in sorted(one.keys)), *([f'"{one.word}" *'] if one.is_prefix else [])]) for one in words]
    query = (" AND " if every else " OR ").join(f"({part})" for part in parts)
    return f"{{title_keys}} : ({query})" if title else query


def tsquery(words: Sequence[Asked], every: bool = True) -> str:
    """The query of PostgreSQL's text search; every term is quoted."""
    parts = [" | ".join([*(f"'{key}'" for key in sorted(one.keys)), *([f"'{one.word}':*"] if one.is_prefix else [])]) for one in words]
    return (" & " if every else " | ").join(f"({part})" for part in parts)


def visible(can: Can) -> ColumnElement[bool]:
    """The condition of documents somebody may find; nothing else of the index reaches them."""
    document = SearchDocument
    if can.member_id is None:
        return document.audience == "public"
    if can.is_office:
        return true()
    allowed = [document.audience == "public", document.audience == "network", document.owner_id == can.member_id]
    led = _led(can)
    if can.belongs:
        allowed.append(and_(document.audience == "organisation", document.organisation_id.in_(sorted(can.belongs))))
    if led is not None:
        allowed.append(and_(document.audience.in_(("organisation", "coordinators")), document.organisation_id.in_(led)))
    return or_(*allowed)


def _led(can: Can) -> Select | None:
    """The numbers of the organisations somebody coordinates, and of those below them."""
    organisation = table("organisation", column("id"), column("path"))
    parts = [organisation.c.path.contains(f"/{number}/", autoescape=True) for number in sorted(can.leads)]
    return select(organisation.c.id).where(or_(*parts)) if parts else None
