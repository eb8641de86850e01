"""Who tried which practice in the sample network, so that its line runs from city to city (N6)."""

from __future__ import annotations

from datetime import UTC, datetime

from ..db import db
from ..exchange.models import Adoption, Practice
from ..exchange.queries import adoptions as queries
from ..members.models import Organisation


def add_adoptions(given: list[dict], organisations: dict[str, Organisation], practices: dict[str, Practice]) -> None:
    """Add the adoptions, inside write_tx(). Those who told are functions, so nobody is named and nobody is asked again."""
    for one in given:
        at = datetime.strptime(one["at"], "%Y-%m-%d").replace(hour=9, tzinfo=UTC)
        db.session.add(Adoption(
            practice_id=practices[one["practice_id"]].id, organisation_id=organisations[one["organisation_id"]].id, at=at, changed_at=at,
            asked_30_at=at, asked_90_at=at, **{name: one[name] for name in ("language", "changes", "cost", "result", "would_repeat")}))
    db.session.flush()
    for code in sorted({one["practice_id"] for one in given}):
        queries.recount(practices[code].id)
