"""Importing organisations and contacts: choose a file, read the report, then import all of it or nothing (office only)."""

from __future__ import annotations

from flask import Response, abort, flash, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import audit
from ...db import db, write_tx
from ...forms import line
from ...members.models.members import LastCoordinator
from ...members.views.people import still_last
from ...pages import go, render
from ...permissions import require
from .. import changes, importing, spreadsheets, taking
from ..cells import TEMPLATE
from ..forms.imports import ImportForm, TableForm
from ..models.imports import ImportDraft
from . import blueprint

MOST_SHOWN = 200
"""Problems and changes shown on the report; the numbers tell of the rest."""
EXAMPLE = {
    "id": "org-lv-lib-paraugs", "name": "Parauga novada bibliotēka", "name_en": "Paraugs Library", "type": "public_library",
    "programme_role": "network", "country": "LV", "city": "Paraugs", "latitude": "56.95", "longitude": "24.11", "timezone": "Europe/Riga",
    "languages": "lv;ru", "email": "biblioteka@paraugs.example", "themes": "language_learning;youth",
    "contact_function": "Projekta koordinators", "contact_email": "biblioteka@paraugs.example",
    "venue_capacity": "40", "venue_equipment": "projector;hearing_loop",
}


@blueprint.route("/directory/import", methods=["GET", "POST"])
def import_file():
    """Choose a file. It is read and kept for a day; nothing is imported yet."""
    require(g.can.import_organisations())
    form = TableForm()
    if form.validate_on_submit():
        try:
            rows = spreadsheets.read(form.table.data.read())
        except spreadsheets.Unreadable as wrong:
            form.table.errors = [wrong.sentence]
        else:
            return go(url_for("directory.import_report", draft_id=_keep(line(form.table.data.filename)[:200], rows)))
    return render("directory/import_file.html", form=form, columns=TEMPLATE, status=422 if form.is_submitted() else 200)


def _keep(filename: str, rows: list[list[str]]) -> int:
    with write_tx() as s:
        draft = ImportDraft(member_id=g.can.member_id, filename=filename, rows=rows)
        s.add(draft)
        s.flush()
        return draft.id


@blueprint.route("/directory/import/<int(max=2147483647):draft_id>", methods=["GET", "POST"])
def import_report(draft_id: int):
    """What the file would do, problem by problem and row by row; pressing the button does it, all or nothing."""
    require(g.can.import_organisations())
    draft = _find(draft_id)
    form = ImportForm()
    if draft.imported_at:
        return go(url_for("directory.index", sort="newest"))
    if not form.validate_on_submit():
        return _report(draft, form, importing.check(draft.rows), 422 if form.is_submitted() else 200)
    try:
        plan, done = _take(draft_id)
    except LastCoordinator:
        flash(still_last(), "error")
        return _report(_find(draft_id), form, importing.check(_find(draft_id).rows), 422)
    draft = _find(draft_id)
    if not done and not draft.imported_at:
        return _report(draft, form, plan, 422)
    _tell(plan)
    return go(url_for("directory.index", sort="newest"))


def _take(draft_id: int) -> tuple[importing.Plan, bool]:
    """Check once more and import, in one transaction: the plan, and whether it was done. Raises LastCoordinator."""
    with write_tx() as s:
        s.get(ImportDraft, draft_id, with_for_update=True)  # two presses at once come one after the other
        draft = _find(draft_id)
        plan = importing.check(draft.rows) if not draft.imported_at else importing.Plan()
        if done := not plan.problems and not draft.imported_at:
            taking.take(plan, member_id=g.can.member_id)
            audit.record("directory.imported", draft, new=len(plan.new), changed=len(plan.changed))
            draft.finish()
    return plan, done


def _find(draft_id: int) -> ImportDraft:
    draft = db.session.get(ImportDraft, draft_id)
    if draft is None or draft.member_id != g.can.member_id or draft.is_over:
        abort(404)
    return draft


def _report(draft: ImportDraft, form, plan: importing.Plan, status: int):
    rows = [(one, *difference) for one in plan.changed[:MOST_SHOWN] for difference in _differences(one)]
    return render("directory/import_report.html", draft=draft, form=form, plan=plan, problems=plan.problems[:MOST_SHOWN], changed=rows,
                  number=len(plan.new) + len(plan.changed), status=status)


def _differences(one: importing.Line) -> list[tuple]:
    """Of one row, each field that changes, before and after, in words."""
    found = [(changes.label(key), changes.shown(key, before), changes.shown(key, after)) for key, (before, after) in one.differs.items()]
    contact = one.contact_differs if one.contact else {}
    found += [(_("Contact person: %(field)s", field=changes.label(key)), changes.shown(key, before), changes.shown(key, after))
              for key, (before, after) in contact.items()]
    return found + ([(_("Contact person"), "", one.cells["contact_function"])] if one.adds_contact else [])


def _tell(plan: importing.Plan) -> None:
    if plan.new:
        flash(ngettext("%(num)d organisation was added.", "%(num)d organisations were added.", len(plan.new)), "success")
    if plan.changed:
        flash(ngettext("%(num)d organisation was changed.", "%(num)d organisations were changed.", len(plan.changed)), "success")


@blueprint.get("/directory/import/template.csv")
def import_template():
    """An empty table with every column and one row to write over."""
    require(g.can.import_organisations())
    content = spreadsheets.csv_file(TEMPLATE, [[EXAMPLE.get(name, "") for name in TEMPLATE]])
    return Response(content, headers={"Content-Type": "text/csv; charset=utf-8",
                                      "Content-Disposition": 'attachment; filename="libri-import-template.csv"'})
