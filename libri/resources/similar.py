"""What is similar to a title: the warning before the same thing is added twice (R10)."""

from __future__ import annotations

from flask import g
from sqlalchemy import or_, select

from ..db import db
from ..search import SearchDocument
from ..search.keys import STOP, folded, keys
from .models import Resource
from .queries import resources as queries

MOST = 3
ALIKE = 0.6
"""Share of the words of the longer title that both have."""


def similar(title: str, but: int | None = None) -> list[SearchDocument]:
    """The resources the reader may see whose titles share most words with this one, in any inflection, the most alike first."""
    typed = [keys(word) for word in dict.fromkeys(folded(title)) if word not in STOP]
    if not typed:
        return []
    longest = sorted(typed, key=lambda one: -min(map(len, one)))[:5]
    asked = [SearchDocument.title_keys.contains(key, autoescape=True) for one in longest for key in one]
    query = (select(SearchDocument).join(Resource, Resource.id == SearchDocument.object_id)
             .where(SearchDocument.kind == "resource", queries.seen(g.can), Resource.id != (but or 0), or_(*asked))
             .order_by(SearchDocument.id.desc()).limit(300))
    best: dict[int, tuple[float, SearchDocument]] = {}
    for one in db.session.scalars(query):
        alike = _alike(typed, one)
        if alike >= ALIKE and alike > best.get(one.object_id, (0.0, one))[0]:
            best[one.object_id] = (alike, one)
    return [one for _alike_by, one in sorted(best.values(), key=lambda pair: -pair[0])[:MOST]]


def _alike(typed: list[frozenset[str]], document: SearchDocument) -> float:
    """Which share of the words of the longer title both have."""
    there = frozenset(document.title_keys.split())
    length = len([word for word in dict.fromkeys(folded(document.title)) if word not in STOP])
    return sum(1 for one in typed if one & there) / max(len(typed), length, 1)
