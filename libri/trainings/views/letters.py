"""Letters to a chosen group of an event: written, read in every language, changed, dropped, and only then sent (E32)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from ... import emails, paging
from ...db import db, now, write_tx
from ...i18n import LANGUAGES
from ...pages import go, render
from .. import reaching, reading, writing
from ..forms.letters import LetterForm, NewLetterForm, form_for
from ..models import Event, HeldLetter
from . import blueprint
from .check_in import managed

LETTERS = "/trainings/<int:event_id>/letters"
LETTER = f"{LETTERS}/<int:letter_id>"
MOST_SHOWN = 500


def find(event_id: int, letter_id: int) -> tuple[Event, HeldLetter]:
    """A letter of an event one organises."""
    event = managed(event_id)
    letter = db.session.scalar(select(HeldLetter).where(HeldLetter.id == letter_id, HeldLetter.event_id == event_id)) or abort(404)
    return event, letter


def _held(event_id: int, letter_id: int) -> tuple[Event, HeldLetter]:
    """The same inside write_tx(), locked; 409 when it is no longer held."""
    letter = db.session.scalar(select(HeldLetter).where(HeldLetter.id == letter_id, HeldLetter.event_id == event_id).with_for_update()) or abort(404)
    if letter.status != "held":
        abort(409)
    return db.session.scalars(reaching.whole_event(event_id)).one(), letter


@blueprint.get(LETTERS)
def letters(event_id: int):
    """Letters to the people of an event: those that wait to be read, then those sent or dropped."""
    event = managed(event_id)
    found = db.session.scalars(select(HeldLetter).where(HeldLetter.event_id == event_id)
                               .order_by(HeldLetter.status != "held", HeldLetter.id.desc()).limit(100)).all()
    return render("trainings/letters.html", event=event, letters=found, groups=writing.GROUPS, parts=reading.parts_of(event))


@blueprint.route(f"{LETTERS}/new", methods=["GET", "POST"])
def new_letter(event_id: int):
    """Write a letter; it is laid into the outbox and waits there."""
    event = managed(event_id)
    form = form_for(NewLetterForm)
    if not form.validate_on_submit():
        return _form("letter_new", form, event, status=422 if form.is_submitted() else 200)
    with write_tx():
        event = db.session.scalars(reaching.whole_event(event_id).with_for_update(of=Event)).one()
        if not form.claim():
            return go(form.first_location(url_for(".letters", event_id=event_id)))
        letter = HeldLetter(event_id=event_id, states=form.groups.data, written_by_id=g.can.member_id, created_at=now())
        form.write(letter)
        number = writing.hold(event, letter)
        location = form.led_to(url_for(".letter", event_id=event_id, letter_id=letter.id))
    flash(ngettext("%(num)s letter waits in the outbox. Read it, then send it.", "%(num)s letters wait in the outbox. Read them, then send them.",
                   number), "info")
    return go(location)


@blueprint.get(LETTER)
def letter(event_id: int, letter_id: int):
    """What the letter says in each language its readers get, and who they are."""
    event, letter = find(event_id, letter_id)
    rows = db.session.scalars(writing.held_rows(letter).limit(MOST_SHOWN + 1)).all() if letter.status == "held" else []
    drawn = {}
    for row in rows:
        key = (row.language, row.values["words_language"])
        if key not in drawn:
            subject, text, _html = emails.render(row, secret=False)
            drawn[key] = (" ".join(subject.split()), text.strip(), sum((one.language, one.values["words_language"]) == key for one in rows))
    return render("trainings/letter.html", event=event, letter=letter, rows=rows[:MOST_SHOWN], drawn=drawn, groups=writing.GROUPS,
                  is_cut=len(rows) > MOST_SHOWN)


@blueprint.route(f"{LETTER}/edit", methods=["GET", "POST"])
def edit_letter(event_id: int, letter_id: int):
    """Change the words while nothing has left."""
    event, letter = find(event_id, letter_id)
    if letter.status != "held":
        abort(409)
    form = form_for(LetterForm, letter)
    if not form.validate_on_submit():
        return _form("letter_edit", form, event, letter=letter, status=422 if form.is_submitted() else 200)
    with write_tx():
        event, letter = _held(event_id, letter_id)
        is_newest = form.version.data == str(letter.version)
        if is_newest and form.claim():
            form.write(letter)
            writing.rewrite(event, letter)
    if not is_newest:
        return _compare(event_id, letter_id, form)
    flash(_("The letter is changed. Nothing has been sent."), "success")
    return go(url_for(".letter", event_id=event_id, letter_id=letter_id))


def _compare(event_id: int, letter_id: int, form: LetterForm):
    event, letter = find(event_id, letter_id)
    form.version.data = str(letter.version)
    rows = [{"label": field.label.text, "theirs": kept.get(code, ""), "mine": field.data or "–", "lang": code}
            for code, pair in form.pairs().items() for field, kept in zip(pair, (letter.subject, letter.body), strict=True)
            if kept.get(code, "") != (field.data or "")]
    return _form("letter_edit", form, event, letter=letter, conflicts=rows, status=409)


def _form(template: str, form: LetterForm, event: Event, status: int, letter: HeldLetter | None = None, conflicts=None):
    written = [code for code, (subject, body) in form.pairs().items() if subject.data or body.data or subject.errors or body.errors]
    first = written or [code for code in event.languages if code in LANGUAGES][:1] or ["lv"]
    return render(f"trainings/{template}.html", form=form, event=event, letter=letter, conflicts=conflicts, open_codes=first, status=status)


@blueprint.post(f"{LETTER}/send")
def send_letter(event_id: int, letter_id: int):
    """Let the letters go."""
    find(event_id, letter_id)
    with write_tx():
        event, letter = _held(event_id, letter_id)
        number = writing.send(event, letter)
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", number), "success")
    return go(url_for(".letter", event_id=event_id, letter_id=letter_id))


@blueprint.post(f"{LETTER}/drop")
def drop_letter(event_id: int, letter_id: int):
    """Throw the letter away, or only that to one person."""
    find(event_id, letter_id)
    one = paging.number("one", request.form)
    with write_tx():
        event, letter = _held(event_id, letter_id)
        if one:
            writing.drop_one(letter, one)
        else:
            writing.drop(event, letter)
    flash(_("This person will not get the letter.") if one else _("The letter is dropped. Nothing was sent."), "success")
    return go(url_for(".letter", event_id=event_id, letter_id=letter_id) if one else url_for(".letters", event_id=event_id))
