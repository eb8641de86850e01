"""Removing one earlier version of a text that holds what must go, such as personal data; the text itself stays (F19)."""

from __future__ import annotations

from flask import abort, flash, url_for
from flask_babel import gettext as _

from ... import text
from ...db import db, write_tx
from ...pages import go, render
from .. import comparing, moderating, removing
from ..forms.moderation import ReasonForm
from ..models import PracticeVersion, ReplyVersion
from ..queries import moderation as queries
from ..words import SECTIONS
from . import blueprint
from .moderation import office_finds


def _find(kind: str, number: int, version_id: int, inside: bool = False) -> ReplyVersion | PracticeVersion:
    """An earlier version of this text, or 404; `inside` write_tx() it is held."""
    query = queries.version(kind, number, version_id)
    return db.session.scalar(query.with_for_update() if inside else query) or abort(404)


@blueprint.route("/moderation/<any(reply, practice):kind>/<int:number>/versions/<int:version_id>", methods=["GET", "POST"])
def remove_version(kind: str, number: int, version_id: int):
    """Read an earlier version once more, and remove it for good; its author is told the reason."""
    thing, _topic = office_finds(kind, number)
    version, form = _find(kind, number, version_id), ReasonForm()
    if version.is_removed or not form.validate_on_submit():
        return _page(thing, version, form, 422 if form.is_submitted() and not version.is_removed else 200)
    try:
        with write_tx():
            thing, _topic = office_finds(kind, number)
            removing.remove(thing, _find(kind, number, version_id, inside=True), form.reason.data)
            back = removing.history_of(thing)
    except removing.Gone:
        return go(url_for(".remove_version", kind=kind, number=number, version_id=version_id))
    flash(_("The earlier version is removed. Its author is told the reason."), "success")
    return go(back)


def _page(thing, version: ReplyVersion | PracticeVersion, form: ReasonForm, status: int):
    if isinstance(version, ReplyVersion):
        language, words = thing.language, [(None, text.shown(text.render(version.body)))]
    else:
        language, words = version.language, [(SECTIONS[name], comparing.plain(said)) for name, said in version.fields.items() if said]
    return render("exchange/remove_version.html", thing=thing, version=version, form=form, language=language, words=words,
                  kind=thing.__tablename__, about=moderating.named(thing), back=removing.history_of(thing), status=status)
