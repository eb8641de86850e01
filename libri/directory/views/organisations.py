"""The list of partners, and of those who look for one."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from ...i18n import Localized, country_name, lang, short_date
from ...members.models import Organisation
from ...pages import render
from ...vocabularies import ORGANISATION_KINDS, THEMES
from ..forms.filters import FilterForm, countries, key_of
from ..queries import organisations as queries
from . import blueprint


class Listed(NamedTuple):
    """A row of a list as its reader sees it."""

    url: str
    lang: str
    name: str
    kind: str
    city: str
    country: str
    themes: list[str]
    seeks_partner: bool
    seeks_partner_for: Localized
    seeks_partner_since: Markup
    confirmed_on: Markup


@blueprint.get("/directory")
def index():
    """Every active organisation, with filters that stand in the address."""
    return _list("index", FilterForm())


@blueprint.get("/directory/looking")
def looking():
    """The organisations looking for a partner, the latest first (D11)."""
    return _list("looking", FilterForm(), partner=True, sort="since")


def _list(view: str, form: FilterForm, **fixed):
    filters = form.filters.but(**fixed)
    after, before = (key_of(request.args.get(name)) for name in ("after", "before"))
    part = queries.part(filters, lang(), [code for code, _name in countries()], after, before)
    asked = form.filters.in_address
    return render(
        f"directory/{view}.html", fragments=["organisation_list"], form=form, filters=filters, rows=listed(part.rows), total=part.total,
        asked=asked, tabs=tabs(f"directory.{view}", asked), status=200 if form.is_good else 422,
        previous=part.previous and url_for(f"directory.{view}", before=part.previous, **asked),
        next=part.next and url_for(f"directory.{view}", after=part.next, **asked))


def tabs(current: str, asked: dict[str, str]) -> list[tuple]:
    """The ways to look at the network; each keeps the filters it knows."""
    narrow = {name: asked[name] for name in ("theme", "language", "kind") if name in asked}
    ways = (("directory.index", _("List"), asked), ("directory.map", _("Map"), asked),
            ("directory.help_me", _("Who can help me"), narrow), ("directory.looking", _("Looking for a partner"), asked),
            ("directory.venues", _("Venues"), {name: asked[name] for name in ("country",) if name in asked}))
    return [(label, url_for(view, **kept), view == current) for view, label, kept in ways]


def listed(rows) -> list[Listed]:
    """The rows with the names they are sorted by; labels and dates are looked up once each."""
    language = lang()
    kind, theme = cache(lambda code: str(ORGANISATION_KINDS[code])), cache(lambda code: str(THEMES.get(code, code)))
    country, day = cache(country_name), cache(short_date)
    address = url_for("directory.show", organisation_id=0).removesuffix("0")  # 50 calls of url_for cost as much as the query
    return [
        Listed(f"{address}{row.id}", *Organisation.name_in(row, language), kind(row.kind), row.city, country(row.country),
               [theme(code) for code in row.themes], row.seeks_partner, row.seeks_partner_for,
               day(row.seeks_partner_since and row.seeks_partner_since.date()), day(row.confirmed_on and row.confirmed_on.date()))
        for row in rows
    ]
