"""My data: what is kept on me and my rights, everything as one file, closing the account (X27, X28)."""

from __future__ import annotations

from flask import flash, g, send_file, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from ... import audit, files, throttle
from ...db import db, now, write_tx
from ...pages import go, render
from ...permissions import NOBODY
from .. import leaving
from .. import my_data as files_of_mine
from ..forms.profile import CloseForm
from ..gate import fresh
from ..models import Member
from ..models.members import LastCoordinator
from . import blueprint
from .people import still_last


@blueprint.get("/me/data")
def my_data():
    """What is kept on me, and what I can do about it."""
    return render("members/my_data.html", is_fresh=g.sign_in.is_fresh)


@blueprint.get("/me/data/download")
@fresh
def download():
    """Everything kept on me, as a ZIP (P3)."""
    throttle.check("export.member", str(current_user.id))
    content = files_of_mine.archive(current_user)
    with write_tx():
        throttle.count("export.member", str(current_user.id))
        audit.record("my_data.downloaded")
    response = send_file(content, "application/zip", as_attachment=True, download_name=f"libri-{now().date().isoformat()}.zip")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/me/close", methods=["GET", "POST"])
@fresh
def close():
    """Close one's account for good, after typing its address."""
    form = CloseForm()
    if not form.validate_on_submit():
        return render("members/close.html", form=form, status=422 if form.is_submitted() else 200)
    if form.address.data.casefold() != current_user.email:
        form.address.errors = [_("This is not the address of your account.")]
        return render("members/close.html", form=form, status=422)
    try:
        with write_tx():
            gone = leaving.close(db.session.get_one(Member, current_user.id))
    except LastCoordinator:
        form.address.errors = [still_last()]
        return render("members/close.html", form=form, status=422)
    files.forget(gone)
    _sign_out()
    flash(_("Your account is closed. What you wrote for the network stays under “former member”."), "success")
    response = go(url_for("home.index"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _sign_out() -> None:
    """The session's row is gone with the account; the cookie forgets the rest but the language."""
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language
    g.can, g.sign_in = NOBODY, None
