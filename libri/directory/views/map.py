"""The map of Europe with the organisations, and the list of their towns below it."""

from __future__ import annotations

from flask import url_for

from ...db import db
from ...i18n import country_name, lang, sort_key
from ...pages import render
from ..forms.filters import FilterForm
from ..pins import area, frame_of, pins
from ..queries import organisations as queries
from . import blueprint
from .organisations import tabs

MOST_TOWNS = 300
"""Towns named below the map; with more, the countries stand there instead."""


@blueprint.get("/directory/map")
def map():
    """Pins for what the filters let through; a country or a part of the map is drawn larger (D14)."""
    form = FilterForm()
    filters, asked = form.filters, form.filters.in_address
    rows = db.session.execute(queries.places(filters)).all()
    frame = frame_of(rows) if filters.country or filters.area or filters.city else (0, 0, 1000)
    total = sum(row.count for row in rows)
    return render(
        "directory/map.html", fragments=["organisation_map"], form=form, filters=filters, total=total, asked=asked, frame=frame,
        places=pins(rows, lambda there: _leads_to(there, asked), frame), tabs=tabs("directory.map", asked),
        countries=sorted({row.country for row in rows}), by_country=_by_country(rows, asked), status=200 if form.is_good else 422)


def _leads_to(there: dict, asked: dict) -> str:
    """The organisation's page behind a pin, or the list of those behind it."""
    return url_for("directory.show", organisation_id=there["id"]) if "id" in there else url_for("directory.index", **asked | there)


def _by_country(rows, asked: dict) -> list[dict]:
    """The towns under their countries, the countries in the order of their names; too many towns are left out."""
    grouped: dict[str, list] = {}
    for row in rows:
        grouped.setdefault(row.country, []).append(row)
    found = [{
        "name": country_name(code), "count": sum(row.count for row in towns),
        "url": url_for("directory.map", **asked | {"country": code}),
        "towns": [_town(row, asked) for row in sorted(towns, key=_alphabetical)] if len(rows) <= MOST_TOWNS else [],
    } for code, towns in grouped.items()]
    return sorted(found, key=lambda country: sort_key(country["name"], lang()))


def _alphabetical(row) -> str:
    return sort_key(row.city, lang())


def _town(row, asked: dict) -> dict:
    if row.count == 1:
        return {"city": row.city, "count": 1, "name": row.name, "url": _leads_to({"id": row.id}, asked)}
    where = {"country": row.country, "city": row.city} | ({"area": area([row])} if row.south is not None else {})
    return {"city": row.city, "count": row.count, "name": "", "url": url_for("directory.index", **asked | where)}
