"""What the catalogue finds and sorts a practice by, kept in columns and renewed whenever its words or facts change."""

from __future__ import annotations

from sqlalchemy import select

from ..db import db
from ..members.models import Organisation
from ..search import fold
from .models import SECTIONS, Practice, PracticeText
from .words import COST_BANDS

MOST_LETTERS = 40_000
UNKNOWN_COST, UNKNOWN_HOURS = 99, 1_000_000
"""The ranks of a practice that says nothing of its cost or hours: after all others."""


def index_practice(practice: Practice) -> None:
    """Renew the words a practice is found by and its ranks by cost and hours, inside write_tx(); call after its texts or facts changed.

    A hidden city is not among the words, nor the organisation whose name would give it away (N10).
    """
    db.session.flush()
    texts = db.session.scalars(select(PracticeText).where(PracticeText.practice_id == practice.id)).all()
    parts = [part for name in SECTIONS for text in texts for part in _words_of(getattr(text, name))]
    if not practice.hides_city:
        organisation = db.session.get_one(Organisation, practice.organisation_id)
        parts = [organisation.name, *organisation.names.values(), practice.city, *parts]
    practice.search_text = fold(" ".join(parts)).replace("'", "")[:MOST_LETTERS]
    practice.cost_rank = list(COST_BANDS).index(practice.cost_band) if practice.cost_band else UNKNOWN_COST
    practice.hours_rank = UNKNOWN_HOURS if practice.staff_hours is None else min(round(practice.staff_hours * 10), UNKNOWN_HOURS - 1)


def _words_of(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
