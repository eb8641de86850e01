"""What people answered, in words: for their own page, for the organiser, for exports."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from .. import i18n
from .models import Event, Question, Registration


def answers_in_words(event: Event, registration: Registration) -> list[tuple[Markup, Markup | str]]:
    """Questions and answers for a page, in the order of the form; load questions and answers first."""
    given = {answer.question_id: answer.value for answer in registration.answers}
    return [(i18n.local(question.label), in_words(question, given[question.id])) for question in event.questions if question.id in given]


def everything_in_words(event: Event, registration: Registration) -> list[tuple[Markup | str, Markup | str]]:
    """All that the form of a registration holds, for comparing with what somebody else saved."""
    languages = ", ".join(i18n.language_name(code) for code in registration.languages)
    return [*answers_in_words(event, registration), (_("Languages to follow in"), languages or "–"),
            (_("Needs"), Markup("<bdi>{}</bdi>").format(registration.access_needs or "–"))]


def in_words(question: Question, value) -> Markup | str:
    """One answer for a page: what was typed is marked as somebody's own words."""
    if question.kind in ("choice", "choices"):
        labels = question.option_labels()
        chosen = value if isinstance(value, list) else [value]
        return Markup(", ").join(i18n.local(labels[code]) if code in labels else Markup("<bdi>{}</bdi>").format(code) for code in chosen)
    if question.kind == "yes_no":
        return _("Yes") if value == "yes" else _("No")
    if question.kind == "date":
        return i18n.date(date.fromisoformat(value))
    return Markup("<bdi>{}</bdi>").format(f"{value:g}" if isinstance(value, float) else value)
