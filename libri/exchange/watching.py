"""The watch over unanswered questions: after five working days two members who can help are asked, once (N12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Row, exists, func, select

from .. import audit
from ..db import db, now, write_tx
from ..members.models import Member
from ..notices.models import Notice, tell
from . import following, telling
from .models import Reply, Topic

WORKING_DAYS = 5
OLDEST = timedelta(days=60)
"""A question older than this is left alone: nobody who can help was found for long."""
LATELY = timedelta(days=90)
ASKED = 2
KIND = "topic.can_you_answer"
RIGA = ZoneInfo("Europe/Riga")


def after_working_days(begin: datetime, days: int) -> datetime:
    """The instant so many working days after `begin`, by the calendar of Riga; what begins on a weekend begins on Monday."""
    there = begin.astimezone(RIGA)
    if there.weekday() > 4:
        there = (there + timedelta(days=7 - there.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    weeks, rest = divmod(days, 5)
    there += timedelta(days=7 * weeks)
    for _ in range(rest):
        there += timedelta(days=3 if there.weekday() == 4 else 1)
    return there.astimezone(UTC)


def watch() -> int:
    """Put every question that is due before members; return how many were asked."""
    numbers = list(db.session.scalars(unanswered().with_only_columns(Topic.id)))
    return sum(_watch_one(number) for number in numbers)


def unanswered():
    """Open questions of the last weeks that nobody else has replied to and that were not watched before, the oldest first."""
    answered = exists().where(Reply.topic_id == Topic.id, Reply.number > 0, Reply.is_shown, ~Reply.is_waiting,
                              func.coalesce(Reply.author_id, 0) != func.coalesce(Topic.author_id, 0))
    return (select(Topic).where(
        Topic.category == "question", Topic.status == "open", Topic.is_shown, ~Topic.is_locked, Topic.watched_at.is_(None),
        Topic.created_at > now() - OLDEST, Topic.created_at <= now() - timedelta(days=WORKING_DAYS), ~answered).order_by(Topic.id))


def _watch_one(topic_id: int) -> int:
    with write_tx() as session:
        topic = session.scalar(unanswered().where(Topic.id == topic_id).with_for_update())
        if topic is None or after_working_days(topic.created_at, WORKING_DAYS) > now():
            return 0
        chosen = helpers(topic)
        if not chosen:
            return 0
        topic.watched_at = now()
        audit.record("topic.watched", topic, asked=chosen)
        return tell(chosen, KIND, telling.address("exchange.topic", topic_id=topic.id), topic, title=topic.title, language=topic.language,
                    by=topic.author_id)


def helpers(topic: Topic) -> list[int]:
    """The numbers of those to ask: they know theme and language, were here lately if possible, and were asked longest ago."""
    asked = select(Notice.member_id, func.max(Notice.at)).where(Notice.kind == KIND).group_by(Notice.member_id)
    latest = dict(db.session.execute(asked).all())
    never = datetime.min.replace(tzinfo=UTC)
    seen_since = (now() - LATELY).date()
    away = following.turned_away(topic) | {topic.author_id}
    able = [one for one in _active() if one.id not in away and _can_help(one, topic)]
    able.sort(key=lambda one: (one.seen_on is None or one.seen_on < seen_since, latest.get(one.id, never), one.id))
    return [one.id for one in able[:ASKED]]


def _active() -> Iterable[Row]:
    return db.session.execute(
        select(Member.id, Member.reads, Member.writes, Member.themes, Member.seen_on).where(Member.status == "active"))


def _can_help(one: Row, topic: Topic) -> bool:
    """Knows a theme of the question, when it has any, and its language."""
    knows = not topic.themes or bool(set(topic.themes) & set(one.themes))
    return knows and topic.language in {*one.reads, *one.writes}
