"""What is asked for in which language, what lags behind, and translations of texts in discussions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CompoundSelect, Select, and_, func, or_, select, union_all

from ...members.models import Member
from ..models import Practice, PracticeText, Reply, ReplyTranslation, TranslationWish

ROWS = 25
"""Wishes or translations of a page."""


def wishes(language: str, after: tuple[int, int] | None = None) -> Select:
    """Practices that are wished for in a language, as (practice_id, count, first), the most wanted first.

    `after` is the key of the last row of the page before: its count and practice.
    """
    count = func.count().label("count")
    query = (select(TranslationWish.practice_id, count, func.min(TranslationWish.at).label("first"))
             .join(Practice, Practice.id == TranslationWish.practice_id)
             .where(TranslationWish.language == language, Practice.status == "published").group_by(TranslationWish.practice_id))
    if after is not None:
        query = query.having(or_(func.count() < after[0], and_(func.count() == after[0], TranslationWish.practice_id > after[1])))
    return query.order_by(count.desc(), TranslationWish.practice_id).limit(ROWS + 1)


def counts(languages: Iterable[str]) -> Select:
    """How many practices are wished for in each of these languages."""
    return (select(TranslationWish.language, func.count(func.distinct(TranslationWish.practice_id)))
            .join(Practice, Practice.id == TranslationWish.practice_id)
            .where(Practice.status == "published", TranslationWish.language.in_(sorted(languages))).group_by(TranslationWish.language))


def behind(language: str) -> Select:
    """Translations into a language that are older than their originals, as (practice_id, language), the longest waiting first."""
    return (select(PracticeText.practice_id, PracticeText.changed_at).join(Practice, Practice.id == PracticeText.practice_id)
            .where(PracticeText.language == language, PracticeText.origin != "original", Practice.status == "published",
                   func.coalesce(PracticeText.translates_number, 0) < Practice.number)
            .order_by(PracticeText.changed_at, PracticeText.id).limit(ROWS))


def own_wishes(member_id: int) -> Select:
    """What a member wished for, the latest first."""
    return (select(TranslationWish.practice_id, TranslationWish.language, TranslationWish.at)
            .join(Practice, Practice.id == TranslationWish.practice_id)
            .where(TranslationWish.member_id == member_id, Practice.status == "published")
            .order_by(TranslationWish.at.desc(), TranslationWish.practice_id, TranslationWish.language).limit(ROWS * 4))


def titles(numbers: Iterable[int]) -> Select:
    """What these practices are called, in every language, as (practice_id, language, title, original_language)."""
    return (select(PracticeText.practice_id, PracticeText.language, PracticeText.title, Practice.original_language)
            .join(Practice, Practice.id == PracticeText.practice_id).where(Practice.id.in_(sorted(set(numbers)))).order_by(PracticeText.id))


def of_replies(numbers: Iterable[int], languages: Iterable[str]) -> Select:
    """The translations of these texts into these languages, with the name of who translated them by hand."""
    return (select(ReplyTranslation, Member.name, Member.status).outerjoin(Member, Member.id == ReplyTranslation.translator_id)
            .where(ReplyTranslation.reply_id.in_(sorted(set(numbers))), ReplyTranslation.language.in_(list(languages))))


def titles_of_topics(numbers: Iterable[int], languages: Iterable[str], by_machines: bool) -> CompoundSelect:
    """What these topics are called in these languages, as (topic_id, language, title); what machines said only when asked for.

    The discussion of a practice is called as the practice is in that language.
    """
    practices = (select(Practice.topic_id, PracticeText.language, PracticeText.title)
                 .join(PracticeText, PracticeText.practice_id == Practice.id)
                 .where(Practice.topic_id.in_(sorted(set(numbers))), Practice.status == "published", PracticeText.language.in_(list(languages)),
                        func.coalesce(PracticeText.translates_number, 0) == Practice.number))
    query = (select(Reply.topic_id, ReplyTranslation.language, ReplyTranslation.title)
             .join(ReplyTranslation, ReplyTranslation.reply_id == Reply.id)
             .where(Reply.topic_id.in_(sorted(set(numbers))), Reply.number == 0, ReplyTranslation.language.in_(list(languages)),
                    ReplyTranslation.title != "", ReplyTranslation.of_version == Reply.version))
    return union_all(practices, query if by_machines else query.where(ReplyTranslation.origin != "machine"))


def of_reply(reply_id: int, language: str) -> Select:
    """The translation of one text into one language."""
    return select(ReplyTranslation).where(ReplyTranslation.reply_id == reply_id, ReplyTranslation.language == language)
