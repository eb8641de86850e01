"""Practices as their readers see them in a list: in a language they read, without a place that is hidden from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from flask import g

from ..db import db
from ..i18n import country_name, lang, language_name, reader_languages
from ..members.models import Organisation
from ..vocabularies import THEMES
from .queries import practices as queries
from .words import COST_BANDS, PRACTICE_STATES, STATES_OF_LIFE


@dataclass(slots=True)
class Card:
    """A practice in a list. `city` and `organisation` are empty when they are hidden from the reader."""

    id: int
    lang: str
    title: str
    summary: str
    original: str
    """The language of the original, in words, when the reader gets a translation."""
    country: str
    city: str
    organisation: str
    organisation_lang: str
    themes: list[str]
    cost: str
    hours: float | None
    life: str
    did_not_work: bool
    status: str
    is_short: bool
    adoptions: int
    published_at: object
    languages: list[str] = field(default_factory=list)


class Place:
    """The organisation of a row, as far as a rule of Can asks."""

    def __init__(self, row) -> None:
        self.id, self.lineage = row.organisation_id, frozenset(int(part) for part in row.path.split("/") if part)


def shows_place(thing, organisation) -> bool:
    """Whether the reader may know where a practice comes from: always, or when it is theirs, if its city is hidden (N10)."""
    if not thing.hides_city:
        return True
    can = g.can
    return can.member_id is not None and (getattr(thing, "author_id", None) == can.member_id or can.write_practice_of(organisation))


def cards(rows: Sequence) -> list[Card]:
    """The rows of the catalogue with their titles, in one more query; labels are looked up once each."""
    texts = defaultdict(dict)
    if rows:
        for text in db.session.execute(queries.titles([row.id for row in rows])):
            texts[text.practice_id][text.language] = text
    country, theme = cache(country_name), cache(lambda code: str(THEMES.get(code, code)))
    return [_card(row, texts[row.id], country, theme) for row in rows]


def _card(row, texts: dict, country, theme) -> Card:
    original = texts[row.original_language]
    text = next((texts[code] for code in reader_languages() if code in texts), original)
    knows = shows_place(row, Place(row))
    organisation_lang, organisation = Organisation.name_in(row, lang()) if knows else ("", "")
    return Card(
        row.id, text.language, text.title, text.summary, language_name(original.language) if text is not original else "",
        country(row.country), row.city if knows else "", organisation, organisation_lang, [theme(code) for code in row.themes],
        str(COST_BANDS[row.cost_band]) if row.cost_band else "", row.staff_hours, str(STATES_OF_LIFE[row.life]),
        row.life == "did_not_work", str(PRACTICE_STATES[row.status]), bool(original.is_short), row.adoptions_count,
        row.published_at, [code for code in texts if code != text.language])
