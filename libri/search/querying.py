"""A query as both databases understand it, and the conditions of what somebody may find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, column, false, func, literal_column, or_, select, table, true
from sqlalchemy import text as sql

from ..db import db
from ..permissions import Can
from .keys import SHORTEST_PREFIX, STOP, folded, keys
from .models import SearchDocument

MOST_WORDS = 8
LONGEST_QUERY = 200
_ft = table("ft_document", column("rowid"))


@dataclass(frozen=True)
class Asked:
    """One word of a query: as it was typed but folded, and everything that stands for it."""

    word: str
    keys: frozenset[str]

    @property
    def is_prefix(self) -> bool:
        """Whether words that begin with it are found too."""
        return len(self.word) >= SHORTEST_PREFIX

    def finds(self, word: str, others: frozenset[str]) -> bool:
        """Whether a word of a text, with its keys, is meant."""
        return word in self.keys or not self.keys.isdisjoint(others) or (self.is_prefix and word.startswith(self.word))


def asked(query: str, language: str = "") -> tuple[Asked, ...]:
    """The words of a query; those that stand in every text only when there are no others."""
    typed = list(dict.fromkeys(folded(query[:LONGEST_QUERY])))[:MOST_WORDS]
    return tuple(Asked(word, keys(word)) for word in [word for word in typed if word not in STOP] or typed)


def matching_documents(words: Sequence[Asked], *, title: bool = False, every: bool = True) -> ColumnElement[bool]:
    """The condition of documents that hold all the words (or any of them), anywhere or in the title; false for no words."""
    if not words:
        return false()
    if db.engine.dialect.name == "sqlite":
        found = select(_ft.c.rowid).where(literal_column("ft_document").op("MATCH")(fts(words, title, every)))
        return SearchDocument.id.in_(found)
    vector = literal_column("search_document.title_vector" if title else "search_document.vector")
    return vector.op("@@")(func.to_tsquery(sql("'simple'::regconfig"), tsquery(words, every)))


def newest(words: Sequence[Asked], columns: Sequence, conditions: Sequence, most: int, *, title: bool = False, every: bool = True) -> Select:
    """The newest documents that hold the words and answer to the conditions, at most `most`."""
    if db.engine.dialect.name == "sqlite":  # walks the index from its end and stops, whatever a common word has behind it
        query = select(*columns).select_from(_ft.join(SearchDocument, SearchDocument.id == _ft.c.rowid))
        query = query.where(literal_column("ft_document").op("MATCH")(fts(words, title, every)))
        return query.where(*conditions).order_by(_ft.c.rowid.desc()).limit(most)
    return (select(*columns).where(matching_documents(words, title=title, every=every), *conditions)
            .order_by(SearchDocument.id.desc()).limit(most))


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
    own = document.owner_id == can.member_id
    ours = _organisations(can)
    closed = or_(own, and_(document.audience == "organisation", document.organisation_id.in_(ours))) if ours is not None else own
    return or_(document.audience.in_(("public", "network")), closed)


def _organisations(can: Can) -> Select | None:
    """The numbers of the organisations somebody belongs to, and of those below what they coordinate."""
    organisation = table("organisation", column("id"), column("path"))
    parts = [organisation.c.path.contains(f"/{number}/", autoescape=True) for number in sorted(can.leads)]
    if can.belongs:
        parts.append(organisation.c.id.in_(sorted(can.belongs)))
    return select(organisation.c.id).where(or_(*parts)) if parts else None
