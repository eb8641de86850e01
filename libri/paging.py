"""One part of a long list, found by the key of its neighbours, never by counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from sqlalchemy import Select, select, tuple_

from .db import db

ROWS = 50
NOT_ASKED = ("after", "before", "kept", "endpoint")
"""Names in an address that are no questions of a list; `endpoint` and those that begin with `_` mean something to url_for."""


@dataclass(frozen=True)
class Part:
    """Rows of a list and where the parts before and after them are."""

    rows: Sequence
    previous_url: str | None
    next_url: str | None


def part(query: Select, sort: tuple, descending: bool = False, rows: int = ROWS) -> Part:
    """The part of `query` the address asks for; `sort` ends with the number of the row's first entity."""
    after, before = number("after"), number("before")
    key, backwards = (after, False) if after is not None else (before, before is not None)
    down = descending != backwards
    if key is not None:
        there = select(*sort).where(sort[-1] == key).correlate(None).scalar_subquery()
        query = query.where(tuple_(*sort).op("<" if down else ">")(there) if len(sort) > 1 else sort[0] < key if down else sort[0] > key)
    found = db.session.execute(query.order_by(*(column.desc() if down else column for column in sort)).limit(rows + 1)).all()
    more, found = len(found) > rows, found[:rows]
    shown = list(reversed(found)) if backwards else found
    has_previous = more if backwards else after is not None
    has_next = True if backwards else more
    return Part(shown, _url(before=shown[0][0].id) if shown and has_previous else None,
                _url(after=shown[-1][0].id) if shown and has_next else None)


def number(name: str, given: Mapping[str, str] | None = None) -> int | None:
    """A whole number asked for in the address (or in `given`, such as a form), or None; none is larger than a database's key."""
    return whole((request.args if given is None else given).get(name, ""))


def whole(text: str | None, digits: int = 9) -> int | None:
    """The whole number a text is, or None for anything else and for more digits; nine of them fit any column of numbers."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else None


def _url(**key) -> str:
    asked = {name: values for name, values in request.args.to_dict(flat=False).items() if name not in NOT_ASKED and name[:1] != "_"}
    return url_for(request.endpoint or "", **(request.view_args or {}) | asked | key)
