"""Training hours of a year: one's own, of one's organisations' people, and of organisations (N19)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request
from flask_babel import gettext as _

from ... import audit, throttle
from ...db import now, write_tx
from ...directory.spreadsheets import xlsx_file
from ...i18n import lang, sort_key
from ...members.models import Organisation
from ...pages import render
from ..files import file
from ..queries import attendance as queries
from . import blueprint


@dataclass
class Line:
    """Hours of one person or one organisation."""

    name: str
    organisation: tuple[str, str]
    people: int
    events: int
    hours: float
    member_id: int | None = None

    @property
    def is_me(self) -> bool:
        return self.member_id is not None and self.member_id == g.can.member_id


def _year() -> int:
    year = request.args.get("year", type=int) or now().year
    return min(max(year, 2000), 2100)


@blueprint.get("/trainings/hours")
def hours():
    """The hours of a year, as far as the reader may see them."""
    year = _year()
    people, organisations = _people(year), _organisations(year)
    audit.saw(members=_others(people))
    return render("trainings/hours.html", year=year, years=sorted({*queries.years(g.can), year, now().year}, reverse=True),
                  people=people, organisations=organisations, mine=sum(one.hours for one in people if one.is_me),
                  sees_others=g.can.is_office or bool(g.can.leads))


@blueprint.get("/trainings/hours.xlsx")
def hours_file():
    """The same as a table for the employer: by person, or by organisation."""
    throttle.check("export.member", str(g.can.member_id))
    year, members = _year(), []
    if request.args.get("by") == "organisation":
        header = [_("Organisation"), _("People"), _("Events"), _("Hours")]
        rows = [[one.organisation[1], one.people, one.events, one.hours] for one in _organisations(year)]
    else:
        header = [_("Name"), _("Organisation"), _("Events"), _("Hours")]
        people = _people(year)
        rows = [[one.name, one.organisation[1], one.events, one.hours] for one in people]
        members = _others(people)
    with write_tx():
        throttle.count("export.member", str(g.can.member_id))
        audit.record("hours.exported", year=year, rows=len(rows), members=members)
    return file(xlsx_file(header, rows, _("Hours %(year)s", year=year)), "xlsx", f"libri-hours-{year}")


def _others(people: list[Line]) -> list[int]:
    """The numbers of those whose hours the reader sees beside their own (P8)."""
    return [one.member_id for one in people if one.member_id is not None and not one.is_me]


def _people(year: int) -> list[Line]:
    rows = queries.hours_of_people(year, g.can)
    known = queries.organisations({row.organisation_id for row in rows if row.organisation_id})
    found = [Line(row.name or "", _name(known.get(row.organisation_id)), 1, row.events, float(row.hours or 0),
                  row.member_id) for row in rows]
    return sorted(found, key=lambda one: (sort_key(one.name, lang()), one.organisation[1]))


def _organisations(year: int) -> list[Line]:
    if not (g.can.is_office or g.can.leads):
        return []
    rows = queries.hours_of_organisations(year, g.can)
    known = queries.organisations({row.organisation_id for row in rows})
    found = [Line("", _name(known.get(row.organisation_id)), row.people, row.events, float(row.hours or 0)) for row in rows]
    return sorted(found, key=lambda one: sort_key(one.organisation[1], lang()))


def _name(organisation: Organisation | None) -> tuple[str, str]:
    return organisation.name_in(lang()) if organisation is not None else ("", "")
