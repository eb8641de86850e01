"""The catalogue of practices: cards, filters, orders; guests see what is public."""

from __future__ import annotations

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from ... import paging
from ...pages import render
from ...permissions import public
from ..cards import cards
from ..forms.catalogue import CatalogueForm
from ..queries import practices as queries
from . import blueprint


@blueprint.get("/practices")
@public
def practices():
    """The practices the reader may see, with filters that stand in the address."""
    form = CatalogueForm()
    filters, asked = form.filters, form.filters.in_address
    part = queries.part(filters, g.can, paging.number("after"), paging.number("before"))
    return render(
        "exchange/practices.html", fragments=["practice_list"], form=form, filters=filters, cards=cards(part.rows), total=part.total,
        asked=asked, tabs=tabs("mine" if filters.mine else "published"), status=200 if form.is_good else 422,
        previous=part.previous and url_for(".practices", before=part.previous, **asked),
        next=part.next and url_for(".practices", after=part.next, **asked))


def tabs(current: str) -> list[tuple]:
    """What members may look at; guests have nothing to choose."""
    if not g.can.read_network():
        return []
    ways = (("published", pgettext("practices", "Published"), url_for(".practices")),
            ("mine", _("Our drafts"), url_for(".practices", mine="y")),
            ("wishes", _("Wanted translations"), url_for(".wishes")))
    return [(label, address, name == current) for name, label, address in ways]
