"""Practices a topic can be about: chosen by their words, in the reader's language where there is a text in it."""

from __future__ import annotations

from sqlalchemy import Select, or_, select

from ...db import db
from ...search import fold, matching, words
from ..models import Practice, PracticeText

OFFERED = 100
"""Practices the field suggests."""


def label(number: int, title: str) -> str:
    """How a practice is called in the field."""
    return f"{number} – {title}"


def _titles() -> Select:
    return (select(Practice.id, Practice.original_language, PracticeText.language, PracticeText.title)
            .join(PracticeText, PracticeText.practice_id == Practice.id).where(Practice.status == "published")
            .order_by(Practice.published_at.desc(), Practice.id.desc()))


def _in(language: str, query: Select) -> list[tuple[int, str]]:
    """One title for each practice: in the reader's language, else the original."""
    titles: dict[int, str] = {}
    for row in db.session.execute(query):
        if row.language == language or (row.language == row.original_language and row.id not in titles):
            titles[row.id] = row.title
    return list(titles.items())


def newest(language: str) -> list[tuple[int, str]]:
    """Number and title of the newest practices."""
    wanted = or_(PracticeText.language == language, PracticeText.language == Practice.original_language)
    return _in(language, _titles().where(wanted).limit(OFFERED))


def chosen(number: int, language: str) -> tuple[int, str] | None:
    """Number and title of one published practice."""
    return next(iter(_in(language, _titles().where(Practice.id == number))), None)


def like(typed: str, language: str, most: int = 6) -> list[tuple[int, str]]:
    """The practices whose texts hold all the words; one whose title is what was typed comes alone."""
    found = _in(language, _titles().where(Practice.id.in_(matching("practice", typed))).limit(OFFERED)) if words(typed) else []
    exact = [one for one in found if fold(one[1]) == fold(typed)]
    return exact if len(exact) == 1 else found[:most]
