"""The facts of a practice in words, so that two sets of them can be compared."""

from __future__ import annotations

from flask_babel import gettext as _

from ..i18n import language_name
from ..vocabularies import THEMES
from .models import Practice
from .words import COST_BANDS, LICENCES, STATES_OF_LIFE, TARGET_GROUPS

VOCABULARIES = {"themes": THEMES, "target_groups": TARGET_GROUPS, "cost_band": COST_BANDS, "life": STATES_OF_LIFE, "licence": LICENCES}


def shown(name: str, value) -> str:
    """A fact in words; empty for one that says nothing."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    words = VOCABULARIES.get(name, {})
    if isinstance(value, list):
        return ", ".join(str(words.get(code) or language_name(code)) for code in value)
    if name == "original_language":
        return language_name(value)
    return f"{value:g}" if isinstance(value, float) else str(words.get(value, value))


def conflicts_of(practice: Practice, form) -> list[dict]:
    """The facts in which the person's form and what somebody else saved differ, in words."""
    values = form.values()
    return [{"label": form[name].label.text, "theirs": shown(name, getattr(practice, name)), "mine": shown(name, value)}
            for name, value in values.items() if value != getattr(practice, name)]
