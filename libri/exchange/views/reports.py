"""Reports: pointing the office to a text, the queue, one case with its notes (F13)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound, TooManyRequests

from ... import paging
from ...db import db, write_tx
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import require
from .. import limits, moderating, reporting
from ..forms.moderation import NoteForm, ReportForm
from ..models import Report
from ..queries import moderation as queries
from . import blueprint
from .moderation import KIND, case_page, find, office_finds


@blueprint.route(f"/report/{KIND}/<int:number>", methods=["GET", "POST"])
def report(kind: str, number: int):
    """Say what is wrong with a text."""
    thing, _topic = find(kind, number)
    form, about = ReportForm(), moderating.named(thing)
    back = moderating.address_of(thing)

    def draw(status: int):
        return render("exchange/report.html", form=form, about=about, back=back, status=status)

    if not form.validate_on_submit():
        return draw(422 if form.is_submitted() else 200)
    try:
        _send(kind, number, form)
    except TooManyRequests as wait:
        return limits.answer(form.reason, wait, lambda: draw(429))
    flash(_("Thank you. The office looks at it and tells you."), "success")
    return go(form.first_location(url_for(".topics")))


def _send(kind: str, number: int, form: ReportForm) -> None:
    with write_tx():
        thing, _topic = find(kind, number)
        if form.claim():
            limits.spend("report")
            form.led_to(reporting.address_of(reporting.make(thing, form.reason.data, g.can.member_id)))


@blueprint.get("/discussions/reports")
def reports():
    """The queue of the office: open reports, first texts that wait, what was settled."""
    require(g.can.moderate())
    show, after = request.args.get("show", "open"), paging.number("after")
    if show == "waiting":
        return _waiting(after)
    found = db.session.execute(queries.reports("settled" if show == "settled" else "open", after)).all()
    rows = found[:queries.ROWS]
    return render("exchange/reports.html", show=show, rows=rows, shorts=queries.shorts([row.Report for row in rows]),
                  next_url=url_for(".reports", show=show, after=rows[-1].Report.id) if len(found) > len(rows) else None,
                  **_beside(after, show))


def _waiting(after: int | None):
    found = db.session.execute(queries.waiting(after)).all()
    rows = found[:queries.ROWS]
    return render("exchange/reports_waiting.html", show="waiting", rows=rows, do_wait=moderating.first_posts_wait(),
                  next_url=url_for(".reports", show="waiting", after=rows[-1].Reply.id) if len(found) > len(rows) else None,
                  **_beside(after, "waiting"))


def _beside(after: int | None, show: str) -> dict:
    return {"count": db.session.execute(queries.how_many()).one(),
            "previous_url": url_for(".reports", show=show) if after is not None else None}


@blueprint.get("/discussions/reports/<int:report_id>")
def report_case(report_id: int):
    """One report: for the office with everything about the text, for its maker how it stands."""
    report = db.session.get(Report, report_id) or abort(404)
    if not g.can.moderate() and report.member_id != g.can.member_id:
        abort(404)
    visited(report)
    if g.can.moderate():
        return case_page(*office_finds(report.object_kind, report.object_id), report=report)
    about = queries.shorts([report]).get((report.object_kind, report.object_id))
    return render("exchange/report_mine.html", report=report, about=about, address=_address(report))


def _address(report: Report) -> str | None:
    """Where the reported text stands, if its reporter may still see it."""
    try:
        return moderating.address_of(find(report.object_kind, report.object_id)[0])
    except NotFound:
        return None


@blueprint.post("/discussions/reports/<int:report_id>/notes")
def note_report(report_id: int):
    """Leave a note for the other moderators."""
    require(g.can.moderate())
    report, form = db.session.get(Report, report_id) or abort(404), NoteForm()
    if not form.validate_on_submit():
        return case_page(*office_finds(report.object_kind, report.object_id), report=report, status=422, note_form=form)
    with write_tx() as session:
        if form.claim():
            reporting.note(session.get_one(Report, report_id), form.text.data, g.can.member_id)
    flash(_("Your note is kept."), "success")
    return go(url_for(".report_case", report_id=report_id))


@blueprint.post("/discussions/reports/<int:report_id>/settle")
def settle_report(report_id: int):
    """Close the case: every open report on this text; those who made them are told."""
    require(g.can.moderate())
    report = db.session.get(Report, report_id) or abort(404)
    with write_tx():
        reporting.settle(office_finds(report.object_kind, report.object_id)[0], g.can.member_id)
    flash(_("The report is settled. Whoever made it is told."), "success")
    return go(url_for(".reports"))
