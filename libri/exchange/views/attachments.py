"""Photos and files: added to a practice, described, removed, and sent to those who may see their thing (F15, F26, S44)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, files, throttle
from ...db import db, write_tx
from ...members.gate import ask_to_sign_in
from ...pages import go, render
from ...permissions import public, require
from .. import attachments
from ..forms.attachments import AttachmentForm, PhotoWordsForm
from ..models import Attachment, Practice
from ..queries import practices as practice_queries
from ..words import LICENCES
from . import blueprint
from .edit_practice import editable, held
from .practice import PRACTICE


def _practice_of(attachment: Attachment) -> Practice | None:
    return db.session.scalar(practice_queries.one(attachment.object_id))


def _may_see(attachment: Attachment) -> bool:
    """Readers of the practice; guests only its photos under an open licence, and nobody but its writers what is not complete."""
    practice = _practice_of(attachment)
    if practice is None or not g.can.see_practice(practice):
        return False
    if not attachment.is_complete:
        return g.can.edit_practice(practice) or g.can.review_practice(practice)
    return g.can.read_network() or (attachment.kind == "photo" and attachment.licence != "network-internal")


def _may_change(attachment: Attachment) -> bool:
    practice = _practice_of(attachment)
    return practice is not None and practice.takes_changes and g.can.edit_practice(practice)


def _home(practice_id: int) -> str:
    return url_for("exchange.add_attachment", practice_id=practice_id)


attachments.rules("practice", _may_see, _may_change, _home)


@blueprint.route(f"{PRACTICE}/attachments", methods=["GET", "POST"])
def add_attachment(practice_id: int):
    """The photos and files of a practice, and a form for one more."""
    practice = editable(practice_id)
    form = AttachmentForm(licence=practice.licence)
    if not form.validate_on_submit():
        return _page(practice, form, 422 if form.is_submitted() else 200)
    require(practice.takes_changes)
    throttle.check("picture.member", str(g.can.member_id))
    if not form.upload.data or (form.is_photo and practice.status == "published" and not form.insist()):
        form.upload.errors = [_("Choose a photo or file.")] if not form.upload.data else [_("Choose the file again.")]
        return _page(practice, form, 422)
    try:
        taken = attachments.take(form.upload.data, g.can.member_id, practice.organisation_id)
        _hang(practice_id, taken, form)
    except attachments.NotTaken as wrong:
        form.upload.errors = [wrong.sentence]
        return _page(editable(practice_id), form, 422)
    flash(_("The photo is added.") if taken.kind == "picture" else _("The file is added."), "success")
    return go(url_for(".add_attachment", practice_id=practice_id))


def _hang(practice_id: int, taken: files.Taken, form: AttachmentForm) -> None:
    with write_tx() as session:
        throttle.count("picture.member", str(g.can.member_id))
        if not form.claim():
            return
        practice = held(session, practice_id)
        new = attachments.add("practice", practice_id, taken, g.can.member_id, **(form.words() if taken.kind == "picture" else {}))
        practice.version += 1
        audit.record("attachment.added", new, organisation_id=practice.organisation_id, practice=practice_id)


def _page(practice: Practice, form: AttachmentForm, status: int, changed: tuple[int, PhotoWordsForm] | None = None):
    here = attachments.of("practice", [practice.id])[practice.id]
    forms = {one.id: PhotoWordsForm(formdata=None, obj=one, prefix=f"photo{one.id}-") for one in here if one.kind == "photo"}
    forms |= dict([changed] if changed else [])
    return render("exchange/attachments.html", practice=practice, form=form, attachments=here, forms=forms,
                  licences=LICENCES, has_enough=len(here) >= attachments.MOST["practice"], status=status)


def _visible(attachment_id: int) -> Attachment | None:
    """The attachment, if the reader may see it."""
    found = db.session.get(Attachment, attachment_id)
    return found if found is not None and attachments.RULES[found.object_kind].see(found) else None


def _changeable(attachment_id: int) -> Attachment:
    found = _visible(attachment_id) or abort(404)
    require(attachments.RULES[found.object_kind].change(found))
    return found


@blueprint.post("/attachments/<int:attachment_id>")
def edit_attachment(attachment_id: int):
    """Say more about a photo."""
    photo = _changeable(attachment_id)
    form = PhotoWordsForm(prefix=f"photo{attachment_id}-")
    practice = _practice_of(photo) if photo.object_kind == "practice" else None
    if practice is None or photo.kind != "photo":
        abort(404)
    if not form.validate_on_submit() or (practice.status == "published" and not form.insist()):
        return _page(practice, AttachmentForm(formdata=None, licence=practice.licence), 422, (attachment_id, form))
    practice_id = practice.id
    with write_tx() as session:
        held(session, practice_id).version += 1
        photo = session.get(Attachment, attachment_id) or abort(404)
        for name, value in form.words().items():
            setattr(photo, name, value)
        audit.record("attachment.changed", photo)
    flash(_("Saved."), "success")
    return go(url_for(".add_attachment", practice_id=practice_id, _anchor=f"attachment-{attachment_id}"))


@blueprint.post("/attachments/<int:attachment_id>/remove")
def remove_attachment(attachment_id: int):
    """Take a photo or file away; what is stored of it is deleted."""
    attachment = _changeable(attachment_id)
    home = attachments.RULES[attachment.object_kind].home(attachment.object_id)
    with write_tx() as session:
        attachment = session.get(Attachment, attachment_id) or abort(404)
        audit.record("attachment.removed", attachment)
        gone = attachments.remove(attachment)
    files.forget(gone)
    flash(_("The photo or file is removed."), "success")
    return go(home)


@blueprint.get("/attachments/<int:attachment_id>")
@public
def attachment(attachment_id: int):
    """Send a photo to be looked at (`?size=small` for its preview) or a file to be kept; asked for rights each time."""
    found = _visible(attachment_id)
    if found is None:
        return abort(404) if g.can.read_network() else ask_to_sign_in()
    if request.args.get("size") == "small":
        return files.send_preview(found.stored)
    return files.send(found.stored, inline=found.kind == "photo")
