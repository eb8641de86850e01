"""The list of partners, and of those who look for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import NamedTuple

from flask import current_app, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from ...catalogues import translations
from ...db import read_json
from ...i18n import Localized, country_name, lang, short_date
from ...members.models import Organisation
from ...pages import render
from ...vocabularies import ORGANISATION_KINDS, THEMES
from ..forms.filters import FilterForm, countries, key_of
from ..queries import organisations as queries
from . import blueprint

DRAWN = 1000
"""Rows kept drawn; each language has its own."""


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
    return _list("index", FilterForm(), _drawn)


@blueprint.get("/directory/looking")
def looking():
    """The organisations looking for a partner, the latest first (D11)."""
    return _list("looking", FilterForm(), listed, partner=True, sort="since")


def _list(view: str, form: FilterForm, shown: Callable, **fixed):
    filters = form.filters.but(**fixed)
    after, before = (key_of(request.args.get(name)) for name in ("after", "before"))
    part = queries.part(filters, lang(), [code for code, _name in countries()], after, before)
    asked = form.filters.in_address
    return render(
        f"directory/{view}.html", fragments=["organisation_list"], form=form, filters=filters, rows=shown(part.rows), total=part.total,
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
    """The rows with the names they are sorted by."""
    address = _address()
    return [_listed(row, address) for row in rows]


def _drawn(rows) -> Markup:
    """The rows of the table as HTML."""
    words, address = translations(), _address()
    return Markup("".join(_row(row, words, address) for row in rows))


@lru_cache(DRAWN)
def _row(row, _words, address: str) -> str:
    """One row of the table, drawn once: it says nothing but what its columns, the language's words and the address give."""
    return current_app.jinja_env.get_template("directory/_row.html").render(row=_listed(row, address))


def _address() -> str:
    return url_for("directory.show", organisation_id=0).removesuffix("0")  # asked once a list: 50 calls cost as much as the query


def _listed(row, address: str) -> Listed:
    told = SimpleNamespace(name=row.name, **{column.key: read_json(getattr(row, column.key)) for column in queries.JSON_COLUMNS})
    return Listed(
        f"{address}{row.id}", *Organisation.name_in(told, lang()), str(ORGANISATION_KINDS[row.kind]), row.city, country_name(row.country),
        [str(THEMES.get(code, code)) for code in told.themes], row.seeks_partner, Localized(told.seeks_partner_for),
        short_date(row.seeks_partner_since and row.seeks_partner_since.date()), short_date(row.confirmed_on and row.confirmed_on.date()))
