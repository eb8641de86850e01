"""Following and muting topics, practices, themes and organisations (F4, F5)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import paging
from ...db import db, write_tx
from ...members.models import Organisation
from ...pages import go, render, safe_next
from ...vocabularies import THEMES
from .. import following as choices
from ..models import Topic
from ..queries import following as queries
from ..queries import practices
from . import blueprint


@blueprint.post("/notices/following")
def follow():
    """Follow a thing, mute it, or neither; the page it was pressed on comes again."""
    kind, key, level = (request.form.get(name, "") for name in ("kind", "key", "level"))
    if level not in choices.LEVELS:
        abort(400)
    if level != "none" and not _is_seen(kind, key):
        abort(404)
    with write_tx():
        choices.set_level(g.can.member_id, kind, key, level)
    flash({"follow": _("You follow this now. You will be told of news."), "mute": _("This is muted. You will not be told of news."),
           "none": _("You no longer follow this.")}[level], "success")
    return go(safe_next(request.form.get("next"), url_for(".following")))


def _is_seen(kind: str, key: str) -> bool:
    """Whether there is such a thing for the reader."""
    if kind == "theme":
        return key in THEMES
    number = paging.whole(key)
    if number is None:
        return False
    if kind == "topic":
        topic = db.session.get(Topic, number)
        return topic is not None and g.can.see_topic(topic)
    if kind == "practice":
        practice = db.session.scalar(practices.one(number))
        return practice is not None and g.can.see_practice(practice)
    organisation = db.session.get(Organisation, number) if kind == "organisation" else None
    return organisation is not None and g.can.see_organisation(organisation)


@blueprint.get("/notices/following")
def following():
    """What I follow and have muted; themes to choose from."""
    after = paging.number("after")
    found = db.session.scalars(queries.of_member(g.can.member_id, after)).all()
    shown = found[:queries.ROWS]
    return render("exchange/following.html", follows=shown, names=queries.names(shown), themes=THEMES,
                  levels=choices.levels_of_themes(g.can.member_id),
                  next_url=url_for(".following", after=shown[-1].id) if len(found) > len(shown) else None,
                  previous_url=url_for(".following") if after is not None else None)


@blueprint.app_template_global()
def following_level(kind: str, key: int) -> str:
    """What the reader has chosen for a thing, for pages of features below this one; one question to the database."""
    return choices.level_of(g.can.member_id, kind, key)
