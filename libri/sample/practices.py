"""The practices of the sample network, each with its texts in every language they have, and a discussion of their own."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from ..db import db
from ..exchange.indexing import index_practice
from ..exchange.models import SECTIONS, Practice, PracticeText, Reply
from ..exchange.opening import open_topic
from ..members.models import Organisation


def add_practices(given: list[dict], organisations: dict[str, Organisation]) -> dict[str, Practice]:
    """Add the practices with all their texts, inside write_tx(); return them by the code of the file."""
    practices = {one["id"]: _practice(one, organisations[one["organisation_id"]]) for one in given}
    db.session.add_all(practices.values())
    db.session.flush()
    for practice in practices.values():
        if practice.status == "published":
            _open_topic(practice)
        index_practice(practice)
    return practices


def _practice(given: dict, organisation: Organisation) -> Practice:
    """A practice as the file tells it. Its authors are functions, so nobody is its author.

    The file knows one date, the month it began; what else needs a date takes that one.
    """
    at = datetime.strptime(given["started"], "%Y-%m").replace(hour=9, tzinfo=UTC)
    is_published, was_submitted = given["status"] == "published", given["status"] != "draft"
    practice = Practice(
        organisation_id=organisation.id, original_language=given["original_language"], status=given["status"], themes=given["themes"],
        target_groups=given["target_groups"], languages_used=given["languages_used"], country=given["country"], city=given["city"],
        cost_band=given["cost_band"], group_size=given["group_size"], frequency_per_year=given["frequency_per_year"] or None,
        started=given["started"], life="running" if given["ongoing"] else "ended", is_public=is_published, created_at=at, changed_at=at,
        submitted_at=at if was_submitted else None, published_at=at if is_published else None)
    practice.texts = [_text(practice, code, given["content"][code], at) for code in given["languages_available"]]
    return practice


def _text(practice: Practice, language: str, content: dict, at: datetime) -> PracticeText:
    is_original = language == practice.original_language
    return PracticeText(
        language=language, origin="original" if is_original else "human", translates_number=None if is_original else 1, changed_at=at,
        **{name: content[name] for name in SECTIONS if name in content})


def _open_topic(practice: Practice) -> None:
    """The discussion every published practice has, as old as the practice."""
    topic = open_topic(practice)
    topic.created_at = topic.last_at = practice.published_at
    db.session.execute(update(Reply).where(Reply.topic_id == topic.id).values(created_at=practice.published_at))
