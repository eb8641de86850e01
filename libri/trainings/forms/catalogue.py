"""The questions of the list of events; their answers stand in the address."""

from __future__ import annotations

import re
from datetime import date

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, StringField

from ...db import now
from ...directory.forms.filters import OneOf
from ...forms import at_most, line
from ...i18n import lang, language_name, sort_key
from ...vocabularies import THEMES, WRITTEN_LANGUAGES
from ..queries.events import Filters
from ..words import EVENT_KINDS, EVENT_MODES

SHOWN = ("coming", "mine", "past", "ours")


def _any(choices) -> list[tuple[str, str]]:
    return [("", _l("Any")), *choices]


def _languages() -> list[tuple[str, str]]:
    return sorted(((code, language_name(code)) for code in WRITTEN_LANGUAGES), key=lambda pair: sort_key(pair[1], lang()))


class EventsAsked(Form):
    """The filters of the list and of the calendar."""

    words = StringField(_l("Words in the text"), [at_most(200)], filters=[line])
    kind = OneOf(_l("Kind of event"), choices=lambda: _any(EVENT_KINDS.items()))
    mode = OneOf(_l("On site or online"), choices=lambda: _any(EVENT_MODES.items()))
    language = OneOf(_l("Language"), choices=lambda: _any(_languages()))
    theme = OneOf(_l("Theme"), choices=lambda: _any(THEMES.items()))
    for_me = BooleanField(_l("Open for me now"))
    show = HiddenField()

    def __init__(self):
        super().__init__(request.args)
        self.is_good = self.validate()

    def _good(self, name: str) -> str:
        field = self[name]
        return field.data or "" if not field.errors else ""

    def filters(self, may_join: bool) -> Filters:
        """The answers that were understood; somebody without an account has nothing of their own."""
        text = self._good("words")
        show = self.show.data if self.show.data in (SHOWN if may_join else ("coming", "past")) else "coming"
        chosen = {name: self._good(name) for name in ("kind", "mode", "language", "theme")}
        return Filters(show=show, text=text, for_me=may_join and self.for_me.data, **chosen)


def month_asked(today: date) -> date:
    """The first day of the month the address asks for, else of this month; years of a century around today."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", request.args.get("month", ""), re.ASCII)
    if found is None or abs(int(found[1]) - now().year) > 50:
        return today.replace(day=1)
    return date(int(found[1]), int(found[2]), 1)
