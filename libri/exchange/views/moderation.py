"""Moderating one text: everything about it on one page; hide it, show it again, let a first text through (F13, F14)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import text
from ...db import db, write_tx
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import require
from .. import moderating, removing
from ..forms.moderation import HideForm, MoveForm, NoteForm, PinForm, ReasonForm
from ..models import Adoption, Practice, Reply, Report, Topic, WrongState
from ..moderating import Text
from ..queries import moderation as queries
from . import blueprint

KIND = "<any(reply, practice, adoption):kind>"
TEXT = f"/moderation/{KIND}/<int:number>"


def find(kind: str, number: int) -> tuple[Text, Topic | None]:
    """A text the reader may see, with its topic; else 404."""
    thing, topic = _look(kind, number)
    return (thing, topic) if _may_see(thing, topic) else abort(404)


def _may_see(thing: Text, topic: Topic | None) -> bool:
    if isinstance(thing, Adoption):
        practice = db.session.scalar(queries.practice(thing.practice_id))
        return g.can.see_adoption(thing) and g.can.see_practice(practice)
    return g.can.see_practice(thing) if isinstance(thing, Practice) else g.can.see_topic(topic) and g.can.see_reply(thing)


def office_finds(kind: str, number: int) -> tuple[Text, Topic | None]:
    """A text for moderators, with its topic."""
    require(g.can.moderate())
    return _look(kind, number)


def _look(kind: str, number: int) -> tuple[Text, Topic | None]:
    if kind != "reply":
        query = queries.practice if kind == "practice" else queries.adoption
        return db.session.scalar(query(number)) or abort(404), None
    row = db.session.execute(queries.reply(number)).first() or abort(404)
    return row.Reply, row.Topic


def words_of(thing: Text):
    """What a text says, for a page that shows it alone; what was told of trying a practice has its own parts."""
    return text.shown(thing.html) if isinstance(thing, Reply) else thing.original.summary if isinstance(thing, Practice) else ""


def case_page(thing: Text, topic: Topic | None, *, report: Report | None = None, status: int = 200, **forms):
    """Everything about one text on one page; `forms` are those with mistakes."""
    kind = thing.__tablename__
    if report is None:
        report = next((row.Report for row in db.session.execute(queries.reports_on(kind, thing.id)) if row.Report.status == "open"), None)
    shown = {
        "reason_form": ReasonForm.among_others(), "hide_form": HideForm.among_others(), "note_form": NoteForm.among_others(),
        "pin_form": PinForm.showing(topic.pinned_until if topic and topic.is_pinned else None),
        "move_form": MoveForm(formdata=None, category=topic.category if topic else None)} | forms
    return render(
        "exchange/moderate.html", thing=thing, kind=kind, topic=topic, report=report, about=moderating.named(thing),
        body=words_of(thing), is_hidden=moderating.is_hidden(thing), can_be_hidden=kind != "practice" or thing.status == "published",
        address=moderating.address_of(thing), reports=db.session.execute(queries.reports_on(kind, thing.id)).all(),
        notes=db.session.execute(queries.notes_on(kind, thing.id)).all(), actions=moderating.DEEDS,
        history=db.session.execute(queries.history_of(kind, thing.id, topic.id if topic else None)).all(), status=status, **shown)


@blueprint.get(TEXT)
def moderate(kind: str, number: int):
    """What can be done about a text, and what was."""
    thing, topic = office_finds(kind, number)
    visited(thing)
    return case_page(thing, topic)


@blueprint.post(f"{TEXT}/hide")
def hide(kind: str, number: int):
    """Hide a text; its author is told the reason. Earlier versions with personal data can go for good."""
    thing, topic = office_finds(kind, number)
    form = HideForm()
    if not form.validate_on_submit():
        return case_page(thing, topic, status=422, hide_form=form)
    with write_tx():
        thing, _topic = office_finds(kind, number)
        done = not moderating.is_hidden(thing) and _try(moderating.hide, thing, form.reason.data)
        if done and form.removes_versions.data and kind != "adoption":
            removing.remove_all(thing)
    _say(done, _("The text is hidden. Its author is told the reason."), form.reason.data)
    return go(url_for(".moderate", kind=kind, number=number))


@blueprint.post(f"{TEXT}/restore")
def restore(kind: str, number: int):
    """Show a hidden text again."""
    office_finds(kind, number)
    with write_tx():
        thing, _topic = office_finds(kind, number)
        done = moderating.is_hidden(thing) and _try(moderating.restore, thing)
    _say(done, _("The text is shown again. Its author is told."))
    return go(url_for(".moderate", kind=kind, number=number))


@blueprint.post("/moderation/reply/<int:number>/approve")
def approve(number: int):
    """Let a first text through."""
    office_finds("reply", number)
    with write_tx():
        reply, topic = office_finds("reply", number)
        done = _try(moderating.approve, topic, reply)
    _say(done, _("The text is shown now. Its author is told."))
    return go(url_for(".reports", show="waiting"))


@blueprint.post("/moderation/reply/<int:number>/refuse")
def refuse(number: int):
    """Do not show a first text, and say why."""
    reply, topic = office_finds("reply", number)
    form = ReasonForm()
    if not form.validate_on_submit():
        return case_page(reply, topic, status=422, reason_form=form)
    with write_tx():
        reply, topic = office_finds("reply", number)
        done = _try(moderating.refuse, topic, reply, form.reason.data)
    _say(done, _("The text is not shown. Its author is told the reason."), form.reason.data)
    return go(url_for(".reports", show="waiting"))


def _try(change, *given) -> bool:
    try:
        change(*given)
    except (WrongState, moderating.NotWaiting):
        return False
    return True


def _say(done: bool, words: str, reason: str = "") -> None:
    """Say what became of it; a reason that was written in vain is given back."""
    flash(words if done else _("Nothing changed. Somebody was faster, or this cannot be done now."), "success" if done else "info")
    if reason and not done:
        flash(_("You had written: “%(text)s”", text=reason), "info")


@blueprint.post("/moderation/first-texts")
def first_posts():
    """Let first texts of new members wait, or not."""
    require(g.can.moderate())
    on = request.form.get("on") == "1"
    with write_tx():
        moderating.let_first_posts_wait(on)
    flash(_("First texts of new members wait for you now.") if on else _("First texts of new members are shown at once now."), "success")
    return go(url_for(".reports", show="waiting"))


@blueprint.get(f"/texts/{KIND}/<int:number>")
def own_text(kind: str, number: int):
    """A text of my own that others do not see, with the reason."""
    thing, topic = find(kind, number)
    if thing.author_id != g.can.member_id:
        abort(404)
    visited(thing)
    return render("exchange/own_text.html", thing=thing, topic=topic, about=moderating.named(thing), is_hidden=moderating.is_hidden(thing),
                  kind=kind, body=words_of(thing), address=moderating.address_of(thing))
