"""The languages: which one to speak, text kept in several languages, and the order of names in each alphabet."""

from __future__ import annotations

import contextlib
import textwrap
import unicodedata
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from flask import g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale
from flask_login import current_user
from markupsafe import Markup, escape
from sqlalchemy import JSON, TypeDecorator

from . import catalogues

LANGUAGES = {"lv": "latviešu", "en": "English", "ru": "русский", "uk": "українська"}
"""The languages of the interface, each named in itself; the first is the default."""
TRANSLATIONS = Path(__file__).parent.parent / "translations"

babel = Babel()


def init_app(app) -> None:
    """Let Flask-Babel choose by `choose()`, and give templates gettext that looks the catalogue up once a request."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "lv")
    babel.init_app(app, locale_selector=choose, timezone_selector=timezone)
    babel.domain_instance = catalogues.catalogues
    catalogues.init_app(app)
    env = app.jinja_env
    env.globals.update(languages=list(LANGUAGES.items()), lang=lang)
    env.filters.update(date=date, datetime=datetime_, short_date=short_date, short_datetime=short_datetime, month=month)
    env.filters.update(ago=ago, local=local, language=language_name, country=country_name)


def choose() -> str:
    """The interface language: of the member, else of the session, else of the browser, else Latvian (issue, design)."""
    if not has_request_context():
        return "lv"
    if current_user and current_user.is_authenticated:
        return current_user.language
    if session.get("language") in LANGUAGES:
        return session["language"]
    return request.accept_languages.best_match(list(LANGUAGES)) or "lv"


def timezone() -> str:
    """The IANA time zone of the reader: of the member, else Europe/Riga."""
    if has_request_context() and current_user and current_user.is_authenticated:
        return current_user.timezone
    return "Europe/Riga"


def own_zone() -> ZoneInfo:
    """The time zone of the reader."""
    if (kept := g.get("_zone")) is None:
        kept = g._zone = ZoneInfo(timezone())
    return kept


def lang() -> str:
    """The code of the language being spoken now, such as `lv`."""
    if (kept := g.get("_language")) is None:
        kept = g._language = str(get_locale() or "lv")
    return kept


def _forget() -> None:
    """Let the language be found out anew."""
    g.pop("_catalogue", None)
    g.pop("_language", None)


@contextlib.contextmanager
def speaking(language: str):
    """Speak `language` inside the block, as a letter to somebody else needs."""
    _forget()
    try:
        with force_locale(language):
            yield
    finally:
        _forget()


# ---- text in several languages -------------------------------------------------------------------------------------

FALLBACK = ("en", "lv", "ru", "uk", "fr", "it", "pl", "ro")


class Localized(dict):
    """Text in several languages, `{"lv": "…", "en": "…"}`; empty ones are left out."""

    def best(self, *wanted: str) -> tuple[str, str]:
        """Return (language, text): the first of `wanted` that exists, else by the fixed order, else ("", "")."""
        for code in (*wanted, *FALLBACK, *self):
            if self.get(code):
                return code, self[code]
        return "", ""

    def short(self, letters: int = 180) -> Localized:
        """The beginning of every text, at most `letters` long, cut between words."""
        return Localized({code: textwrap.shorten(text, letters, placeholder=" …") for code, text in self.items()})

    def __str__(self) -> str:
        return self.best(*reader_languages())[1]


class LocalizedText(TypeDecorator):
    """A column of Localized, stored as JSON; assign a whole new value to change it."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return {code: text for code, text in (value or {}).items() if text}

    def process_result_value(self, value, dialect):
        return Localized(value or {})


def reader_languages() -> tuple[str, ...]:
    """The languages to try for the reader, best first: the interface's, then those they read (N35)."""
    reads = current_user.reads if has_request_context() and current_user and current_user.is_authenticated else ()
    return (lang(), *reads)


def local(value: Localized | None, *first: str) -> Markup:
    """Show a Localized in the reader's best language, marked with its own `lang` (A11)."""
    code, text = (value or Localized()).best(*first, *reader_languages())
    return Markup('<span lang="{}" dir="auto">{}</span>').format(code, text) if text else Markup("")


# ---- names of languages and countries, dates -----------------------------------------------------------------------


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


def language_name(code: str) -> str:
    """The name of language `code` in the language being spoken: `uk` → `ukraiņu`; an unknown code stays itself."""
    return _named("languages", code, lang())


def country_name(code: str) -> str:
    """The name of country `code` (ISO 3166-1 alpha-2) in the language being spoken."""
    return _named("territories", code, lang())


@lru_cache(maxsize=4096)
def _named(kind: str, code: str, language: str) -> str:
    return getattr(_locale(language), kind).get(code, code)


_LONG_DATE = {"lv": "y. 'gada' d. MMMM", "en": "d MMMM y", "ru": "d MMMM y\u00a0'г'.", "uk": "d MMMM y\u00a0'р'."}
_SHORT_DATE = {"lv": "dd.MM.y.", "en": "d MMM y", "ru": "dd.MM.y", "uk": "dd.MM.y"}
_MONTH = {"lv": "y. 'gada' LLLL", "en": "LLLL y", "ru": "LLLL y 'г'.", "uk": "LLLL y 'р'."}


def date(value, zone: str | None = None) -> Markup:
    """A day as `<time>`: `2024. gada 20. decembris`, `20 December 2024`; instants are shown in the reader's zone."""
    if value is None:
        return Markup("")
    day = _there(value, zone).date() if hasattr(value, "astimezone") else value
    return Markup(f'<time datetime="{day.isoformat()}">{_day(day, _LONG_DATE.get(lang(), "long"), lang())}</time>')


def datetime_(value, zone: str | None = None) -> Markup:
    """An instant as `<time>` with day and time of day in the reader's zone, or in `zone`."""
    if value is None:
        return Markup("")
    there, language = _there(value, zone), lang()
    day, time = _day(there.date(), _LONG_DATE.get(language, "long"), language), _clock(there, language)
    joined = f"{day}, plkst.\u00a0{time}" if language == "lv" else f"{day}, {time}"
    return Markup(f'<time datetime="{value.isoformat()}">{joined}</time>')


def short_date(value) -> Markup:
    """A day as `<time>` for tables: `22.11.2026.`, `22 Nov 2026`; it stays on one line."""
    if value is None:
        return Markup("")
    day = _there(value).date() if hasattr(value, "astimezone") else value
    return Markup(f'<time class="nowrap" datetime="{day.isoformat()}">{_day(day, _SHORT_DATE.get(lang(), "short"), lang())}</time>')


def short_datetime(value) -> Markup:
    """An instant as `<time>` for tables, in the reader's zone: `22.11.2026. plkst. 12.37`, `22 Nov 2026, 12:37`."""
    if value is None:
        return Markup("")
    there, language = _there(value), lang()
    day, time = _day(there.date(), _SHORT_DATE.get(language, "short"), language), _clock(there, language)
    joined = f"{day} plkst. {time}" if language == "lv" else f"{day}, {time}"
    return Markup(f'<time class="nowrap" datetime="{value.isoformat()}">{joined}</time>')


def _there(value, zone: str | None = None):
    return value.astimezone(ZoneInfo(zone) if zone else own_zone())


@lru_cache(maxsize=4096)
def _day(day, pattern: str, language: str) -> Markup:
    return escape(format_date(day, pattern, locale=_locale(language)))


def _clock(there, language: str) -> str:
    return f"{there:%H.%M}" if language == "lv" else f"{there:%H:%M}"


def month(year: int, number: int | None = None) -> Markup:
    """A month without a day as `<time>`, `2024. gada jūnijs`, or a year alone when there is no `number`."""
    if number is None:
        return Markup("<time>{}</time>").format(year)
    from datetime import date as day

    text = format_date(day(year, number, 1), _MONTH.get(lang(), "LLLL y"), locale=_locale(lang()))
    return Markup('<time datetime="{}-{:02d}">{}</time>').format(year, number, text)


def ago(value) -> Markup:
    """How long ago an instant was, as `<time>` whose title is the exact time."""
    from .db import now

    if value is None:
        return Markup("")
    return _told(value, _rounded((value - now()).total_seconds()), own_zone(), lang())


def _rounded(seconds: float) -> int:
    """Seconds as exactly as they are told: to the second, the minute, the hour or the day; what is now was a second ago."""
    size = abs(seconds)
    unit = 1 if size < 60 else 60 if size < 3600 else 3600 if size < 86400 else 86400
    return round(seconds / unit) * unit or -1


@lru_cache(maxsize=4096)
def _told(value, seconds: int, zone: ZoneInfo, language: str) -> Markup:
    exact = value.astimezone(zone).isoformat(" ", "minutes")[:16]
    return Markup(f'<time datetime="{value.isoformat(timespec="seconds")}" title="{exact}">{_distance(seconds, language)}</time>')


@lru_cache(maxsize=4096)
def _distance(seconds: int, language: str) -> Markup:
    return escape(format_timedelta(timedelta(seconds=seconds), add_direction=True, locale=_locale(language)))


# ---- alphabetical order --------------------------------------------------------------------------------------------

_LATIN = {
    "lv": "a ā b c č d e ē f g ģ h i ī y j k ķ l ļ m n ņ o p q r ŗ s š t u ū v w x z ž",
    "": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
}
_CYRILLIC = {
    "ru": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я і ї є ґ",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я ъ ы э ё",
}
_SECONDARY = {"lv": set("āēīūy"), "ru": {"ё"}, "uk": set()}
"""Letters that sort with the one before them and only break ties (CLDR root and its Latvian tailoring)."""


@cache
def _alphabet(language: str) -> dict[str, str]:
    cyrillic_first = language in ("ru", "uk")
    latin = _LATIN.get(language, _LATIN[""]).split()
    cyrillic = _CYRILLIC.get(language, _CYRILLIC["ru"]).split()
    order: dict[str, str] = {}
    rank = 0
    for letter in [*cyrillic, *latin] if cyrillic_first else [*latin, *cyrillic]:
        rank += 0 if letter in _SECONDARY.get(language, {"ё"}) else 1
        order[letter] = chr(0x100 + rank)
    return order


def sort_key(text: str, language: str) -> str:
    """A key that orders names as readers of `language` expect (CLDR): compare keys by code point, on either database.

    Letters of the reader's own script come first; case, punctuation and foreign accents are ignored, then break ties.
    """
    order = _alphabet(language)
    primary = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in order:
            primary.append(order[letter])
            continue
        for base in unicodedata.normalize("NFD", letter):
            if base in order:
                primary.append(order[base])
            elif base.isdigit():
                primary.append(chr(0x40 + int(unicodedata.digit(base, 0))))
            elif base.isspace() or base in "-–—/":
                primary.append(" ")
    return ("".join(primary).strip() + "\x01" + unicodedata.normalize("NFD", text.casefold()))[:400]
