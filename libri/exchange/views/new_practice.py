"""The practice of sixty seconds (N7)."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, files
from ...db import db, write_tx
from ...directory.forms.fields import with_names
from ...forms import pressed
from ...i18n import lang
from ...members.models import Member, Organisation
from ...members.queries import reach
from ...pages import go, render
from ...permissions import require
from ...resources import uses
from .. import attachments, places, writing
from ..forms.practices import NewPracticeForm
from . import blueprint
from .edit_practice import editable, held
from .practice import PRACTICE


@blueprint.route("/practices/new", methods=["GET", "POST"])
def new_practice():
    """Begin a practice: a minute's writing makes a draft that can already be submitted."""
    organisations = db.session.scalars(reach.writable(g.can)).all()
    require(bool(organisations))
    form = NewPracticeForm(with_names(organisations), data={
        "organisation_id": places.first_of(current_user.id, organisations), "language": (current_user.writes or current_user.reads or [lang()])[0]})
    if not form.validate_on_submit():
        return render("exchange/new_practice.html", form=form, status=422 if form.is_submitted() else 200)
    address = _begin(form)
    flash(_("Your draft is saved. Only your organisation and the office see it."), "success")
    return go(address)


def _begin(form: NewPracticeForm) -> str:
    """Save the draft once, however often the button was pressed; return the address of its page."""
    with write_tx() as session:
        if not form.claim():
            return form.first_location(url_for(".practices"))
        organisation = session.get_one(Organisation, int(form.organisation_id.data))
        author = session.get_one(Member, current_user.id)
        practice = writing.begin(organisation, author, form.language.data, form.facts(),
                                 {"title": form.title.data, "summary": form.summary.data})
        return form.led_to(url_for(".edit_practice", practice_id=practice.id))


@blueprint.post(f"{PRACTICE}/drop")
def drop_practice(practice_id: int):
    """Delete a draft that nobody but its organisation has seen, with its photos and files."""
    editable(practice_id)
    pressed()
    with write_tx() as session:
        practice = held(session, practice_id)
        if practice.status != "draft" or practice.submitted_at is not None:
            abort(409)
        audit.record("practice.dropped", practice)
        gone = attachments.remove_of("practice", practice.id)
        uses.forget("practice", practice.id)
        session.delete(practice)
    files.forget(gone)
    flash(_("The draft is deleted."), "success")
    return go(url_for(".practices", mine="y"))
