"""The list of notices."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import paging
from ...db import db, write_tx
from ...pages import go, render
from .. import queries
from ..models import mark_all_read
from . import blueprint


@blueprint.get("")
def index():
    """What I was told: first what is new to me, then the rest, the latest first."""
    after, in_read = paging.number("after"), "read" in request.args
    found = db.session.scalars(queries.notices_of(current_user.id, after, in_read)).all()
    shown = found[:queries.ROWS]
    next_url = None
    if len(found) > len(shown):
        last = shown[-1]
        next_url = url_for(".index", after=last.id, **({"read": 1} if last.read_at else {}))
    return render("notices/index.html", notices=shown, names=queries.names_of(shown), next_url=next_url,
                  previous_url=url_for(".index") if after is not None else None)


@blueprint.post("/read")
def read_all():
    """Mark everything as read."""
    with write_tx():
        mark_all_read(current_user.id)
    flash(_("All notices are marked as read."), "success")
    return go(url_for(".index"))
