"""The link in every letter about notices: one press stops them, signed in or not (X12, RFC 8058)."""

from __future__ import annotations

from flask import request, url_for

from ... import audit, tickets
from ...db import db, write_tx
from ...members.models import Member
from ...pages import csrf, go, render
from ...permissions import public
from ..models import stop_letters
from . import blueprint


@blueprint.route("/stop/<token>", methods=["GET", "POST"])
@public
@csrf.exempt  # a mail program presses it without any cookie; the signed link is the proof, and it can only stop letters
def stop(token: str):
    """Ask, then stop; a mail program that asks in one click gets its answer without a redirect."""
    member_id = tickets.lasting_subject("stop_notices", token)
    member = db.session.get(Member, member_id) if member_id else None
    if member is None or member.status == "closed":
        return _page("unknown", token, 410)
    if request.method == "POST":
        _stop(member.id)
        if request.form.get("List-Unsubscribe") != "One-Click":
            return go(url_for(".stop", token=token))
    return _page("stopped" if db.session.get_one(Member, member_id).notices == "never" else "ask", token)


def _page(step: str, token: str, status: int = 200):
    response = render("notices/stop.html", step=step, token=token, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _stop(member_id: int) -> None:
    with write_tx() as session:
        member = session.get_one(Member, member_id, with_for_update=True)
        if member.notices != "never":
            stop_letters(member)
            audit.record("notices.stopped", member, member_id=member.id, by="link")
