"""The questions of an event, and whether anybody has answered them."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from ..models import Answer, Question


def of(event_id: int) -> Select:
    """The questions of an event in their order."""
    return select(Question).where(Question.event_id == event_id).order_by(Question.position, Question.id)


def answered(event_id: int) -> Select:
    """How many answers each question has."""
    return (select(Answer.question_id, func.count()).join(Question, Question.id == Answer.question_id)
            .where(Question.event_id == event_id).group_by(Answer.question_id))
