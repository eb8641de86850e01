"""A text of a discussion in another language: "translate" asks a machine once for everyone, a person can write it by hand (F17, F18)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import machine, text
from ...db import OutOfDate, db, write_tx
from ...pages import go, render
from ...permissions import require
from ...vocabularies import WRITTEN_LANGUAGES
from .. import posting, reply_translating, telling, terms, translating
from ..forms.translating import ReplyTranslationForm, reply_form
from ..models import Reply, Topic
from ..queries import translating as queries
from . import blueprint
from .replies import REPLY, find_reply
from .translating import not_written


def find_for(reply_id: int, language: str, inside: bool = False) -> tuple[Reply, Topic]:
    """A text and its topic, or 404 when it cannot be seen or is in this language already."""
    one, topic = find_reply(reply_id, inside=inside)
    if language not in WRITTEN_LANGUAGES or language == one.language:
        abort(404)
    require(g.can.read_network() and one.is_shown and not one.is_waiting)
    return one, topic


@blueprint.post(f"{REPLY}/translate/<language>")
def translate_reply(reply_id: int, language: str):
    """Bring the translation that is there, or ask a machine for it; a page that asks by itself is not told of troubles."""
    one, topic = find_for(reply_id, language)
    back = url_for(".topic", topic_id=topic.id, at=one.number or None, translated=one.id, _anchor=f"reply-{one.id}")
    source, version = one.language, one.version
    present = db.session.scalar(queries.of_reply(reply_id, language))
    if present is not None and (present.origin == "human" or present.of_version >= version):
        return go(back)
    words = {"body": one.body} if one.number else {"title": topic.title, "body": one.body}
    try:
        words = dict(zip(words, translating.suggestions(list(words.values()), source, language), strict=True))
    except machine.Unavailable:
        if "by_itself" in request.form:
            return "", 204
        flash(_("The machine gave no answer. Try again later."), "error")
        return go(back)
    words |= {"title": words.get("title", "")[:200]}
    html = text.render(words["body"])
    with write_tx():
        one, topic = find_for(reply_id, language, inside=True)
        reply_translating.keep_machines(one, language, words, html, version)
    return go(back)


@blueprint.route(f"{REPLY}/translation/<language>", methods=["GET", "POST"])
def reply_translation(reply_id: int, language: str):
    """Write a translation by hand, or change one."""
    one, topic = find_for(reply_id, language)
    if language not in current_user.writes:
        return not_written(language)
    present = db.session.scalar(queries.of_reply(reply_id, language))
    form = reply_form(one, language, present, reply_translating.stamp(present))
    back = telling.address_of(topic, one)
    if not form.validate_on_submit():
        return _page(form, one, topic, language, 422 if form.is_submitted() else 200)
    body, html = posting.prepare(form.body.data)
    try:
        _save(form, reply_id, language, body, html)
    except OutOfDate:
        return _conflict(form, reply_id, language)
    flash(_("Thank you. The translation is there for everyone."), "success")
    return go(back)


def _save(form: ReplyTranslationForm, reply_id: int, language: str, body: str, html: str) -> None:
    words = {"title": form.title.data if "title" in form else "", "body": body}
    with write_tx():
        one, topic = find_for(reply_id, language, inside=True)
        if form.claim():
            reply_translating.keep_persons(topic, one, language, words, html, form.seen.data)


def _conflict(form: ReplyTranslationForm, reply_id: int, language: str):
    """Somebody else's translation was saved meanwhile: it stands beside, one's own stays in the field."""
    one, topic = find_for(reply_id, language)
    present = db.session.scalar(queries.of_reply(reply_id, language))
    form.seen.data = reply_translating.stamp(present)
    fields = [(form.body, present.body if present else "")] + ([(form.title, present.title if present else "")] if "title" in form else [])
    conflicts = [{"label": field.label.text, "theirs": theirs, "mine": field.data, "lang": language}
                 for field, theirs in fields if field.data != theirs]
    return _page(form, one, topic, language, 409, conflicts)


def _page(form: ReplyTranslationForm, one: Reply, topic: Topic, language: str, status: int, conflicts: list[dict] | None = None):
    back = telling.address_of(topic, one)
    return render(
        "exchange/reply_translation.html", form=form, reply=one, topic=topic, language=language, conflicts=conflicts, back=back,
        terms=terms.beside(one.language, language), html=text.shown(one.html),
        trail=[(_("Discussions"), url_for(".topics")), (_("The discussion"), back)], status=status)
