"""The questions an organiser asks at registration: added, changed, put in order, taken out (E5, E6)."""

from __future__ import annotations

from flask import abort, flash, request, url_for
from flask_babel import gettext as _

from ... import audit
from ...db import OutOfDate, db, write_tx
from ...forms import LibriForm, pressed
from ...i18n import lang
from ...pages import go, render
from .. import comparing, reading
from ..forms.questions import WITH_OPTIONS, QuestionForm, form_for, values
from ..forms.registrations import YES_NO
from ..models import Event, Question
from ..queries import questions as queries
from ..words import QUESTION_KINDS
from . import blueprint
from .editing import held, managed
from .events import EVENT, trail

QUESTION = "/trainings/questions/<int:question_id>"
MOST = 40


@blueprint.get(f"{EVENT}/questions")
def questions(event_id: int):
    """What is asked at registration, in order."""
    event = managed(event_id)
    found = db.session.scalars(queries.of(event_id)).all()
    return render("trainings/questions.html", event=event, questions=found, by_id={one.id: one for one in found}, kinds=QUESTION_KINDS,
                  yes_no=YES_NO, answered=dict(db.session.execute(queries.answered(event_id)).all()), has_enough=len(found) >= MOST,
                  trail=trail(event), parts=reading.parts_of(event))


def _find(question_id: int) -> tuple[Event, Question]:
    question = db.session.get(Question, question_id) or abort(404)
    return managed(question.event_id), question


def _page(event: Event, form: QuestionForm, question: Question | None = None, conflicts: list | None = None):
    return render("trainings/question.html", event=event, form=form, question=question, open_codes=(lang(), *event.languages[:1]),
                  conflicts=conflicts, status=422 if form.errors else 200 if conflicts is None else 409,
                  trail=[*trail(event), (_("Questions"), url_for(".questions", event_id=event.id))])


@blueprint.route(f"{EVENT}/questions/new", methods=["GET", "POST"])
def new_question(event_id: int):
    """Add a question at the end."""
    event = managed(event_id)
    earlier = db.session.scalars(queries.of(event_id)).all()
    form = form_for(event, earlier)
    if "more" in request.form or not form.validate_on_submit():
        return _page(event, form)
    with write_tx() as session:
        event = held(session, event_id)
        last = session.scalars(queries.of(event_id)).all()
        if len(last) >= MOST:
            abort(422)
        if form.claim():
            question = Question(event_id=event_id, position=last[-1].position + 1 if last else 1)
            form.write(question)
            session.add(question)
            audit.record("event.questions_changed", event, organisation_id=event.organiser_id)
    flash(_("The question is added."), "success")
    return go(url_for(".questions", event_id=event_id))


@blueprint.route(f"{QUESTION}/edit", methods=["GET", "POST"])
def edit_question(question_id: int):
    """Change a question; its kind stays once somebody has answered."""
    event, question = _find(question_id)
    event_id = event.id
    form = form_for(event, _earlier(question), question)
    if "more" in request.form or not form.validate_on_submit():
        return _page(event, form, question)
    if form.kind.data != question.kind and question_id in dict(db.session.execute(queries.answered(event_id)).all()):
        form.kind.errors = [_("People have answered already. Ask another question instead.")]
        return _page(event, form, question)
    try:
        _save(event_id, question_id, form)
    except OutOfDate:
        event, question = _find(question_id)
        saved = form_for(event, _earlier(question), question)
        saved.process(data=values(question))
        form.version.data = str(question.version)
        return _page(event, form, question, comparing.rows(form, saved))
    flash(_("The question is saved."), "success")
    return go(url_for(".questions", event_id=event_id))


def _save(event_id: int, question_id: int, form: QuestionForm) -> None:
    with write_tx() as session:
        event = held(session, event_id)
        question = session.get(Question, question_id) or abort(404)
        if form.claim():
            if form.version.data != str(question.version):
                raise OutOfDate
            form.write(question)
            question.version += 1
            _loosen(question, session.scalars(queries.of(event_id)).all())
            audit.record("event.questions_changed", event, organisation_id=event.organiser_id)


def _loosen(question: Question, others) -> None:
    """Let the questions that depend on an answer which is no more be asked of all."""
    codes = question.option_labels() if question.kind in WITH_OPTIONS else YES_NO if question.kind == "yes_no" else {}
    for one in others:
        if one.shown_if_question_id == question.id:
            one.shown_if_values = [value for value in one.shown_if_values if value in codes]
            one.shown_if_question_id = question.id if one.shown_if_values else None


def _earlier(question: Question) -> list[Question]:
    found = list(db.session.scalars(queries.of(question.event_id)))
    return found[:[one.id for one in found].index(question.id)]


@blueprint.post(f"{QUESTION}/remove")
def remove_question(question_id: int):
    """Take a question out, with the answers given to it; those that depended on it are asked of all."""
    event, _question = _find(question_id)
    event_id = event.id
    pressed()
    with write_tx() as session:
        event = held(session, event_id)
        for one in session.scalars(queries.of(event_id)):
            if one.shown_if_question_id == question_id:
                one.shown_if_question_id, one.shown_if_values = None, []
        session.flush()
        session.delete(session.get(Question, question_id) or abort(404))
        audit.record("event.questions_changed", event, organisation_id=event.organiser_id)
    flash(_("The question is removed."), "success")
    return go(url_for(".questions", event_id=event_id))


@blueprint.post(f"{QUESTION}/move")
def move_question(question_id: int):
    """Move a question up or down; never before one it depends on."""
    event, _question = _find(question_id)
    event_id, step = event.id, {"up": -1, "down": 1}.get(request.form.get("direction", ""))
    if step is None or not LibriForm().validate_on_submit():
        abort(422)
    with write_tx() as session:
        held(session, event_id)
        found = list(session.scalars(queries.of(event_id)))
        at = next((number for number, one in enumerate(found) if one.id == question_id), None)
        other = None if at is None or not 0 <= at + step < len(found) else found[at + step]
        if other is not None and question_id != other.shown_if_question_id and other.id != found[at].shown_if_question_id:
            found[at], found[at + step] = other, found[at]
        for number, one in enumerate(found, 1):
            one.position = number
    return go(url_for(".questions", event_id=event_id, _anchor=f"question-{question_id}"))
