"""The language family of a resource: which languages exist, which are behind, who asked, who is translating (N20)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from flask import g
from flask_login import current_user

from ..db import db, now
from ..i18n import LANGUAGES, reader_languages
from .models import Resource, ResourceVersion
from .queries import resources as queries

CLAIM = timedelta(days=60)
"""After this time somebody else may take over a translation that did not come."""


@dataclass(slots=True)
class Edition:
    """A resource in one language: its versions, the newest first; none yet when people only asked for it."""

    language: str
    is_original: bool
    versions: list[ResourceVersion] = field(default_factory=list)
    behind: int = 0
    """How many versions the original is ahead."""
    wishes: int = 0
    is_wished: bool = False
    """Whether the reader asked for it."""
    translator_id: int | None = None
    translator: str = ""
    since: object = None

    @property
    def newest(self) -> ResourceVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def is_wanted(self) -> bool:
        """Whether a translator would do something useful here."""
        return not self.is_original and (not self.versions or self.behind > 0)

    @property
    def is_free(self) -> bool:
        """Whether nobody is translating, or somebody said so too long ago."""
        return self.translator_id is None or self.since < now() - CLAIM


def of(resource: Resource) -> list[Edition]:
    """The editions that exist, the original first, then the languages the reader knows that are missing and what others asked for."""
    versions = defaultdict(list)
    for one in sorted(resource.versions, key=lambda one: -one.number):
        versions[one.language].append(one)
    codes = dict.fromkeys([resource.language, *sorted(versions, key=_rank)])
    editions = {code: Edition(code, code == resource.language, versions[code], _behind(resource, versions[code])) for code in codes}
    if g.can.read_network():
        _ask_the_network(resource, editions)
    return list(editions.values())


def _rank(language: str) -> tuple:
    """The reader's own languages first."""
    known = reader_languages()
    return (known.index(language) if language in known else len(known), language)


def _behind(resource: Resource, versions: list[ResourceVersion]) -> int:
    if not versions or versions[0].language == resource.language:
        return 0
    return max(0, resource.number - (versions[0].follows or 0))


def _ask_the_network(resource: Resource, editions: dict[str, Edition]) -> None:
    """Add who asked and who is translating, and the languages in which nothing is there yet."""
    wishes, translating = defaultdict(set), {}
    for row in db.session.execute(queries.wishes(resource.id)):
        wishes[row.language].add(row.member_id)
    for row in db.session.execute(queries.translators(resource.id)):
        translating[row.language] = row
    missing = [*LANGUAGES, *current_user.reads, *current_user.writes, *wishes, *translating]
    for code in dict.fromkeys([*editions, *sorted(missing, key=_rank)]):
        one = editions.setdefault(code, Edition(code, False))
        one.wishes, one.is_wished = len(wishes[code]), g.can.member_id in wishes[code]
        if code in translating:
            row = translating[code]
            one.translator_id, one.translator, one.since = row.member_id, row.name, row.at


def best(editions: list[Edition], *wanted: str) -> ResourceVersion | None:
    """The version to offer first: in the first of `wanted` or the reader's languages that exists, else the original."""
    there = {one.language: one for one in editions if one.versions}
    code = next((code for code in (*wanted, *reader_languages()) if code in there), next(iter(there), None))
    return there[code].newest if code else None
