"""What stands on an organisation's page, field by field: read, written, compared and named."""

from __future__ import annotations

import difflib
import re
from collections import Counter

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from markupsafe import Markup

from ..i18n import Localized, country_name, language_name
from ..members.models import Organisation, OrganisationVersion
from ..vocabularies import ORGANISATION_KINDS, ORGANISATION_STATES, PROGRAMME_ROLES, THEMES

PLAIN = ("name", "kind", "programme_role", "country", "region", "city", "latitude", "longitude", "timezone", "email", "phone", "website",
         "seeks_partner")
LISTS = ("languages", "themes")
TEXTS = ("names", "description", "accessibility", "newcomer_hours", "seeks_partner_for")
"""Columns with one text per language; a field of the form is called `description_lv`."""

MOST_PAIRS = 30_000
"""Pairs of equal words in two texts that are compared; ordinary texts of 4,000 letters have a tenth of it."""

LABELS = {
    "name": _l("Name in its own language"),
    "names": _pl("organisation", "Name"),
    "kind": _l("Kind of organisation"),
    "programme_role": _l("Role in the programme"),
    "status": _l("Status"),
    "parent_id": _l("Organisation above"),
    "country": _l("Country"),
    "region": _l("Region"),
    "city": _l("City or municipality"),
    "latitude": _l("Latitude"),
    "longitude": _l("Longitude"),
    "timezone": _l("Time zone"),
    "email": _l("E-mail"),
    "phone": _l("Telephone"),
    "website": _l("Website"),
    "languages": _l("Languages"),
    "themes": _l("Themes"),
    "description": _l("Description"),
    "accessibility": _l("Accessibility"),
    "newcomer_hours": _l("Service hours for newcomers"),
    "seeks_partner": _l("Looking for a partner"),
    "seeks_partner_for": _l("Looking for a partner: what for"),
}


def state(organisation: Organisation) -> dict:
    """Everything the edit page can change, as `{"name": …, "description_lv": …, "themes": […]}`."""
    values = {name: getattr(organisation, name) for name in PLAIN} | {name: list(getattr(organisation, name)) for name in LISTS}
    for column in TEXTS:
        values |= {f"{column}_{code}": text for code, text in getattr(organisation, column).items()}
    values.pop(f"names_{main_language(organisation)}", None)  # stands as `name` already
    return values


def write(organisation: Organisation, values: dict) -> None:
    """Set what `values` holds; texts in languages it does not name stay as they are."""
    for name in (*PLAIN, *LISTS):
        if name in values and name != "seeks_partner":
            setattr(organisation, name, values[name])
    for column in TEXTS:
        given = {key.rpartition("_")[2]: text for key, text in values.items() if split(key)[0] == column and key != column}
        setattr(organisation, column, Localized({**getattr(organisation, column), **given}))
    organisation.names = Localized({**organisation.names, main_language(organisation): organisation.name})
    organisation.seek_partner(values.get("seeks_partner", organisation.seeks_partner), organisation.seeks_partner_for)


def main_language(organisation: Organisation) -> str:
    """The language of the organisation's own name."""
    return (organisation.languages or ["en"])[0]


def difference(before: dict, after: dict) -> dict[str, list]:
    """The fields that differ, as `{field: [before, after]}`."""
    keys = sorted({*before, *after})
    return {key: [before.get(key), after.get(key)] for key in keys if (before.get(key) or None) != (after.get(key) or None)}


def bases(versions: list[OrganisationVersion]) -> dict:
    """What stood in each field before these versions, the oldest first, changed it."""
    found: dict = {}
    for version in versions:
        for key, (before, _after) in version.changes.items():
            found.setdefault(key, before)
    return found


def split(key: str) -> tuple[str, str]:
    """`description_lv` → ("description", "lv"); a plain field has no language."""
    column, _sign, code = key.rpartition("_")
    return (column, code) if column in TEXTS else (key, "")


def label(key: str) -> str:
    """The name of a field as the form shows it."""
    column, code = split(key)
    name = LABELS.get(column, column)
    return _("%(field)s – %(language)s", field=name, language=language_name(code)) if code else str(name)


def shown(key: str, value, names: dict[int, str] | None = None) -> str:
    """A value in words; `names` are those of organisations by number."""
    if value is None or value == "" or value == []:
        return ""
    if key == "parent_id":
        return (names or {}).get(value) or str(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    words = {"kind": ORGANISATION_KINDS, "programme_role": PROGRAMME_ROLES, "status": ORGANISATION_STATES, "themes": THEMES}.get(key, {})
    if isinstance(value, list):
        return ", ".join(str(words.get(part) or language_name(part)) for part in value)
    return country_name(value) if key == "country" else str(words.get(value, value))


def marked(before: str, after: str) -> Markup:
    """Both texts as one, what went in <del> and what came in <ins>, word by word."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    parts = []
    for what, i, j, k, m in _steps(old, new):
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if what == "equal":
            parts.append(Markup("{}").format(gone))
            continue
        parts += [Markup("<del>{}</del>").format(gone)] * bool(gone) + [Markup("<ins>{}</ins>").format(come)] * bool(come)
    return Markup("").join(parts)


def _steps(old: list[str], new: list[str]) -> list[tuple]:
    """What leads from one list of words to the other; all goes and comes when too many words repeat to compare them in time."""
    here, there = Counter(old), Counter(new)
    if sum(times * there[word] for word, times in here.items()) > MOST_PAIRS:
        return [("equal" if old == new else "replace", 0, len(old), 0, len(new))]
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
