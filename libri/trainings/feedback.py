"""What people said about an event without their name: the questions, storing the answers, counting them (E19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..db import db, now
from . import times
from .models import Event, Feedback, FeedbackGiven, Registration

RATINGS = {
    "useful": _l("How useful was it for your work?"),
    "clear": _l("How clear was it?"),
    "organised": _l("How well was it organised?"),
    "welcome": _l("How well could you take part: language, access, pace?"),
}
"""Questions answered from 1 to 5."""
MARKS = {"5": _l("Very good"), "4": _l("Good"), "3": _l("Fair"), "2": _l("Poor"), "1": _l("Very poor")}
TEXTS = {"use": _l("What will you use at home?"), "better": _l("What should be better next time?")}
FEWEST = 3
"""So many answers must be there before anybody sees one: from two people each knows the other's (product.md: no link to the person)."""
LONGEST = 2000


class Given(ValueError):
    """This person has given feedback before."""


def has_given(registration_id: int) -> bool:
    """Whether feedback was given for a registration; what was said is not known."""
    return db.session.get(FeedbackGiven, registration_id) is not None


def give(event: Event, registration: Registration, answers: dict[str, Any]) -> None:
    """Keep answers apart from who gave them, inside write_tx() with the registration locked. Raises Given."""
    if has_given(registration.id):
        raise Given
    db.session.add(FeedbackGiven(registration_id=registration.id))
    kept = {name: value for name, value in answers.items() if value not in ("", None)}
    db.session.add(Feedback(event_id=event.id, answers=kept, day=times.local_day(now(), event.timezone)))


def answers_of(event_id: int) -> list[Feedback]:
    """Everything that was said about an event, in an order that tells nothing."""
    return list(db.session.scalars(select(Feedback).where(Feedback.event_id == event_id).order_by(Feedback.key)))


def counted(found: Sequence[Feedback]) -> list[dict[str, Any]]:
    """For each rating: its question, how often each mark was given, how many answered, and the mean."""
    return [_count(name, words, [int(one.answers[name]) for one in found if name in one.answers]) for name, words in RATINGS.items()]


def _count(name: str, words, marks: list[int]) -> dict[str, Any]:
    number = Counter(marks)
    rows = [{"mark": mark, "label": label, "count": number[int(mark)], "percent": round(100 * number[int(mark)] / len(marks)) if marks else 0}
            for mark, label in MARKS.items()]
    return {"name": name, "question": words, "rows": rows, "answered": len(marks), "mean": sum(marks) / len(marks) if marks else None}


def said(found: Sequence[Feedback], name: str) -> list[str]:
    """What was written to one question, in an order that does not tell which texts are of one person."""
    return sorted(one.answers[name] for one in found if one.answers.get(name))
