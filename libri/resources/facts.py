"""What was typed about a resource or collection in words, so that two states of it can be compared."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from ..vocabularies import THEMES
from .forms.resources import TextsForm
from .models import Shared
from .words import AUDIENCES, KINDS, LEVELS, LICENCES

VOCABULARIES = {"kind": KINDS, "themes": THEMES, "audiences": AUDIENCES, "level": LEVELS, "licence": LICENCES}


def _shown(name: str, value) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    words = VOCABULARIES.get(name, {})
    if isinstance(value, list):
        return ", ".join(str(words.get(code, code)) for code in value)
    return value.isoformat() if isinstance(value, date) else str(words.get(value, value))


def conflicts_of(thing: Shared, form: TextsForm) -> list[dict]:
    """Where the person's form and what somebody else saved differ, field by field, in words."""
    rows = []
    for name, mine in form.values().items():
        theirs = getattr(thing, name)
        if name in ("title", "description"):
            rows += [_row(form[f"{name}_{code}"], theirs.get(code, ""), mine.get(code, ""), code)
                     for code in form.codes if theirs.get(code, "") != mine.get(code, "")]
        elif mine != theirs:
            rows.append(_row(form[name], _shown(name, theirs), _shown(name, mine)))
    return rows


def _row(field, theirs: str, mine: str, language: str | None = None) -> dict:
    return {"label": field.label.text, "theirs": theirs, "mine": mine, "lang": language}
