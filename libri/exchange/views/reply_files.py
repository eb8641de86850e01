"""Photos and files of a text in a discussion (F15): added and taken away by who wrote it, seen by who may read it."""

from __future__ import annotations

from flask import flash, g, url_for
from flask_babel import gettext as _

from ... import audit, files, throttle
from ...db import db, write_tx
from ...pages import go, render
from ...permissions import require
from .. import attachments, telling
from ..forms.attachments import AttachmentForm
from ..models import Attachment, Reply, Topic
from ..queries import replies as queries
from ..words import LICENCES
from . import blueprint
from .replies import REPLY, find_reply


def _text_of(attachment: Attachment) -> tuple[Reply, Topic] | None:
    return db.session.execute(queries.reply(attachment.object_id)).first()  # type: ignore[return-value]


def _may_see(attachment: Attachment) -> bool:
    """Whoever may read the text; what is not complete only its writer and the office."""
    found = _text_of(attachment)
    if found is None or not g.can.see_topic(found[1]) or not g.can.see_reply(found[0]):
        return False
    return attachment.is_complete or g.can.edit_reply(found[0])


def _may_change(attachment: Attachment) -> bool:
    found = _text_of(attachment)
    return found is not None and g.can.edit_reply(found[0])


def _home(reply_id: int) -> str:
    return url_for("exchange.reply_files", reply_id=reply_id)


attachments.rules("reply", _may_see, _may_change, _home)


@blueprint.route(f"{REPLY}/files", methods=["GET", "POST"])
def reply_files(reply_id: int):
    """The photos and files of a text, and a form for one more; a photo comes with its words, licence and consent."""
    one, topic = find_reply(reply_id)
    require(g.can.edit_reply(one))
    form = AttachmentForm()
    if not form.validate_on_submit() or not _is_whole(form):
        return _page(form, one, topic, 422 if form.is_submitted() else 200)
    throttle.check("picture.member", str(g.can.member_id))
    try:
        _hang(reply_id, attachments.take(form.upload.data, g.can.member_id, one.organisation_id), form)
    except attachments.NotTaken as wrong:
        form.upload.errors = [wrong.sentence]
        return _page(form, *find_reply(reply_id), 422)
    flash(_("The photo or file is added."), "success")
    return go(_home(reply_id))


def _is_whole(form: AttachmentForm) -> bool:
    if not form.upload.data:
        form.upload.errors = [_("Choose a photo or file.")]
        return False
    return not form.is_photo or form.insist()


def _hang(reply_id: int, taken: files.Taken, form: AttachmentForm) -> None:
    with write_tx():
        throttle.count("picture.member", str(g.can.member_id))
        one, _topic = find_reply(reply_id, inside=True)
        require(g.can.edit_reply(one))
        if form.claim():
            words = form.words() if taken.kind == "picture" else {}
            audit.record("attachment.added", attachments.add("reply", reply_id, taken, g.can.member_id, **words))


def _page(form: AttachmentForm, one: Reply, topic: Topic, status: int):
    here = attachments.of("reply", [one.id])[one.id]
    return render("exchange/reply_files.html", form=form, reply=one, topic=topic, attachments=here, back=telling.address_of(topic, one),
                  licences=LICENCES, has_enough=len(here) >= attachments.MOST["reply"], status=status)
