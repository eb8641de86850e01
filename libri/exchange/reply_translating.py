"""Texts of discussions in other languages: which translation a reader is shown, what a machine said, what a person wrote (F17, F18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import current_app, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from .. import audit, text
from ..db import OutOfDate, db, now
from ..i18n import language_name, reader_languages
from ..notices.models import tell
from . import following, telling
from .models import Reply, ReplyTranslation, Topic
from .queries import translating as queries
from .words import ORIGINS


@dataclass(frozen=True, slots=True)
class Shown:
    """A translation as it stands on the page in place of the original."""

    lang: str
    title: str
    html: Markup
    origin: str
    is_by_machine: bool
    by: str
    by_href: str
    is_behind: bool


def put_beside(texts: list, rows: Iterable[Any]) -> None:
    """Give the texts of a page the translations their reader needs, in one query at most (N35): not where they read the original.

    `texts` are rows.Written, `rows` what they were made of. What a machine said stands in place of the original for those who
    switched that on, and for who just asked for it; others have it one press away.
    """
    wanted, hands = reader_languages(), cache(by_hand)
    for one in texts:
        one.by_hand = hands(one.lang)
    foreign = {one.id: one for one in texts if one.is_seen and one.lang not in wanted}
    if not foreign:
        return
    versions = {row.id: row.version for row in rows}
    best: dict[int, tuple] = {}
    for found in db.session.execute(queries.of_replies(foreign, wanted)):
        number, language = found.ReplyTranslation.reply_id, found.ReplyTranslation.language
        if number not in best or wanted.index(language) < wanted.index(best[number].ReplyTranslation.language):
            best[number] = found
    for number, one in foreign.items():
        one.translation = _shown(best[number], versions[number]) if number in best else None
        _offer_machine(one, url_for("exchange.translate_reply", reply_id=number, language=wanted[0]))


def _offer_machine(one, href: str) -> None:
    """Say whether a text stands translated, whether a machine can be asked for more, and whether the page does so by itself."""
    is_machines = one.translation is not None and one.translation.is_by_machine
    one.is_in_place = one.translation is not None and (
        not is_machines or current_user.translates_automatically or request.args.get("translated") == str(one.id))
    is_open = bool(current_app.config["TRANSLATE_URL"]) and not one.is_hidden and not one.is_waiting
    can_say_more = is_open and (one.translation is None or (is_machines and one.translation.is_behind))
    one.machine_href = href if can_say_more or (is_machines and not one.is_in_place) else ""
    one.asks_itself = can_say_more and current_user.translates_automatically


def _shown(row, version: int) -> Shown:
    one, is_known = row.ReplyTranslation, row.status == "active"
    by = row.name if is_known else _("former member") if one.translator_id else ""
    return Shown(one.language, one.title, text.shown(one.html), str(ORIGINS[one.origin]), one.origin == "machine", by,
                 url_for("members.show", member_id=one.translator_id) if is_known else "", one.of_version < version)


def titles(rows: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """(language, title) of topics that have one in a language of the reader, who does not read the original's; one query at most (F18)."""
    wanted = reader_languages()
    foreign = {row.id for row in rows if row.language not in wanted}
    best: dict[int, tuple[str, str]] = {}
    for row in db.session.execute(queries.titles_of_topics(foreign, wanted, current_user.translates_automatically)) if foreign else ():
        if row.topic_id not in best or wanted.index(row.language) < wanted.index(best[row.topic_id][0]):
            best[row.topic_id] = (row.language, row.title)
    return best


def by_hand(language: str) -> tuple[tuple[str, str], ...]:
    """The languages in which the reader can write a text that is in `language`, as (code, name)."""
    if language not in {*current_user.reads, *current_user.writes}:
        return ()
    return tuple((code, language_name(code)) for code in current_user.writes if code != language)


def keep_machines(reply: Reply, language: str, words: dict[str, str], html: str, of_version: int) -> None:
    """Keep what a machine said, inside write_tx(); never in place of what a person wrote."""
    present = db.session.scalar(queries.of_reply(reply.id, language))
    if present is not None and present.origin != "machine":
        return
    if present is None:
        db.session.add(present := ReplyTranslation(reply_id=reply.id, language=language))
    _write(present, words, html, "machine", None, of_version)


def keep_persons(topic: Topic, reply: Reply, language: str, words: dict[str, str], html: str, seen: str) -> None:
    """Keep what a person wrote, inside write_tx(), and tell the author. Raises OutOfDate when another was saved meanwhile."""
    present = db.session.scalar(queries.of_reply(reply.id, language))
    if seen != stamp(present):
        raise OutOfDate
    if present is None:
        db.session.add(present := ReplyTranslation(reply_id=reply.id, language=language))
    _write(present, words, html, "human", g.can.member_id, reply.version)
    audit.record("reply.translated", reply, language=language)
    hearing = {reply.author_id} - following.turned_away(topic)
    tell(hearing, "topic.translated", telling.address_of(topic, reply), topic, but=g.can.member_id, title=topic.title,
         language=topic.language, by=g.can.member_id)


def _write(one: ReplyTranslation, words: dict[str, str], html: str, origin: str, translator_id: int | None, of_version: int) -> None:
    one.title, one.body, one.html = words.get("title", ""), words["body"], html
    one.origin, one.translator_id, one.of_version, one.at = origin, translator_id, of_version, now()


def stamp(present: ReplyTranslation | None) -> str:
    """What tells one saved translation of a text from the next."""
    return present.at.isoformat() if present else ""
