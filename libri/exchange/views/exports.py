"""Taking practices along: one as PDF, a selection as PDF overview or XLSX; members' files are counted and recorded."""

from __future__ import annotations

from flask import Response, abort, current_app, g, url_for
from flask_babel import gettext as _

from ... import audit, throttle
from ...db import db, now, write_tx
from ...directory.spreadsheets import xlsx_file
from ...permissions import public
from .. import printing
from ..cards import Card, cards
from ..forms.catalogue import CatalogueForm
from ..queries import adoptions as beside
from ..queries import practices as queries
from . import blueprint
from .practice import find, wanted

MOST = 200
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("/practices/<int:practice_id>.pdf")
@public
def practice_pdf(practice_id: int):
    """One practice as PDF, in the language its page would be in."""
    practice = find(practice_id)
    scope = ("pdf.reader", str(g.can.member_id or ""))
    throttle.check(*scope)
    questions = {one.field: one for one in db.session.scalars(beside.questions(practice_id))}
    content = printing.practice_content(practice, practice.text_in(*wanted()), questions)
    throttle.count_miss(*scope)
    return _file(printing.pdf(content), "pdf", f"libri-practice-{practice_id}")


@blueprint.get("/practices.pdf")
def selection_pdf():
    """The practices of the catalogue as it is filtered, as an overview."""
    form = CatalogueForm()
    chosen = _selection(form, "pdf")
    address = current_app.config["BASE_URL"] + url_for(".practices", **form.filters.in_address)
    return _file(printing.pdf(printing.selection_content(chosen, address)), "pdf", f"libri-practices-{now().date().isoformat()}")


@blueprint.get("/practices.xlsx")
def selection_xlsx():
    """The practices of the catalogue as it is filtered, as a table."""
    chosen = _selection(CatalogueForm(), "xlsx")
    header = [_("Title"), _("Summary"), _("Organisation"), _("City"), _("Country"), _("State"), _("Themes"), _("Cost"),
              _("Staff hours a month"), _("Tried elsewhere"), _("Address")]
    return _file(xlsx_file(header, map(_row, chosen), _("Practices")), "xlsx", f"libri-practices-{now().date().isoformat()}")


def _selection(form: CatalogueForm, format: str) -> list[Card]:
    """At most 200 published practices in the order of the list, counted and recorded."""
    throttle.check("export.member", str(g.can.member_id))
    if not form.is_good:
        abort(404)
    chosen = cards(db.session.execute(queries.selection(form.filters.but(mine=False), g.can, MOST)).all())
    with write_tx():
        throttle.count("export.member", str(g.can.member_id))
        audit.record("practice.exported", format=format, practices=len(chosen))
    return chosen


def _row(card: Card) -> list:
    address = current_app.config["BASE_URL"] + url_for(".practice", practice_id=card.id)
    return [card.title, card.summary, card.organisation, card.city, card.country, card.life, ", ".join(card.themes), card.cost, card.hours,
            card.adoptions, address]


def _file(content: bytes, format: str, name: str) -> Response:
    return Response(content, headers={"Content-Type": TYPES[format], "Content-Disposition": f'attachment; filename="{name}.{format}"',
                                      "Content-Security-Policy": "default-src 'none'; sandbox"})
