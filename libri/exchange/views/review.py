"""Reviewing: submitting, the queue, remarks beside sections, giving back, publishing, archiving (F25, F27)."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _

from ... import audit
from ...db import db, now, write_tx
from ...forms import LibriForm
from ...i18n import lang
from ...members.models import Organisation
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import require
from .. import attachments, facts, guard, reviewing, states
from ..forms.practices import CheckedForm, CommentForm, EditorForm, RequestForm
from ..models import Practice, SectionComment, WrongState
from ..queries import review as queries
from ..words import LICENCES, PRACTICE_STATES
from . import blueprint
from .edit_practice import editable, held
from .practice import PRACTICE, find


@blueprint.route(f"{PRACTICE}/submit", methods=["GET", "POST"])
def submit_practice(practice_id: int):
    """Look once more – what is missing, what may be personal – and hand it to the review."""
    practice = editable(practice_id)
    if practice.status not in ("draft", "changes_requested"):
        flash(_("This practice is already with the review."), "info")
        return go(url_for(".edit_practice", practice_id=practice.id))
    finds, form = reviewing.finds(practice), CheckedForm()
    stands = practice.missing() or reviewing.incomplete_photos(practice)
    if not form.validate_on_submit() or stands or not _has_seen(form, finds):
        return _check_page(practice, form, finds, 422 if form.is_submitted() else 200)
    try:
        with write_tx() as session:
            reviewing.submit(held(session, practice_id))
    except WrongState:
        return go(url_for(".submit_practice", practice_id=practice_id))
    flash(_("Your practice is with the review. You will be told what comes of it."), "success")
    return go(url_for(".edit_practice", practice_id=practice_id))


def _has_seen(form: CheckedForm, finds: list[guard.Find]) -> bool:
    return not finds or form.seen.data == guard.fingerprint(finds)


def _check_page(practice: Practice, form: CheckedForm, finds: list[guard.Find], status: int):
    form.seen.data, form.version.data = guard.fingerprint(finds), str(practice.version)
    return render("exchange/submit_practice.html", practice=practice, form=form, finds=finds, kinds=guard.KINDS, labels=states.LABELS,
                  missing=practice.missing(), incomplete=reviewing.incomplete_photos(practice), status=status)


@blueprint.get("/practices/review")
def review():
    """What waits for this reviewer: for the office everything, for a named editor their part."""
    rows = db.session.execute(queries.waiting(g.can)).all()
    return render("exchange/review.html", rows=rows, name_of=lambda row: Organisation.name_in(row, lang()))


def reviewable(practice_id: int) -> Practice:
    """The practice, for those who review it; 404 or 403 for others."""
    practice = find(practice_id)
    require(g.can.review_practice(practice))
    return practice


@blueprint.get(f"{PRACTICE}/review")
def review_practice(practice_id: int):
    """The whole text with remarks beside each section, and what can be decided."""
    practice = reviewable(practice_id)
    visited(practice)
    return _review_page(practice)


def _review_page(practice: Practice, status: int = 200, **forms):
    remarks, finds = db.session.scalars(queries.comments(practice.id)).all(), reviewing.finds(practice)
    publish_form = CheckedForm(formdata=None, data={"seen": guard.fingerprint(finds), "version": str(practice.version)})
    given = {"request_form": RequestForm.among_others(), "comment_form": CommentForm.among_others(), "publish_form": publish_form} | forms
    given.setdefault("editor_form", _editor_form(practice) if g.can.name_editor(practice) else None)
    return render(
        "exchange/review_practice.html", practice=practice, text=practice.original, parts=states.parts(practice, remarks), remarks=remarks,
        finds=finds, kinds=guard.KINDS, labels=states.LABELS, states=PRACTICE_STATES,
        photos=attachments.of("practice", [practice.id])[practice.id], licences=LICENCES,
        facts=[(one.label.text, facts.shown(name, value)) for name, value, one in _facts(practice)],
        may_decide=g.can.decide_practice(practice) and practice.status == "submitted", status=status, **given)


def _facts(practice: Practice):
    from ..forms.practices import facts_form
    form = facts_form(practice)
    return [(name, value, form[name]) for name, value in form.present.items() if name in form]


def _editor_form(practice: Practice) -> EditorForm:
    people = db.session.execute(queries.possible_editors(practice)).all()
    people.sort(key=lambda one: practice.original_language not in one.reads)
    return EditorForm([(str(one.id), one.name) for one in people], data={"editor_id": str(practice.editor_id or "")})


@blueprint.post(f"{PRACTICE}/review/comments")
def comment_section(practice_id: int):
    """Write a remark beside a section."""
    practice = reviewable(practice_id)
    form = CommentForm()
    if not form.validate_on_submit():
        return _review_page(practice, 422, comment_form=form)
    with write_tx() as session:
        if form.claim():
            reviewing.comment(held(session, practice_id), form.section.data, form.text.data, g.can.member_id)
    flash(_("The comment stands beside the section."), "success")
    return go(url_for(".review_practice", practice_id=practice_id, _anchor=f"part-{form.section.data}"))


@blueprint.post("/practices/comments/<int:comment_id>/settle")
def settle_comment(comment_id: int):
    """Note that a remark was dealt with."""
    remark = db.session.get(SectionComment, comment_id) or abort(404)
    practice = find(remark.practice_id)
    require(g.can.edit_practice(practice) or g.can.review_practice(practice))
    section, practice_id = remark.section, practice.id
    with write_tx() as session:
        remark = session.get_one(SectionComment, comment_id, with_for_update=True)
        remark.settled_at = remark.settled_at or now()
        audit.record("practice.settled", remark)
    flash(_("The comment is marked as settled."), "success")
    if g.can.edit_practice(find(practice_id)):
        return go(url_for(".edit_practice", practice_id=practice_id, section=section))
    return go(url_for(".review_practice", practice_id=practice_id, _anchor=f"part-{section}"))


@blueprint.post(f"{PRACTICE}/review/editor")
def name_editor(practice_id: int):
    """Let a member review it; the office can always review too."""
    practice = find(practice_id)
    require(g.can.name_editor(practice))
    form = _editor_form(practice)
    if not form.validate_on_submit():
        return _review_page(practice, 422, editor_form=form)
    with write_tx() as session:
        reviewing.name_editor(held(session, practice_id), int(form.editor_id.data) if form.editor_id.data else None)
    flash(_("The reviewer is named."), "success")
    return go(url_for(".review_practice", practice_id=practice_id))


@blueprint.post(f"{PRACTICE}/review/changes")
def request_changes(practice_id: int):
    """Give it back to its authors with the remarks."""
    practice = reviewable(practice_id)
    require(g.can.decide_practice(practice))
    form = RequestForm()
    has_remarks = bool(db.session.scalars(queries.comments(practice_id, only_open=True)).first())
    is_good = form.validate_on_submit()
    if is_good and not (form.words.data or has_remarks):
        form.words.errors = [_("Write what should change, here or beside a section.")]
    if form.errors or not is_good:
        return _review_page(practice, 422, request_form=form)
    try:
        with write_tx() as session:
            reviewing.request_changes(held(session, practice_id), form.words.data)
    except WrongState:
        return _too_late(practice_id)
    flash(_("The authors are asked for changes."), "success")
    return go(url_for(".review"))


@blueprint.post(f"{PRACTICE}/review/publish")
def publish_practice(practice_id: int):
    """Show it to the network, as it was read on the page of the review."""
    practice = reviewable(practice_id)
    require(g.can.decide_practice(practice))
    form, finds = CheckedForm(), reviewing.finds(practice)
    if not form.validate_on_submit() or form.version.data != str(practice.version) or not _has_seen(form, finds):
        flash(_("The text was changed while you read. Look once more, then publish."), "warning")
        return _review_page(practice, 422)
    try:
        with write_tx() as session:
            if form.version.data == str((practice := held(session, practice_id)).version):
                reviewing.publish(practice)
    except (WrongState, reviewing.NotComplete):
        return _too_late(practice_id)
    flash(_("The practice is published."), "success")
    return go(url_for(".practice", practice_id=practice_id))


def _too_late(practice_id: int):
    flash(_("This is not possible now: something is missing, or somebody else has decided."), "warning")
    return go(url_for(".review_practice", practice_id=practice_id))


@blueprint.post(f"{PRACTICE}/archive")
def archive_practice(practice_id: int):
    """Take a published practice out of the catalogue; its text is kept."""
    practice = editable(practice_id)
    form = LibriForm()
    if not form.validate_on_submit() or not g.can.archive_practice(practice):
        abort(409)
    with write_tx() as session:
        practice = held(session, practice_id)
        if practice.status == "published":
            reviewing.archive(practice)
    flash(_("The practice is in the archive. Its organisation can still read it."), "success")
    return go(url_for(".practice", practice_id=practice_id))
