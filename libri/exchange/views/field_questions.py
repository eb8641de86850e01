"""Asking for what a practice does not say, and answering it in one line (N7)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit
from ...db import db, insert_into, now, write_tx
from ...forms import line
from ...notices.models import tell
from ...pages import go
from ...permissions import require
from .. import following, reading
from ..adopting import said
from ..models import FieldQuestion, Practice
from ..queries import practices as queries
from ..writing import OutOfDate
from . import blueprint
from .practice import PRACTICE, Typed, find, page

LONGEST = 300


def back(practice_id: int, field: str) -> str:
    """The place of a field on the page of its practice."""
    return url_for(".practice", practice_id=practice_id, _anchor=field)


@blueprint.post(f"{PRACTICE}/questions")
def ask_field(practice_id: int):
    """Ask for one missing field; pressed twice, or by two people, it is asked once."""
    practice = find(practice_id)
    require(g.can.read_network() and practice.status == "published")
    field = request.form.get("field", "")
    if field not in reading.ASKABLE or not reading.is_missing(practice, field):
        abort(422)
    with write_tx() as session:
        practice = session.scalars(queries.one(practice_id)).one()
        is_first = _ask(practice, field)
    flash(_("The authors are asked. You will be told when they answer.") if is_first else _("This was asked before. The authors know."),
          "success" if is_first else "info")
    return go(back(practice_id, field))


def _ask(practice: Practice, field: str) -> bool:
    row = insert_into(FieldQuestion).values(practice_id=practice.id, field=field, asked_by_id=g.can.member_id, asked_at=now(), answer="")
    asked = db.session.scalar(row.on_conflict_do_nothing().returning(FieldQuestion.id))
    if asked is None:
        return False
    others = queries.people_of(practice) - following.muted("practice", practice.id)
    tell({practice.author_id} | others, "practice.field_asked", back(practice.id, field), practice, but=g.can.member_id,
         **said(practice))
    return True


@blueprint.post("/questions/<int:question_id>/answer")
def answer_field(question_id: int):
    """Answer a reader's question in one line, which stands on the page in place of the field."""
    question = db.session.get(FieldQuestion, question_id) or abort(404)
    practice = find(question.practice_id)
    require(g.can.edit_practice(practice))
    answer = line(request.form.get("answer"))
    if not answer or len(answer) > LONGEST:
        return page(practice, Typed(question_id, answer, _wrong(answer), 422))
    try:
        address = _answer(question_id, answer, line(request.form.get("seen")))
    except OutOfDate:
        words = _("Somebody else changed this page while you were writing. Compare the texts before you save.")
        return page(find(question.practice_id), Typed(question_id, answer, words, 409))
    flash(_("Your answer stands on the page."), "success")
    return go(address)


def _answer(question_id: int, answer: str, seen: str) -> str:
    """Keep the answer and return its place; pressed twice it is told once. Raises OutOfDate when somebody else answered meanwhile."""
    with write_tx() as session:
        question = session.get_one(FieldQuestion, question_id, with_for_update=True)
        practice = session.scalars(queries.one(question.practice_id)).one()
        if question.answer == answer:
            return back(practice.id, question.field)
        if question.answer != seen:
            raise OutOfDate
        question.answer, question.answered_by_id, question.answered_at = answer, g.can.member_id, now()
        audit.record("practice.field_answered", practice, field=question.field)
        if question.asked_by_id:
            tell([question.asked_by_id], "practice.field_answered", back(practice.id, question.field), practice, but=g.can.member_id,
                 **said(practice))
        return back(practice.id, question.field)


def _wrong(answer: str) -> str:
    return _("Shorten the text to %(max)d characters.", max=LONGEST) if answer else _("Fill in this field.")
