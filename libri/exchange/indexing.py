"""What the catalogue sorts a practice by, kept in columns and renewed whenever its facts change."""

from __future__ import annotations

from .models import Practice
from .words import COST_BANDS

UNKNOWN_COST, UNKNOWN_HOURS = 99, 1_000_000
"""The ranks of a practice that says nothing of its cost or hours: after all others."""


def index_practice(practice: Practice) -> None:
    """Renew the ranks of a practice by cost and hours, inside write_tx(); call after its facts changed."""
    practice.cost_rank = list(COST_BANDS).index(practice.cost_band) if practice.cost_band else UNKNOWN_COST
    practice.hours_rank = UNKNOWN_HOURS if practice.staff_hours is None else min(round(practice.staff_hours * 10), UNKNOWN_HOURS - 1)
