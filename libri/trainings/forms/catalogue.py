"""The questions of the list of events; their answers stand in the address."""

from __future__ import annotations

import re
from datetime import date

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField

from ...db import now
from ...directory.forms.filters import AddressForm, OneOf, any_or, languages
from ...forms import at_most, line
from ...vocabularies import THEMES
from ..queries.events import Filters
from ..words import EVENT_KINDS, EVENT_MODES

SHOWN = ("coming", "mine", "past", "ours")


class EventsAsked(AddressForm):
    """The filters of the list and of the calendar."""

    words = StringField(_l("Words in the text"), [at_most(200)], filters=[line])
    kind = OneOf(_l("Kind of event"), choices=lambda: any_or(EVENT_KINDS.items()))
    mode = OneOf(_l("On site or online"), choices=lambda: any_or(EVENT_MODES.items()))
    language = OneOf(_l("Language"), choices=lambda: any_or(languages()))
    theme = OneOf(_l("Theme"), choices=lambda: any_or(THEMES.items()))
    for_me = BooleanField(_l("Open for me now"))
    show = HiddenField()

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
