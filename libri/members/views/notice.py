"""Reading the privacy notice: asked once for each version (X4)."""

from __future__ import annotations

from flask import request
from flask_login import current_user

from ... import audit
from ...config import NOTICE_VERSION
from ...db import db, write_tx
from ...pages import go, render, safe_next
from ..forms.signing_in import NoticeForm
from ..models import Member
from . import blueprint


@blueprint.route("/me/notice", methods=["GET", "POST"])
def read_notice():
    """Show the present notice and note that it was read."""
    form = NoticeForm(next=safe_next(request.args.get("next"), "/"))
    if not form.validate_on_submit():
        return render("members/read_notice.html", form=form, status=422 if form.is_submitted() else 200)
    with write_tx():
        member = db.session.get_one(Member, current_user.id)
        member.read_notice(NOTICE_VERSION)
        audit.record("notice.read", member, version=NOTICE_VERSION)
    return go(safe_next(form.next.data, "/"))
