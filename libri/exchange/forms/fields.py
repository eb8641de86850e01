"""Fields of the exchange's forms: months, numbers and texts with a limit of words, each with sentences of our own."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import ValidationError

from ...db import now
from ...text import count_words


def at_most_words(words: int):
    """At most so many words (F2)."""
    def check(form, field) -> None:
        if count_words(field.data or "") > words:
            raise ValidationError(_l("Shorten the text to %(words)s words.", words=words))
    return check


class MonthField(StringField):
    """A month up to now, as 2023-09 or 9.2023, or a year alone; empty is an empty text. A plain field: not every browser has months."""

    def process_formdata(self, valuelist):
        self.data = (valuelist or [""])[0].strip()
        if turned := re.fullmatch(r"([0-9]{1,2})[./ -]([0-9]{4})\.?", self.data):
            self.data = f"{turned[2]}-{turned[1]:0>2}"
        if self.data and not (re.fullmatch(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?", self.data) and self.data <= f"{now():%Y-%m}"):
            raise ValueError(_l("Write a year and month up to now, for example 2025-09."))


class AmountField(StringField):
    """A number from `low` to `high` with at most `places` decimals, with point or comma; empty is None."""

    def __init__(self, label, validators=None, *, low: int, high: int, places: int = 0, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.low, self.high, self.places = low, high, places

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip().replace(",", ".")
        self.data = None
        if not text:
            return
        pattern = rf"[0-9]{{1,6}}(\.[0-9]{{1,{self.places}}})?" if self.places else r"[0-9]{1,6}"
        if not re.fullmatch(pattern, text) or not self.low <= float(text) <= self.high:
            raise ValueError(_l("Write a number from %(low)s to %(high)s.", low=self.low, high=self.high))
        self.data = float(text) if self.places else int(text)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{self.data:g}"
