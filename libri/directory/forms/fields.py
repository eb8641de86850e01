"""Fields of many forms: days, whole numbers, degrees and choices, each with a sentence of our own for mistakes; texts in languages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ...db import now
from ...forms import LibriForm, at_most, line, one_of_these, paragraphs
from ...i18n import Localized, lang, language_name
from ...members.models import Organisation


def offered(pairs) -> list[SelectChoice]:
    """Answers to choose from, as (code, label) or as a vocabulary."""
    return [SelectChoice(value=value, label=label) for value, label in (pairs.items() if isinstance(pairs, dict) else pairs)]


def named(pairs) -> list[SelectChoice]:
    """Answers called by a name that people gave, as (code, name): not to be translated."""
    return [SelectChoice(value=value, label=name, render_kw={"translate": "no", "dir": "auto"}) for value, name in pairs]


def with_names(organisations: Iterable[Organisation]) -> list[tuple[str, str]]:
    """Organisations to choose from: (number, name for this reader)."""
    return [(str(one.id), one.name_in(lang())[1]) for one in organisations]


def label_of(field, value: str) -> str:
    """What an offered answer is called; empty for one that is not offered."""
    return next((str(choice.label) for choice in field.choices if choice.value == value), "")


def in_order(chosen: list[str], present: list[str]) -> list[str]:
    """What was chosen, those already there first and in their old order, so that saving alone changes nothing."""
    return [*(code for code in present if code in chosen), *(code for code in dict.fromkeys(chosen) if code not in present)]


class DayField(DateField):
    """A day of this or the last century, typed or picked."""

    def process_formdata(self, valuelist):
        self.data = None
        text = (valuelist or [""])[0].strip()
        if not text:
            return
        try:
            self.data = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        except ValueError:
            self.data = None
        if self.data is None or not 1900 <= self.data.year <= 2100:
            self.data = None
            raise ValueError(_l("Write the day as year-month-day, for example 2026-09-01."))


class WholeNumberField(StringField):
    """A whole number between `low` and `high`; empty is None."""

    widget = widgets.NumberInput(step=1)

    def __init__(self, label, validators=None, *, low: int, high: int, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.low, self.high = low, high

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip()
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.low <= int(text) <= self.high:
            raise ValueError(_l("Write a whole number from %(low)s to %(high)s.", low=self.low, high=self.high))
        self.data = int(text)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else str(self.data)


class DegreesField(StringField):
    """A latitude or longitude in decimal degrees, with point or comma; empty is None."""

    def __init__(self, label, validators=None, *, most: int, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.most = most

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip().replace(",", ".").replace("−", "-")
        self.data = None
        if not text:
            return
        number = float(text) if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text) else math.inf
        if abs(number) > self.most:
            raise ValueError(_l("Write degrees from −%(most)s to %(most)s, for example 56.9496.", most=self.most))
        self.data = round(number, 6)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else str(self.data)


class ChoiceField(SelectField):
    """One of the offered answers."""

    def pre_validate(self, form):
        if self.data not in {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(one_of_these())


def sent(form, field) -> None:
    """The hidden field came along, so the whole form did and not a piece of it (S54)."""
    if not field.raw_data:
        raise ValidationError(_l("Part of the form was missing. Open the page again and save once more."))


class LanguagesForm(LibriForm):
    """A form with texts in several languages: whoever makes it adds a field `title_lv` for the column `title` and each of its `codes`."""

    codes: tuple[str, ...] = ()

    def texts(self, column: str) -> dict:
        """The fields of a text by language: {"lv": field, …}."""
        return {code: self[f"{column}_{code}"] for code in self.codes if f"{column}_{code}" in self}

    def typed(self, column: str) -> Localized:
        """What was typed of a text, in the languages in which there is something."""
        return Localized({code: field.data for code, field in self.texts(column).items() if field.data})


def in_language(label, code: str) -> str:
    """What the field of a text in one language is called."""
    return _("%(field)s – %(language)s", field=label, language=language_name(code))


def text_in(code: str, label, most: int, rows: int = 0) -> StringField:
    """A field for a text in one language: of one line, or of several when it has `rows`."""
    kind, clean, look = (TextAreaField, paragraphs, {"rows": rows}) if rows else (StringField, line, {})
    return kind(label, [at_most(most)], filters=[clean], render_kw={"lang": code, "dir": "auto", **look})


def not_in_the_future(form, field) -> None:
    """A day up to today."""
    if field.data and field.data > now().date():
        raise ValidationError(_l("This day is in the future. Write today or an earlier day."))
