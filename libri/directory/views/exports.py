"""Taking along what one may see: CSV, XLSX and vCard (D17, D18); each file is counted and recorded (P8)."""

from __future__ import annotations

from flask import Response, abort, current_app, g, request, url_for
from flask_babel import gettext as _

from ... import audit, throttle
from ...db import db, now, write_tx
from ...i18n import country_name, lang
from ...members.models import Organisation
from ...permissions import require
from ...vocabularies import THEMES
from ..forms.filters import FilterForm
from ..queries import exports as queries
from ..spreadsheets import csv_file, xlsx_file
from ..vcards import Uri, card
from . import blueprint

TYPES = {"csv": "text/csv; charset=utf-8", "vcf": "text/vcard; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
HEADER = ("id", "name", "name_en", "type", "programme_role", "parent_id", "country", "region", "city", "latitude", "longitude", "timezone",
          "languages", "email", "phone", "website", "themes", "confirmed_on", "contact_function", "contact_name", "contact_email",
          "contact_phone", "contact_languages", "contact_themes", "contact_confirmed_on")
"""The columns, named as in the table for import."""


@blueprint.get("/directory/export.<any(csv, xlsx, vcf):format>")
def export(format: str):
    """The organisations of the list with their current contact persons, filtered as the list was."""
    require(g.can.export_directory())
    throttle.check("export.member", str(g.can.member_id))
    form = FilterForm()
    if not form.is_good:
        abort(404)
    entries = queries.entries(form.filters, g.can, lang())
    _note(format, entries, "export.member")
    return _file(_written(format, entries), format, f"libri-{now().date().isoformat()}")


@blueprint.get("/organisations/<int(max=2147483647):organisation_id>.vcf")
def organisation_card(organisation_id: int):
    """One organisation and its current contact persons as cards."""
    organisation = db.session.get(Organisation, organisation_id) or abort(404)
    if not g.can.see_organisation(organisation):
        abort(404)
    throttle.check("card.member", str(g.can.member_id))
    entries = queries.entries_of(organisation_id, g.can)
    _note("vcf", entries, "card.member")
    return _file(_cards(entries), "vcf", f"libri-organisation-{organisation_id}")


@blueprint.get("/contacts/<int(max=2147483647):contact_id>.vcf")
def contact_card(contact_id: int):
    """One current contact person as a card."""
    contact = db.session.scalar(queries.contact(contact_id)) or abort(404)
    organisation = db.session.get_one(Organisation, contact.organisation_id)
    if not g.can.see_organisation(organisation):
        abort(404)
    throttle.check("card.member", str(g.can.member_id))
    entries = queries.entries_of(contact.organisation_id, g.can)
    found = [(place, [person for person in people if person.row.id == contact_id]) for place, people in entries]
    _note("vcf", found, "card.member")
    return _file(b"".join(_person_card(person) for _place, people in found for person in people), "vcf", f"libri-contact-{contact_id}")


def _note(format: str, entries, scope: str) -> None:
    """Write down who took what along, and count it: whose personal data was in it can be told later (P8)."""
    people = [p.row.id for _place, people in entries for p in people if p.name or p.email or p.phone]
    with write_tx():
        throttle.count(scope, str(g.can.member_id))
        audit.record("directory.exported", format=format, organisations=len(entries), contacts=people)


def _file(content: bytes, format: str, name: str) -> Response:
    return Response(content, headers={"Content-Type": TYPES[format], "Content-Disposition": f'attachment; filename="{name}.{format}"'})


def _written(format: str, entries) -> bytes:
    if format == "vcf":
        return _cards(entries)
    rows = (_row(place, person) for place, people in entries for person in people or [None])
    if format == "xlsx":
        return xlsx_file(HEADER, rows, _("Partners"))
    return csv_file(HEADER, rows, ";" if request.args.get("delimiter") == "semicolon" else ",")


def _row(place, person) -> list:
    o = place.row
    row = [o.code, o.name, queries.english_name(o.names), o.kind, o.programme_role, place.parent_code, o.country, o.region, o.city,
           o.latitude, o.longitude, o.timezone, ";".join(o.languages), o.email, o.phone, o.website, ";".join(o.themes),
           _day(o.confirmed_on)]
    if person is None:
        return row
    c = person.row
    return [*row, c.function, person.name, person.email, person.phone, ";".join(c.languages), ";".join(c.themes), _day(c.confirmed_on)]


def _day(value) -> str:
    return value.date().isoformat() if value else ""


# ---- cards -----------------------------------------------------------------------------------------------------------


def _cards(entries) -> bytes:
    return b"".join(part for place, people in entries for part in (_organisation_card(place), *map(_person_card, people)))


def _organisation_card(place) -> bytes:
    o, name = place.row, queries.own_name(place, lang())
    return card([
        ("KIND", "org"), ("UID", _address(o.id)), ("FN", name), ("ORG", [name]), *_where(o), ("EMAIL", o.email), ("TEL", o.phone),
        ("URL", Uri(o.website or _address(o.id))), ("TZ", o.timezone), *(("LANG", code) for code in o.languages),
        ("CATEGORIES", [str(THEMES.get(code, code)) for code in o.themes]), ("REV", _stamp(o.changed_at))])


def _person_card(person) -> bytes:
    place, c = person.organisation, person.row
    name = queries.own_name(place, lang())
    return card([
        ("KIND", "individual"), ("UID", _address(place.row.id, f"#contact-{c.id}")), ("FN", person.name or f"{c.function}, {name}"),
        ("TITLE", c.function), ("ORG", [name]), *_where(place.row), ("EMAIL", person.email), ("TEL", person.phone),
        *(("LANG", code) for code in c.languages), ("CATEGORIES", [str(THEMES.get(code, code)) for code in c.themes]),
        ("REV", _stamp(c.changed_at))])


def _where(o) -> list:
    geo = f"geo:{o.latitude:g},{o.longitude:g}" if o.latitude is not None and o.longitude is not None else ""
    return [("ADR", ["", "", "", o.city, o.region, "", country_name(o.country)]), ("GEO", Uri(geo))]


def _address(organisation_id: int, part: str = "") -> Uri:
    return Uri(current_app.config["BASE_URL"] + url_for("directory.show", organisation_id=organisation_id) + part)


def _stamp(value) -> str:
    return value.strftime("%Y%m%dT%H%M%SZ")
