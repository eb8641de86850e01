"""Topics and texts as their reader sees them: plain values, looked up once for a page and not once for a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from .. import text
from ..i18n import ago, lang, language_name
from ..members.models import Organisation
from .queries.unread import count_unread
from .words import CATEGORIES


@dataclass(slots=True)
class Listed:
    """A row of the list of topics."""

    href: str
    lang: str
    title: str
    original: str
    """The language of the original, in words, when the title stands translated."""
    category: str
    author: str
    function: str
    place_lang: str
    place: str
    replies: int
    last: Markup
    unread: int
    status: str
    is_pinned: bool
    is_locked: bool


def listed(rows: Iterable[Any], since: datetime, present: datetime, translated: dict[int, tuple[str, str]] | None = None) -> list[Listed]:
    """The rows of the list; `since` is when the reader came to the network, `present` is now, `translated` are titles by topic."""
    known, name = translated or {}, cache(language_name)
    language, prefix = lang(), url_for("exchange.topics") + "/"
    category, former = cache(lambda code: str(CATEGORIES[code])), cache(lambda: _("former member"))
    return [
        Listed(f"{prefix}{row.id}", *known.get(row.id, (row.language, row.title)), name(row.language) if row.id in known else "",
               category(row.category), *_who(row, former), *_place(row, language),
               row.last_number, ago(row.last_at), count_unread(row.read, row.last_number, row.last_at, since), row.status,
               row.pinned_until is not None and row.pinned_until > present, row.is_locked)
        for row in rows
    ]


def _who(row, former) -> tuple[str, str]:
    """The author's name and function; somebody whose account is closed is a former member."""
    if row.author_id is None:
        return "", row.author_function or ""
    return (row.author, row.author_function or "") if row.author_status != "closed" else (former(), "")


def _place(row, language: str) -> tuple[str, str]:
    """The language and name of the organisation, ("", "") without one."""
    return Organisation.name_in(row, language) if row.organisation_id is not None else ("", "")


@dataclass(slots=True, unsafe_hash=True)
class Written:
    """A text of a topic: the opening one is number 0. Nobody changes one that was drawn."""

    id: int
    number: int
    href: str
    base: str
    quote_href: str
    report_href: str
    moderate_href: str
    lang: str
    language: str
    html: Markup
    author: str
    author_href: str
    function: str
    place_lang: str
    place: str
    place_href: str
    at: Markup
    edited: Markup
    thanks: int
    is_thanked: bool
    is_mine: bool
    is_seen: bool
    is_hidden: bool
    is_waiting: bool
    reason: str
    is_accepted: bool
    may_edit: bool
    may_accept: bool
    quotes: int | None
    files: list = field(default_factory=list, hash=False)
    translation: Any = field(default=None, hash=False)
    machine_href: str = ""
    is_in_place: bool = False
    asks_itself: bool = False
    by_hand: tuple = ()
    """Set by reply_translating.put_beside()."""

    @property
    def looks(self) -> str:
        """What its element is marked with."""
        return (" post--accepted" if self.is_accepted else "") + (" post--unseen" if self.is_hidden or self.is_waiting else "")


def written(rows: Iterable[Any], topic, files: dict[int, list] | None = None) -> list[Written]:
    """The texts of a page. What its reader may not see has no words here, only its place."""
    language, me, can = lang(), g.can.member_id, g.can
    here, texts, people, places, report, moderate = _prefixes(topic)
    name, former, accepts, moderates = cache(language_name), cache(lambda: _("former member")), can.accept_answer(topic), can.moderate()
    shown = []
    for row in rows:
        sees, (author, function), (place_lang, place) = can.see_reply(row), _who(row, former), _place(row, language)
        at = f"?at={row.number}" if row.number else "?"
        shown.append(Written(
            id=row.id, number=row.number, href=f"{here}{at if row.number else ''}#reply-{row.id}", base=f"{texts}{row.id}",
            quote_href=f"{here}{at}{'&' if row.number else ''}quote={row.number}#write", report_href=f"{report}{row.id}",
            moderate_href=f"{moderate}{row.id}" if moderates else "",
            lang=row.language, language=name(row.language) if row.language != language else "", html=text.shown(row.html if sees else ""),
            author=author, function=function, place_lang=place_lang, place=place,
            author_href=f"{people}{row.author_id}" if row.author_id is not None and row.author_status == "active" else "",
            place_href=f"{places}{row.organisation_id}" if row.organisation_id and row.organisation_status == "active" else "",
            at=ago(row.created_at), edited=_edited(row.edited_at) if row.edited_at and sees else Markup(""),
            thanks=row.thanks_count, is_thanked=row.thanked is not None, is_mine=row.author_id == me,
            is_seen=sees, is_hidden=not row.is_shown, is_waiting=row.is_waiting, reason=row.hidden_reason if sees else "",
            is_accepted=row.number == topic.accepted_number, may_edit=can.edit_reply(row), may_accept=accepts and row.number > 0,
            quotes=row.quotes, files=[one for one in (files or {}).get(row.id, ()) if sees and one.is_complete]))
    return shown


def _edited(at: datetime) -> Markup:
    """When a text was changed, as a whole sentence."""
    return escape(_("edited %(when)s")) % {"when": ago(at)}


def _prefixes(topic) -> tuple[str, ...]:
    """What the addresses on the page of a topic begin with: the topic, its texts, people, places, reporting, moderating."""
    return (url_for("exchange.topic", topic_id=topic.id), url_for("exchange.reply_history", reply_id=0).removesuffix("0/history"),
            url_for("members.show", member_id=0)[:-1], url_for("directory.show", organisation_id=0)[:-1],
            url_for("exchange.report", kind="reply", number=0)[:-1], url_for("exchange.moderate", kind="reply", number=0)[:-1])

