"""A long list: what is asked of it, and one part of it, found by the key of its neighbours, never by counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Self

from flask import request, url_for
from sqlalchemy import Select, select, tuple_

from .db import db

ROWS = 50
NOT_ASKED = ("after", "before", "kept", "endpoint")
"""Names in an address that are no questions of a list; `endpoint` and those that begin with `_` mean something to url_for."""


@dataclass(frozen=True)
class Filters:
    """What somebody asked a list for; an empty value asks for nothing."""

    WIDE: ClassVar[tuple[str, ...]] = ("sort",)
    """Questions that leave nothing out, such as the order."""

    @property
    def in_address(self) -> dict[str, str]:
        """The same questions as parts of an address; `text` is what the list asks for `words`, whose parts (a tuple) it need not say."""
        given = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        return {"words" if name == "text" else name: "y" if value is True else str(value)
                for name, (value, default) in given.items() if value not in ("", default) and not isinstance(value, tuple)}

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for that leaves something out."""
        return bool(self.in_address.keys() - self.WIDE)

    def but(self, **other) -> Self:
        """The same questions but for some."""
        return replace(self, **other)


@dataclass(frozen=True)
class Window:
    """Rows of a list, the keys of the parts before and after them, and how many rows there are in all, where that is said."""

    rows: Sequence
    previous: int | str | None
    next: int | str | None
    total: int = 0


def window(found: Sequence, rows: int, after, before, key: Callable = lambda row: row.id, total: int = 0) -> Window:
    """The first `rows` of what was `found` after one key or before the other, in the order of the list.

    When there is one more, there is another part in that direction; where the reader came from there always is one.
    """
    backwards = after is None and before is not None
    more, shown = len(found) > rows, found[:rows]
    shown = shown[::-1] if backwards else shown
    has_previous, has_next = (more, True) if backwards else (after is not None, more)
    return Window(shown, key(shown[0]) if shown and has_previous else None, key(shown[-1]) if shown and has_next else None, total)


def beyond(query: Select, sort: tuple, key, down: bool, rows: int) -> Select:
    """`rows` and one more of a query in the order of `sort`: those that follow `key`, its values or the one row that says them."""
    if key is not None:
        query = query.where((tuple_(*sort) if len(sort) > 1 else sort[0]).op("<" if down else ">")(key))
    return query.order_by(*(column.desc() if down else column for column in sort)).limit(rows + 1)


@dataclass(frozen=True)
class Part:
    """Rows of a list and where the parts before and after them are."""

    rows: Sequence
    previous_url: str | None
    next_url: str | None


def part(query: Select, sort: tuple, descending: bool = False, rows: int = ROWS) -> Part:
    """The part of `query` the address asks for; `sort` ends with the number of the row, or of its first entity."""
    after, before = number("after"), number("before")
    backwards = after is None and before is not None
    key = there = before if backwards else after
    if key is not None and len(sort) > 1:
        there = select(*sort).where(sort[-1] == key).correlate(None).scalar_subquery()
    found = db.session.execute(beyond(query, sort, there, descending != backwards, rows)).all()
    seen = window(found, rows, after, before, key=_number_of)
    return Part(seen.rows, seen.previous and _url(before=seen.previous), seen.next and _url(after=seen.next))


def _number_of(row) -> int:
    return row.id if "id" in row._fields else row[0].id


def number(name: str, given: Mapping[str, str] | None = None) -> int | None:
    """A whole number asked for in the address (or in `given`, such as a form), or None; none is larger than a database's key."""
    return whole((request.args if given is None else given).get(name, ""))


def whole(text: str | None, digits: int = 9) -> int | None:
    """The whole number a text is, or None for anything else and for more digits; nine of them fit any column of numbers."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else None


def _url(**key) -> str:
    asked = {name: values for name, values in request.args.to_dict(flat=False).items() if name not in NOT_ASKED and name[:1] != "_"}
    return url_for(request.endpoint or "", **(request.view_args or {}) | asked | key)
