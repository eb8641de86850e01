"""The discussions of the sample network with their replies; authors are functions of organisations, not people."""

from __future__ import annotations

from datetime import datetime

from ..db import db
from ..exchange.models import Practice, Reply, Topic
from ..members.models import Organisation


def add_discussions(given: list[dict], organisations: dict[str, Organisation], practices: dict[str, Practice]) -> None:
    """Add the discussions with all their replies, inside write_tx(); their links lead to `practices`."""
    topics = [_topic(one, organisations, practices) for one in given]
    db.session.add_all(topics)
    db.session.flush()
    for topic, one in zip(topics, given, strict=True):
        db.session.add_all(_reply(topic, number, text, organisations) for number, text in enumerate([one, *one["replies"]]))


def _topic(given: dict, organisations: dict[str, Organisation], practices: dict[str, Practice]) -> Topic:
    """A discussion; what it links to beyond practices is not in the network yet."""
    linked = practices.get(given["links"]["practice"])
    texts = [given, *given["replies"]]
    return Topic(
        category=given["category"], language=given["language"], title=given["title"], status=given["status"], themes=given["themes"],
        organisation_id=organisations[given["organisation_id"]].id, links={"practice": linked.id} if linked else {},
        accepted_number=next((number for number, text in enumerate(texts) if text.get("accepted")), None),
        last_number=len(given["replies"]), created_at=_instant(given), last_at=_instant(texts[-1]))


def _reply(topic: Topic, number: int, given: dict, organisations: dict[str, Organisation]) -> Reply:
    reply = Reply(topic_id=topic.id, number=number, organisation_id=organisations[given["organisation_id"]].id,
                  author_function=given["author_function"], language=given["language"], created_at=_instant(given))
    reply.write(given["body"])
    return reply


def _instant(given: dict) -> datetime:
    return datetime.fromisoformat(given["created_at"])
