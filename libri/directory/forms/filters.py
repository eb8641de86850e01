"""The questions of the lists: words, country, kind, theme, language; their answers stand in the address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from flask import request
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from markupsafe import Markup, escape
from wtforms import BooleanField, Field, Form, StringField, widgets
from wtforms.validators import ValidationError

from ...catalogues import translations
from ...forms import at_most, attributes, line, one_of_these
from ...i18n import country_name, lang, language_name, sort_key
from ...search import words
from ...vocabularies import COUNTRIES, ORGANISATION_KINDS, THEMES, WRITTEN_LANGUAGES
from ..queries.organisations import Filters

SORTS = {"name": _pl("organisation", "Name"), "country": _l("Country"), "newest": _l("Newest first")}
KEY = re.compile(r"([A-Z]{2})-([0-9]{1,15})", re.ASCII)
DRAWN = 500
"""Selects kept drawn, each with what is chosen in it."""
NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,6})?", re.ASCII)


class Options(widgets.Select):
    """A select of plain options; WTForms' own needs many times as long for the 80 of a list's filters."""

    def __call__(self, field, **given):
        offers = field.choices if isinstance(field.choices, tuple) else tuple((value, str(label)) for value, label, *_rest in field.choices)
        return Markup(f"<select {attributes(id=field.id, name=field.name, **given)}>{_drawn(offers, field.data)}</select>")


@lru_cache(DRAWN)
def _drawn(offers: tuple[tuple[str, str], ...], chosen: str | None) -> str:
    return "".join(f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
                   for value, label in offers)


class OneOf(Field):
    """A choice that may stay open, with our own sentence for what was never offered.

    What is offered is the same for all readers of a language; what is not is set as `choices` of the form's field.
    """

    widget = Options()

    def __init__(self, label, choices, default="", **kwargs):
        super().__init__(label, default=default, **kwargs)
        self.choices = _offers(choices, translations())

    def pre_validate(self, form):
        if not any(value == self.data for value, _label in self.choices):
            raise ValidationError(one_of_these())


@cache
def _offers(choices: Callable[[], Iterable[tuple[str, str]]], _catalogue) -> tuple[tuple[str, str], ...]:
    """What is offered, named and sorted once for each language's catalogue and not in every request."""
    return tuple((value, str(label)) for value, label in choices())


def _by_name(codes, name) -> list[tuple[str, str]]:
    return sorted(((code, name(code)) for code in codes), key=lambda pair: sort_key(pair[1], lang()))


@cache
def _countries(_language: str) -> list[tuple[str, str]]:
    return _by_name(COUNTRIES, country_name)


@cache
def _languages(_language: str) -> list[tuple[str, str]]:
    return _by_name(WRITTEN_LANGUAGES, language_name)


def countries() -> list[tuple[str, str]]:
    """The countries with their names, in the reader's alphabetical order."""
    return _countries(lang())


def languages() -> list[tuple[str, str]]:
    """The languages texts are written in with their names, in the reader's alphabetical order."""
    return _languages(lang())


def any_or(choices) -> list[tuple[str, str]]:
    """Answers to choose from, or none of them."""
    return [("", _l("Any")), *choices]


class AddressForm(Form):
    """Questions whose answers stand in the address; one that cannot be understood counts as none."""

    def __init__(self):
        super().__init__(request.args)
        self.is_good = self.validate()

    def _good(self, name: str) -> str:
        field = self[name]
        return field.data or "" if not field.errors else ""


class HelpForm(AddressForm):
    """Who can help me with … (N4): a theme, a language, a kind of organisation; never a name."""

    theme = OneOf(_l("Theme"), choices=lambda: any_or(THEMES.items()))
    language = OneOf(_l("Language of the staff"), choices=lambda: any_or(languages()))
    kind = OneOf(_l("Kind of organisation"), choices=lambda: any_or(ORGANISATION_KINDS.items()))

    @property
    def filters(self) -> Filters:
        """The answers that were understood."""
        return Filters(theme=self._good("theme"), language=self._good("language"), kind=self._good("kind"))


class FilterForm(HelpForm):
    """The filters of the list and of the map."""

    words = StringField(_l("Name, town or words"), [at_most(200)], filters=[line])
    country = OneOf(_l("Country"), choices=lambda: any_or(countries()))
    partner = BooleanField(_l("Looking for a partner"), false_values=("", "n"))
    sort = OneOf(_l("Order"), choices=lambda: list(SORTS.items()), default="name")

    @property
    def filters(self) -> Filters:
        """The answers that were understood, with the place a pin of the map led to."""
        text = self._good("words")
        return super().filters.but(
            words=tuple(words(text)), text=text, country=self._good("country"), partner=bool(self.partner.data),
            sort=self._good("sort") or "name",
            city=line(request.args.get("city"))[:100], area=area_of(request.args.get("area", "")))


def area_of(text: str) -> tuple[float, ...]:
    """South, west, north, east read from an address; empty when it is none."""
    parts = text[:60].split(",")
    if len(parts) != 4 or not all(NUMBER.fullmatch(part) for part in parts):
        return ()
    return tuple(float(part) for part in parts)


def key_of(text: str | None) -> tuple[str, int] | None:
    """The country and number of the row a page begins after, read from an address."""
    found = KEY.fullmatch(text or "")
    return (found[1], int(found[2])) if found else None
