"""What people say about themselves: profile, picture, leaving."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField

from ...forms import CheckboxesField, LibriForm, at_most, line, required
from ...i18n import LANGUAGES, lang, language_name
from ...vocabularies import NOTICE_CHOICES, THEMES, WRITTEN_LANGUAGES
from .offers import offered

PARTS = {"Europe": "150", "Asia": "142", "Africa": "002", "America": "019", "Australia": "009", "Pacific": "009"}
"""Parts of the world by the first word of a time zone, as UN M49 codes, whose names CLDR knows."""
NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/", "Brazil/", "Canada/", "Chile/", "Mexico/")


@cache
def zones(language: str) -> dict[str, list[tuple[str, str]]]:
    """IANA time zones named by their city in `language`, Europe first; the city begins the line, so typing finds it."""
    places = [zone for zone in available_timezones() if "/" in zone and not zone.startswith(NOT_PLACES)]
    named = sorted((get_timezone_location(zone, locale=language, return_city=True), zone) for zone in places)
    world = Locale.parse(language).territories
    groups: dict[str, list[tuple[str, str]]] = {world[code]: [] for code in ("150", "142", "002", "019", "009", "001")}
    for city, zone in named:
        groups[world[PARTS.get(zone.split("/")[0], "001")]].append((zone, f"{city} ({zone})"))
    groups[world["001"]].append(("UTC", "UTC"))
    return groups


def language_choices() -> list[tuple[str, str]]:
    """Languages one may read or write, in the reader's words."""
    return [(code, language_name(code)) for code in WRITTEN_LANGUAGES]


class ProfileForm(LibriForm):
    """One's own profile. `version` is the one the page was drawn from."""

    name = StringField(_l("Name"), [required(), at_most(120)], filters=[line], render_kw={"autocomplete": "name"})
    function = StringField(_l("Function"), [at_most(120)], filters=[line], render_kw={"autocomplete": "organization-title"})
    language = SelectField(_l("Language of LiBri"), choices=offered(LANGUAGES.items()))
    reads = CheckboxesField(_l("Languages I read"))
    writes = CheckboxesField(_l("Languages I write"))
    translates_automatically = BooleanField(_l("Translate automatically into my language"), false_values=("", "n", "false"))
    timezone = SelectField(_l("Time zone"), render_kw={"translate": "no"})
    themes = CheckboxesField(_l("My themes"), choices=offered(THEMES.items()))
    notices = RadioField(_l("News by mail"), choices=offered(NOTICE_CHOICES.items()))
    version = HiddenField()

    FIELDS = ("name", "function", "language", "reads", "writes", "translates_automatically", "timezone", "themes", "notices")

    def __init__(self, *given, **kwargs):
        super().__init__(*given, **kwargs)
        if not current_app.config["TRANSLATE_URL"]:
            del self.translates_automatically
        self.reads.choices = self.writes.choices = offered(language_choices())
        self.timezone.choices = [choice for part, places in zones(lang()).items() for choice in offered(places, part)]

    def values(self) -> dict:
        """What was filled in, by the names of the member's columns."""
        return {name: self[name].data for name in self.FIELDS if name in self}


class PictureForm(LibriForm):
    """A picture to show beside one's name."""

    picture = FileField(_l("New picture"), render_kw={"accept": "image/jpeg,image/png,image/webp,image/gif"})


class CloseForm(LibriForm):
    """The address, typed once more, so that nobody closes an account by mistake."""

    address = StringField(_l("Your e-mail address"), [required(), at_most(254)], filters=[line],
                          render_kw={"autocomplete": "email", "inputmode": "email", "autocapitalize": "off"})
