"""One text of a topic: writing a reply, previewing, editing with history, thanks, the accepted answer."""

from __future__ import annotations

from flask import abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from werkzeug.exceptions import TooManyRequests

from ... import audit, text, throttle
from ...db import OutOfDate, db, insert_into, now, write_tx
from ...i18n import language_name
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import require
from ...vocabularies import THEMES
from .. import comparing, limits, posting, telling
from ..forms.discussions import EditForm, ReplyForm
from ..models import Locked, Reply, Thanks, Topic
from ..queries import replies as queries
from . import blueprint
from .topic import TOPIC, find, page

REPLY = "/replies/<int:reply_id>"


def find_reply(reply_id: int, inside: bool = False) -> tuple[Reply, Topic]:
    """A text and its topic, or 404 for whoever may not see it; `inside` write_tx() both are held."""
    query = queries.reply(reply_id)
    row = db.session.execute(query.with_for_update(of=(Reply, Topic)) if inside else query).first()
    if row is None or not g.can.see_topic(row.Topic) or not g.can.see_reply(row.Reply):
        abort(404)
    return row.Reply, row.Topic


@blueprint.post(TOPIC)
def reply(topic_id: int):
    """Write a reply, or look at its preview."""
    seen = find(topic_id)
    form = ReplyForm(seen.topic.language)
    if not g.can.write_in(seen.topic):
        return _locked(topic_id, form)
    if "preview" in request.form:
        return page(seen, form, seen.topic.last_number, preview=text.shown(posting.prepare(form.body.data or "")[1]))
    if not form.validate_on_submit():
        return page(seen, form, seen.topic.last_number, status=422)
    try:
        return go(_write(topic_id, form))
    except Locked:
        return _locked(topic_id, form)
    except TooManyRequests as wait:
        seen = find(topic_id)
        return limits.answer(form.body, wait, lambda: page(seen, form, seen.topic.last_number, status=429))


def _locked(topic_id: int, form: ReplyForm):
    """Answer a reply to a topic that takes none any more: what was typed stands on its page, to be taken along (R9)."""
    require(bool(form.body.data))
    seen = find(topic_id)
    return page(seen, form, seen.topic.last_number, status=403)


def _write(topic_id: int, form: ReplyForm) -> str:
    """Keep the reply once, however often the button was pressed; return its address. Raises Locked."""
    body, html = posting.prepare(form.body.data)
    with write_tx():
        topic = posting.locked(topic_id) or abort(404)
        if not form.claim():
            return form.first_location(url_for(".first_unread", topic_id=topic_id))
        limits.spend("post")
        new = posting.write_reply(topic, g.can.member_id, body, html, form.language.data, form.quoted)
        address, waits = form.led_to(telling.address_of(topic, new)), new.is_waiting
    if waits:
        flash(_("Your text waits until a moderator has read it."), "info")
    return address


@blueprint.post("/discussions/preview")
def preview():
    """A text as it will look: the field `body` drawn as it is when saved."""
    body = request.form.get("body", "")
    if len(body) > text.LONGEST:
        abort(413)
    throttle.take("preview.member", str(g.can.member_id))
    html = text.shown(posting.prepare(body)[1])
    return render_template("exchange/_preview.html", preview=html, language=request.form.get("language", "")[:8])


@blueprint.route(f"{REPLY}/edit", methods=["GET", "POST"])
def edit_reply(reply_id: int):
    """Change one's own text; the opening one with the title and themes of its topic. Two who edit both keep theirs (R6)."""
    one, topic = find_reply(reply_id)
    require(g.can.edit_reply(one))
    form = EditForm(opens=one.number == 0, body=one.body, language=one.language, version=posting.stamp(topic, one), title=topic.title,
                    themes=topic.themes)
    if "preview" in request.form or not form.validate_on_submit():
        return _edit_page(form, one, topic, 422 if form.is_submitted() and "preview" not in request.form else 200)
    body, html = posting.prepare(form.body.data)
    try:
        address = _save(reply_id, form, body, html)
    except OutOfDate:
        one, topic = find_reply(reply_id)
        form.version.data = posting.stamp(topic, one)
        return _edit_page(form, one, topic, 409)
    flash(_("Your text is saved."), "success")
    return go(address)


def _save(reply_id: int, form: EditForm, body: str, html: str) -> str:
    with write_tx():
        one, topic = find_reply(reply_id, inside=True)
        require(g.can.edit_reply(one))
        if form.claim():
            before = one.body
            posting.change(topic, one, body, html, form.language.data, "".join(form.version.raw_data or ()))
            if one.number == 0:
                one.version += topic.title != form.title.data and one.body == before  # a translation of the title is older now, too
                given = (form.title.data, form.themes.data or [], form.language.data)
                topic.version += given != (topic.title, topic.themes, topic.language)
                topic.title, topic.themes, topic.language = given
        return telling.address_of(topic, one)


def _edit_page(form: EditForm, one: Reply, topic: Topic, status: int):
    shown = text.shown(posting.prepare(form.body.data or "")[1]) if "preview" in request.form else None
    conflicts = _conflicts(form, one, topic) if status == 409 else None
    return render("exchange/edit_reply.html", form=form, reply=one, topic=topic, preview=shown, conflicts=conflicts, status=status,
                  back=telling.address_of(topic, one))


def _conflicts(form: EditForm, one: Reply, topic: Topic) -> list[dict]:
    """What the other person saved beside what this one typed, where they differ."""
    saved = {"title": topic.title, "body": one.body, "language": one.language, "themes": topic.themes or []}
    words = {"language": language_name, "themes": lambda codes: ", ".join(str(THEMES.get(code, code)) for code in codes or ())}
    rows = []
    for name, theirs in saved.items():
        if name in form and form[name].data != theirs:
            say, lang = words.get(name, str), "" if name in words else one.language
            rows.append({"label": form[name].label.text, "theirs": say(theirs), "mine": say(form[name].data), "lang": lang})
    return rows


@blueprint.get(f"{REPLY}/history")
def reply_history(reply_id: int):
    """What a text said before each edit, compared with what it said after (F19)."""
    one, topic = find_reply(reply_id)
    visited(one)
    after, changes = one.body, []
    for version, remover in db.session.execute(queries.versions(reply_id)):
        changes.append((version, None if version.is_removed else comparing.marked(version.body, after), remover))
        after = after if version.is_removed else version.body
    return render("exchange/reply_history.html", reply=one, topic=topic, changes=changes, back=telling.address_of(topic, one),
                  may_know=g.can.edit_reply(one))


@blueprint.post(f"{REPLY}/thanks")
def thank(reply_id: int):
    """Thank for a text, or take the thanks back; one's own text cannot be thanked for."""
    one, topic = find_reply(reply_id)
    require(one.author_id != g.can.member_id)
    address = telling.address_of(topic, one)
    with write_tx():
        one, topic = find_reply(reply_id, inside=True)
        limits.spend("thanks")
        if not _take_back(reply_id):
            db.session.execute(insert_into(Thanks).values(reply_id=reply_id, member_id=g.can.member_id, at=now()).on_conflict_do_nothing())
            telling.thanked(topic, one, g.can.member_id)
        count = select(func.count()).select_from(Thanks).where(Thanks.reply_id == reply_id).scalar_subquery()
        db.session.execute(update(Reply).where(Reply.id == reply_id).values(thanks_count=count))
    return go(address)


def _take_back(reply_id: int) -> int:
    return db.session.execute(delete(Thanks).where(Thanks.reply_id == reply_id, Thanks.member_id == g.can.member_id)).rowcount


@blueprint.post(f"{REPLY}/accept")
def accept(reply_id: int):
    """Mark a reply as the answer, or take that back: for who asked, and the office."""
    one, topic = find_reply(reply_id)
    require(g.can.accept_answer(topic))
    with write_tx():
        one, topic = find_reply(reply_id, inside=True)
        if one.number == 0 or not one.is_shown or one.is_waiting:
            abort(422)
        is_new = topic.accepted_number != one.number
        if is_new:
            topic.accept(one.number)
            telling.accepted(topic, one, g.can.member_id)
        else:
            topic.take_back_answer()
        audit.record("answer.accepted" if is_new else "answer.taken_back", one)
        address = telling.address_of(topic, one)
    flash(_("This reply is marked as the answer.") if is_new else _("The reply is no longer marked as the answer."), "success")
    return go(address)
