"""Translating a practice: the original beside each field, a machine's suggestions, two translators at once (N8, F17)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import machine, paging
from ...db import OutOfDate, db, write_tx
from ...i18n import language_name
from ...notices.reading import visited
from ...pages import error_page, go, render
from ...permissions import require
from ...vocabularies import WRITTEN_LANGUAGES
from .. import terms, translating
from ..forms.translating import TranslationForm, form_for, part_of
from ..models import Practice, PracticeText, PracticeVersion
from ..queries import practices as queries
from ..words import ORIGINS, SECTIONS
from . import blueprint
from .practice import PRACTICE, find

TRANSLATE = f"{PRACTICE}/translate/<language>"


def find_for(practice_id: int, language: str) -> Practice:
    """The practice, or 404 when it cannot be seen or has no translation into this language by its nature."""
    practice = find(practice_id)
    if language not in WRITTEN_LANGUAGES or language == practice.original_language:
        abort(404)
    return practice


def not_written(language: str):
    """Answer somebody who has not said that they write this language."""
    words = _("You can translate into languages you write. Add this one to your profile: %(language)s.", language=language_name(language))
    return error_page(403, words, way_on=[(_("My profile"), url_for("members.profile"))])


@blueprint.route(TRANSLATE, methods=["GET", "POST"])
def translate(practice_id: int, language: str):
    """Translate a practice, or change its translation."""
    practice = find_for(practice_id, language)
    require(g.can.translate_practice(practice))
    if not g.can.translate_into(practice, language, current_user):
        return not_written(language)
    visited(practice)
    form = form_for(practice, language, translating.in_language(practice, language))
    if "suggest" in request.form:
        return _suggest(form, practice, language)
    if not form.validate_on_submit():
        return _page(form, practice, language, status=422 if form.is_submitted() else 200)
    try:
        is_first = _save(form, practice_id, language)
    except OutOfDate:
        return _conflict(form, find_for(practice_id, language), language)
    flash(_("Thank you. The translation is there for everyone.") if is_first else _("The translation is saved."), "success")
    return go(url_for(".practice", practice_id=practice_id, **{"in": language}))


def _save(form: TranslationForm, practice_id: int, language: str) -> bool:
    with write_tx() as session:
        practice = session.scalar(queries.one(practice_id).with_for_update(of=Practice))
        require(practice is not None and g.can.translate_into(practice, language, current_user))
        if not form.claim():
            return False
        return translating.save(practice, language, form.values(), int(form.version.data), int(form.number.data), bool(form.suggested))


def _page(form: TranslationForm, practice: Practice, language: str, conflicts: list[dict] | None = None, status: int = 200):
    text = translating.in_language(practice, language)
    return render(
        "exchange/translate.html", form=form, practice=practice, language=language, text=text, conflicts=conflicts,
        changes=translating.changed_since(practice, text), is_behind=bool(text and text.is_behind(practice)), sections=SECTIONS,
        has_machine=translating.has_machine(), origins=ORIGINS, status=status,
        terms=terms.beside(practice.original_language, language),
        trail=[(_("Experience"), url_for(".practices")), (_("The practice"), url_for(".practice", practice_id=practice.id))])


def _suggest(form: TranslationForm, practice: Practice, language: str):
    """Fill the empty fields with what a machine suggests; whatever happens, what was typed stays."""
    practice_id, empty = practice.id, [pair for pair in form.pairs if pair.original and not pair.field.data]
    try:
        form.fill(empty, translating.suggestions([pair.original for pair in empty], practice.original_language, language))
    except machine.Unavailable:
        flash(_("The machine gave no answer. Your text is as it was. Try later, or translate by hand."), "error")
    else:
        flash(_("Suggestions stand in the fields that were empty. Check them before you save.") if empty
              else _("No field is empty, so there is nothing to suggest."), "info")
    return _page(form, find_for(practice_id, language), language)


def _conflict(form: TranslationForm, practice: Practice, language: str):
    """Somebody else saved meanwhile: theirs beside mine; where only they changed something, theirs is taken into the field."""
    text = translating.in_language(practice, language)
    before = db.session.scalar(db.select(PracticeVersion.fields).filter_by(
        practice_id=practice.id, language=language, number=int(form.version.data))) or {}
    saved, conflicts = text.fields() if text else {}, []
    for pair in form.pairs:
        theirs, mine = part_of(saved, pair.name), pair.field.data or ""
        if mine == theirs:
            continue
        untouched = mine == part_of(before, pair.name)
        if untouched:
            pair.field.data = theirs
        conflicts.append({"label": pair.field.label.text, "theirs": theirs, "mine": None if untouched else mine, "lang": language})
    form.version.data = str(text.version if text else 0)
    return _page(form, practice, language, conflicts, 409)


@blueprint.post(f"{PRACTICE}/translated/<language>")
def translate_by_machine(practice_id: int, language: str):
    """Let a machine translate the whole text for reading; a page that asks by itself is not told of troubles (F17)."""
    practice = find_for(practice_id, language)
    require(g.can.translate_practice(practice))
    try:
        translating.ask_machine(practice, language)
    except machine.Unavailable:
        if "by_itself" in request.form:
            return "", 204
        flash(_("The machine gave no answer. Try again later."), "error")
        return go(url_for(".practice", practice_id=practice_id))
    return go(url_for(".practice", practice_id=practice_id, translated=language))


@blueprint.post(f"{TRANSLATE}/still-right")
def keep_translation(practice_id: int, language: str):
    """Say that a translation needs no change for the present original."""
    practice = find_for(practice_id, language)
    require(g.can.translate_practice(practice))
    if not g.can.translate_into(practice, language, current_user):
        return not_written(language)
    number = paging.number("number", request.form)
    if translating.in_language(practice, language) is None or number is None:
        abort(422)
    with write_tx() as session:
        practice = session.scalars(queries.one(practice_id).with_for_update(of=Practice)).one()
        text: PracticeText = translating.in_language(practice, language) or abort(404)
        translating.still_right(text, practice, number)
    flash(_("Noted: the translation still says what the original says."), "success")
    return go(url_for(".practice", practice_id=practice_id, **{"in": language}))
