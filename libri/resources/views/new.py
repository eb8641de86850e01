"""The resource of a minute: a file or a link, and what it is."""

from __future__ import annotations

from flask import flash, g, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import files, throttle
from ...db import db, write_tx
from ...directory.forms.fields import with_names
from ...i18n import lang
from ...members.models import Organisation
from ...members.queries import reach
from ...pages import go, render
from ...permissions import require
from .. import changing
from ..forms.resources import FileOrLink, NewResourceForm
from . import blueprint


@blueprint.route("/resources/new", methods=["GET", "POST"])
@files.takes(files.RESOURCE)
def new():
    """Add a resource; it is private to its organisation until it is published (R2)."""
    organisations = db.session.scalars(reach.writable(g.can)).all()
    require(bool(organisations))
    form = NewResourceForm(with_names(organisations), data={
        "organisation_id": str(organisations[0].id), "language": (current_user.writes or current_user.reads or [lang()])[0]})
    address = _added(form) if form.validate_on_submit() else None
    form.ask_again()
    if address is None:
        return render("resources/new.html", form=form, is_alone=len(organisations) == 1, accept=files.RESOURCE.accept,
                      trail=[(_("Resources"), url_for(".index"))], status=422 if form.is_submitted() else 200)
    flash(_("The resource is saved. Only your organisation and the office see it."), "success")
    return go(address)


def _added(form: NewResourceForm) -> str | None:
    """Save it once, however often the button was pressed; the address of its page, or None when the file cannot be taken."""
    organisation_id = int(form.organisation_id.data)
    is_good, taken = take(form, organisation_id)
    if not is_good:
        return None
    with write_tx() as session:
        count_upload(taken)
        if not form.claim():
            return form.first_location(url_for(".index", show="ours"))
        organisation = session.get_one(Organisation, organisation_id)
        resource = changing.begin(organisation, form.facts(), taken, form.link.data or "")
        return form.led_to(url_for(".show", resource_id=resource.id))


def take(form: FileOrLink, organisation_id: int) -> tuple[bool, files.Taken | None]:
    """(whether all is well, the file that was stored); what is wrong with it stands at its field."""
    if not form.upload.data:
        return True, None
    throttle.check("upload.member", str(g.can.member_id))
    try:
        taken = files.take(form.upload.data.stream, form.upload.data.filename, organisation_id=organisation_id, member_id=g.can.member_id)
    except files.NotTaken as wrong:
        form.upload.errors = [wrong.sentence]
        return False, None
    return True, taken


def count_upload(taken: files.Taken | None) -> None:
    """Count an upload of the member, inside write_tx()."""
    if taken is not None:
        throttle.count("upload.member", str(g.can.member_id))
