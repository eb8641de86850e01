"""What the resources do once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from .. import audit
from ..db import db, now, write_tx
from . import telling
from .models import Resource
from .queries import resources as queries

DAYS_BEFORE = 14
"""Days before the day of review on which the owner is reminded."""


def remind_of_reviews() -> int:
    """Remind owners of resources that are to be checked soon or should have been, once for each day named (N22); return how many."""
    until = now().date() + timedelta(days=DAYS_BEFORE)
    numbers = list(db.session.scalars(queries.to_review(until).with_only_columns(Resource.id)))
    return sum(_remind(number, until) for number in numbers)


def _remind(resource_id: int, until) -> int:
    with write_tx() as session:
        resource = session.scalar(queries.to_review(until).where(Resource.id == resource_id).with_for_update(of=Resource))
        if resource is None:
            return 0
        resource.reminded_for = resource.review_by
        audit.record("resource.review_asked", resource, by="chore")
        telling.review_due(resource)
        return 1


DAILY: dict[str, Callable[[], int]] = {"remind_of_reviews": remind_of_reviews}
"""Name of a chore → what does it and returns how many rows it touched."""
