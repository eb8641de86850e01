"""The list of resources: cards, filters that stand in the address, orders; guests see what is public."""

from __future__ import annotations

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from ... import paging
from ...db import db
from ...i18n import lang
from ...members.models import Organisation
from ...pages import render
from ...permissions import public
from ..cards import cards
from ..forms.filters import ResourceFilterForm
from ..queries import resources as queries
from . import blueprint


@blueprint.get("/resources")
@public
def index():
    """The resources the reader may see."""
    owners = [(str(row.id), Organisation.name_in(row, lang())[1]) for row in db.session.execute(queries.owners(g.can))]
    form = ResourceFilterForm(owners)
    filters, asked = form.filters, form.filters.in_address
    part = queries.part(filters, g.can, paging.number("after"), paging.number("before"))
    return render(
        "resources/index.html", fragments=["resource_list"], form=form, filters=filters, cards=cards(part.rows), total=part.total,
        tabs=tabs(filters.show or "published"), status=200 if form.is_good else 422,
        previous=part.previous and url_for(".index", before=part.previous, **asked),
        next=part.next and url_for(".index", after=part.next, **asked))


def tabs(current: str) -> list[tuple]:
    """The ways to look at the resources; guests do not have any of their own."""
    ways = [("published", pgettext("resources", "Published"), url_for(".index")),
            ("collections", pgettext("set of resources", "Collections"), url_for(".collections"))]
    if g.can.read_network():
        ways[1:1] = [("ours", _("Ours, not published"), url_for(".index", show="ours")),
                     ("due", _("To be checked again"), url_for(".index", show="due"))]
    return [(label, address, name == current) for name, label, address in ways]
