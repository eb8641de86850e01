"""Resources as their readers see them in a list: titles in a language they read, which languages there are, what to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..db import db, now
from ..i18n import Localized, lang, language_name, reader_languages
from ..members.models import Organisation
from ..vocabularies import THEMES
from .queries import resources as queries
from .words import AUDIENCES, FORMATS, KINDS, LICENCES


@dataclass(slots=True)
class Card:
    """A resource in a list; `format` says what its original is, a kind of file or a link."""

    id: int
    lang: str
    title: str
    description: Localized
    kind: str
    organisation: str
    organisation_lang: str
    themes: list[str]
    audiences: list[str]
    level: str
    licence: str
    languages: list[str]
    behind: list[str]
    """Names of languages whose version follows an older original."""
    format: str
    size: int
    is_link: bool
    downloads: int
    is_private: bool
    is_overdue: bool


def cards(rows: Sequence) -> list[Card]:
    """The rows of a list with their languages, in one more query."""
    newest: dict[int, dict] = defaultdict(dict)
    if rows:
        for one in db.session.execute(queries.editions([row.id for row in rows])):
            newest[one.resource_id][one.language] = one
    return [_card(row, newest[row.id]) for row in rows]


def _card(row, newest: dict) -> Card:
    language, title = row.title.best(*reader_languages(), row.language)
    organisation_lang, organisation = Organisation.name_in(row, lang())
    original = newest.get(row.language)
    behind = [language_name(code) for code, one in newest.items()
              if original and code != row.language and (one.follows or 0) < original.number]
    return Card(
        row.id, language, title, row.description, str(KINDS[row.kind]), organisation, organisation_lang,
        [str(THEMES[code]) for code in row.themes if code in THEMES], [str(AUDIENCES[code]) for code in row.audiences if code in AUDIENCES],
        row.level or "", str(LICENCES[row.licence]), [language_name(code) for code in newest], behind,
        str(FORMATS["link" if original.link else original.kind]) if original else "", (original and original.size) or 0,
        bool(original and original.link), row.downloads, row.status == "private", row.review_by is not None and row.review_by < now().date())
