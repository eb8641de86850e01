"""One's own profile, picture and memberships."""

from __future__ import annotations

from flask import abort, flash, g, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, files, throttle
from ...db import db, write_tx
from ...forms import LibriForm
from ...pages import go, render
from ...permissions import require
from ...vocabularies import NOTICE_CHOICES, ROLES, THEMES
from .. import leaving, naming, pictures
from ..forms.profile import PictureForm, ProfileForm
from ..models import Member
from ..models.members import LastCoordinator
from ..queries import people as queries
from . import blueprint
from .people import ID, still_last


@blueprint.route("/me", methods=["GET", "POST"])
def profile():
    """Name, function, languages, time zone, themes, news."""
    form = ProfileForm(obj=current_user)
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    with write_tx():
        member = db.session.get_one(Member, current_user.id, with_for_update=True)
        is_newest = form.version.data == str(member.version)
        if is_newest:
            before = member.name
            for name, value in form.values().items():
                setattr(member, name, value)
            member.version += 1
            audit.record("profile.changed", member)
            if member.name != before:
                naming.named(member)
    if not is_newest:
        return _page(form, 409)
    session["language"] = form.language.data
    flash(_("Your profile is saved."), "success")
    return go(url_for("members.profile"))


def _page(form: ProfileForm, status: int, picture_form: PictureForm | None = None):
    places = db.session.scalars(queries.places_of(current_user.id)).all()
    theirs = current_user if status == 409 else None
    if theirs is not None:
        form.version.data = str(theirs.version)
    return render("members/profile.html", form=form, picture_form=picture_form or PictureForm(formdata=None), places=places,
                  theirs=theirs, roles=ROLES, themes=THEMES, notice_choices=NOTICE_CHOICES, status=status)


@blueprint.post("/me/picture")
def change_picture():
    """Show another picture: cut square, made small, emptied of what the camera wrote into it."""
    form = PictureForm()
    throttle.check("picture.member", str(current_user.id))
    taken = _taken(form)
    if taken is None:
        return _page(ProfileForm(formdata=None, obj=current_user), 422, form)
    _show_picture(taken)
    flash(_("Your picture is changed."), "success")
    return go(url_for("members.profile"))


def _taken(form: PictureForm) -> files.Taken | None:
    if not form.picture.data:
        form.picture.errors = [_("Choose a picture first.")]
        return None
    try:
        return pictures.take(form.picture.data, current_user.id)
    except files.NotTaken as wrong:
        form.picture.errors = [wrong.sentence]
    return None


def _show_picture(taken: files.Taken | None) -> None:
    """Put the taken picture beside the reader's own name; the file of the one before goes."""
    with write_tx():
        throttle.count("picture.member", str(current_user.id))
        member = db.session.get_one(Member, current_user.id, with_for_update=True)
        gone = pictures.show(member, taken)
        audit.record("picture.changed" if taken else "picture.removed", member)
    files.forget(gone)


@blueprint.post("/me/picture/remove")
def remove_picture():
    """Show no picture any more; its file is deleted at once (P2)."""
    _show_picture(None)
    flash(_("Your picture is removed."), "success")
    return go(url_for("members.profile"))


@blueprint.route(f"/me/memberships/<{ID}:membership_id>/leave", methods=["GET", "POST"])
def leave(membership_id):
    """Leave an organisation, after a question; also one that is suspended."""
    membership = db.session.scalar(queries.membership(membership_id))
    if membership is None or not (g.can.leave(membership) or g.can.see_organisation(membership.organisation)):
        abort(404)
    require(g.can.leave(membership))
    form = LibriForm()
    if not form.validate_on_submit():
        return render("members/leave.html", form=form, membership=membership, is_last=leaving.is_last_coordinator(membership),
                      status=422 if form.is_submitted() else 200)
    try:
        with write_tx():
            leaving.end_membership(db.session.scalar(queries.membership(membership_id)) or abort(404))
    except LastCoordinator:
        flash(still_last(), "error")
    else:
        flash(_("You have left the organisation."), "success")
    return go(url_for("members.profile"))
