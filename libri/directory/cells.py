"""The columns of a table of organisations, and how each cell is read: its value, or a sentence that says what is wrong."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from datetime import date
from functools import cache

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from .. import forms
from ..vocabularies import COUNTRIES, EQUIPMENT, ORGANISATION_KINDS, PROGRAMME_ROLES, THEMES, VISIBILITIES, WRITTEN_LANGUAGES

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,3}([.,][0-9]{1,12})?", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Wrong(ValueError):
    """A cell cannot be taken; the sentence says why."""

    def __init__(self, sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def text(most: int) -> Callable[[str], str]:
    """A text of at most so many letters."""
    def read(cell: str) -> str:
        if len(cell) > most:
            raise Wrong(_l("Shorten the text to %(max)d characters.", max=most))
        return cell
    return read


def code(cell: str) -> str:
    """The code that names an organisation in such tables."""
    if not CODE.fullmatch(cell):
        raise Wrong(_l("A code has Latin letters, digits, hyphens and dots, at most 60, for example org-lv-ogre."))
    return cell


def one_of(allowed) -> Callable[[str], str]:
    """One code of a vocabulary."""
    def read(cell: str) -> str:
        if cell not in allowed:
            raise Wrong(_l("“%(value)s” is not known here. Known are: %(all)s.", value=cell[:60], all=", ".join(allowed)))
        return cell
    return read


def some_of(allowed) -> Callable[[str], list[str]]:
    """Several codes of a vocabulary, separated by semicolons."""
    one = one_of(allowed)
    return lambda cell: list(dict.fromkeys(one(part.strip()) for part in re.split("[;,]", cell) if part.strip()))


def degrees(most: int) -> Callable[[str], float]:
    """Degrees of latitude or longitude."""
    def read(cell: str) -> float:
        if not NUMBER.fullmatch(cell) or abs(value := float(cell.replace(",", "."))) > most:
            raise Wrong(_l("Write degrees from -%(max)d to %(max)d, for example 56.95.", max=most))
        return float(cell.replace(",", ".")) if value else 0.0
    return read


def whole(cell: str) -> int:
    """A number of seats."""
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell[:9]) <= 100_000 and len(cell) < 9):
        raise Wrong(_l("Write a whole number of seats, for example 40."))
    return int(cell)


def day(cell: str) -> date:
    """A day as 2026-11-22, not in the future."""
    from ..db import now

    try:
        found = date.fromisoformat(cell) if DAY.fullmatch(cell) else None
    except ValueError:
        found = None
    if found is None or found > now().date() or found.year < 2000:
        raise Wrong(_l("Write the day as 2026-11-22; it cannot lie in the future."))
    return found


def yes(cell: str) -> bool:
    """Yes or no."""
    said = cell.casefold()
    if said not in ("yes", "no", "jā", "nē", "да", "нет", "так", "ні"):
        raise Wrong(_l("Write yes or no."))
    return said in ("yes", "jā", "да", "так")


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def timezone(cell: str) -> str:
    """A time zone by its IANA name."""
    if cell not in _zones():
        raise Wrong(_l("“%(value)s” is no time zone. Write it as Europe/Riga.", value=cell[:60]))
    return cell


def checked(check, most: int) -> Callable[[str], str]:
    """A cell that keeps the rule of a form field."""
    def read(cell: str) -> str:
        class Field:
            data = text(most)(cell)

        try:
            check(None, Field)
        except ValidationError as wrong:
            raise Wrong(wrong.args[0]) from wrong
        return Field.data
    return read


_email, _phone = checked(forms.email, 254), checked(forms.phone, 40)

ORGANISATION = {
    "name": text(200), "type": one_of(ORGANISATION_KINDS), "programme_role": one_of(PROGRAMME_ROLES), "country": one_of(COUNTRIES),
    "region": text(100), "city": text(100), "latitude": degrees(90), "longitude": degrees(180), "timezone": timezone,
    "languages": some_of(WRITTEN_LANGUAGES), "email": _email, "phone": _phone, "website": checked(forms.web_address, 300),
    "themes": some_of(THEMES), "note": text(2000), "demo": yes,
    **{f"name_{language}": text(200) for language in WRITTEN_LANGUAGES},
    **{f"description_{language}": text(4000) for language in WRITTEN_LANGUAGES},
}
CONTACT = {
    "contact_function": text(120), "contact_name": text(120), "contact_email": _email, "contact_phone": _phone,
    "contact_languages": some_of(WRITTEN_LANGUAGES), "contact_themes": some_of(THEMES), "contact_consented_on": day,
    "contact_visible_to": one_of(VISIBILITIES),
}
VENUE = {"venue_capacity": whole, "venue_equipment": some_of(EQUIPMENT)}
COLUMNS = {"id": code, "parent_id": code, **ORGANISATION, **CONTACT, **VENUE}
"""Every column that is read, and how."""
PASSED_OVER = frozenset({"contact_function_en", "confirmed_on", "contact_confirmed_on"})
"""Columns a file may have that are not taken: what LiBri itself knows better."""
NEEDED = ("id", "name", "type", "country", "city")
"""Columns every table must have."""
NEEDED_NEW = ("name", "type", "country", "city", "timezone")
"""What a new organisation cannot be without."""
TEMPLATE = ("id", "name", "name_en", "type", "programme_role", "parent_id", "country", "region", "city", "latitude", "longitude",
            "timezone", "languages", "email", "phone", "website", "themes", "description_lv", "description_en", *CONTACT, *VENUE, "note")
"""The columns of the template to download."""
