"""What the page of a topic shows: the topic with the reader's marks, the texts of one page, their history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from ...db import db
from ...members.models import Member, Organisation
from ..models import Follow, Practice, PracticeText, ReadMark, Reply, ReplyVersion, Thanks, Topic

PAGE = 20
"""Replies of one page; the opening text stands before the first of them."""
Accepted = aliased(Reply)
COLUMNS = (Reply.id, Reply.topic_id, Reply.number, Reply.author_id, Reply.author_function, Reply.language, Reply.html, Reply.quotes,
           Reply.thanks_count, Reply.is_shown, Reply.is_waiting, Reply.hidden_reason, Reply.created_at, Reply.edited_at, Reply.version,
           Member.name.label("author"), Member.status.label("author_status"),
           Reply.organisation_id, Organisation.name, Organisation.names, Organisation.languages,
           Organisation.status.label("organisation_status"), Thanks.member_id.label("thanked"))


READER, NUMBER = bindparam("reader"), bindparam("topic")
"""Filled in when asked: building the statements of the page that is read most often costs as much as asking them."""
TOPIC = (
    select(Topic, ReadMark.number.label("read"), Follow.is_muted, Accepted.id.label("accepted_id")).where(Topic.id == NUMBER)
    .outerjoin(ReadMark, (ReadMark.topic_id == Topic.id) & (ReadMark.member_id == READER))
    .outerjoin(Follow, (Follow.member_id == READER) & (Follow.kind == "topic") & (Follow.key == bindparam("key")))
    .outerjoin(Accepted, (Accepted.topic_id == Topic.id) & (Accepted.number == Topic.accepted_number))
)
TEXTS = (
    select(*COLUMNS).outerjoin(Member, Member.id == Reply.author_id).outerjoin(Organisation, Organisation.id == Reply.organisation_id)
    .outerjoin(Thanks, (Thanks.reply_id == Reply.id) & (Thanks.member_id == READER)).where(Reply.topic_id == NUMBER).order_by(Reply.number)
)
PAGE_OF_TEXTS = TEXTS.where(Reply.number.between(bindparam("first"), bindparam("last")))
ONE_TEXT = TEXTS.where(Reply.id == bindparam("text"))
NEXT_TEXTS = TEXTS.where(Reply.number > bindparam("number"), Reply.is_waiting.is_(False)).limit(PAGE)


def topic(topic_id: int, member_id: int | None) -> Row | None:
    """A topic, how far this member has read it, whether they follow or have muted it, and the id of the accepted answer."""
    return db.session.execute(TOPIC, {"topic": topic_id, "reader": member_id, "key": str(topic_id)}).first()


def first_of_page(number: int) -> int:
    """The first number of the page that holds `number`; 0 stands with the first replies."""
    return 0 if number <= PAGE else (number - 1) // PAGE * PAGE + 1


def page(topic_id: int, first: int, member_id: int) -> Sequence[Row]:
    """The texts of the page that begins with the number `first`, as columns."""
    last = PAGE if first == 0 else first + PAGE - 1
    return db.session.execute(PAGE_OF_TEXTS, {"topic": topic_id, "reader": member_id, "first": first, "last": last}).all()


def text(topic_id: int, reply_id: int, member_id: int) -> Sequence[Row]:
    """One text of a topic, as a page of one."""
    return db.session.execute(ONE_TEXT, {"topic": topic_id, "reader": member_id, "text": reply_id}).all()


def after(topic_id: int, number: int, member_id: int) -> Sequence[Row]:
    """The next texts after a number that everybody may see, at most a page."""
    return db.session.execute(NEXT_TEXTS, {"topic": topic_id, "reader": member_id, "number": number}).all()


def how_many_after(topic_id: int, number: int, but: int) -> Select:
    """How many texts of others have come after a number."""
    return select(func.count()).select_from(Reply).where(
        Reply.topic_id == topic_id, Reply.number > number, Reply.is_waiting.is_(False), Reply.is_shown,
        func.coalesce(Reply.author_id, 0) != but)


def reply(reply_id: int) -> Select:
    """One text with its author, and its topic beside it."""
    return (select(Reply, Topic).join(Topic, Topic.id == Reply.topic_id).outerjoin(Reply.author).where(Reply.id == reply_id)
            .options(contains_eager(Reply.author)))


def of_number(topic_id: int, number: int) -> Select:
    """The text with a number in a topic."""
    return select(Reply).options(joinedload(Reply.author)).where(Reply.topic_id == topic_id, Reply.number == number)


def versions(reply_id: int) -> Select:
    """(version, name of who removed it) of what a text said before its edits, the newest first."""
    query = select(ReplyVersion, Member.name).outerjoin(Member, Member.id == ReplyVersion.removed_by_id)
    return query.where(ReplyVersion.reply_id == reply_id).order_by(ReplyVersion.id.desc()).limit(100)


def practice_of(one: Topic) -> Select | None:
    """The texts of the published practice a topic speaks of, or None when it speaks of none."""
    number = (one.links or {}).get("practice")
    if one.category != "experience" and not isinstance(number, int):
        return None
    wanted = Practice.id == number if isinstance(number, int) else Practice.topic_id == one.id
    return (select(Practice.id, Practice.original_language, PracticeText.language, PracticeText.title, PracticeText.summary)
            .join(PracticeText, PracticeText.practice_id == Practice.id).where(wanted, Practice.status == "published"))
