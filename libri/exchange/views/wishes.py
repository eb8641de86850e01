"""Translations that people ask for: wishing, taking a wish back, and the list for those who translate (N8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete

from ...db import db, insert_into, now, write_tx
from ...i18n import language_name, reader_languages
from ...pages import go, render, safe_next
from ...permissions import require
from ...vocabularies import WRITTEN_LANGUAGES
from .. import translating
from ..models import TranslationWish
from ..queries import practices
from ..queries import translating as queries
from . import blueprint
from .practice import PRACTICE, find


@dataclass(frozen=True)
class Wished:
    """A practice in the list: its title in a language the reader reads, and how many ask for it."""

    id: int
    title: str
    title_language: str
    original_language: str
    count: int = 0
    language: str = ""


@blueprint.post(f"{PRACTICE}/wish")
def wish(practice_id: int):
    """Ask for a practice in a language, once."""
    practice = find(practice_id)
    require(g.can.translate_practice(practice))
    language = request.form.get("language", "")
    if language not in WRITTEN_LANGUAGES:
        abort(422)
    if translating.in_language(practice, language):
        flash(_("This practice is there in this language already."), "info")
        return go(url_for(".practice", practice_id=practice_id, **{"in": language}))
    with write_tx() as session:
        row = insert_into(TranslationWish).values(practice_id=practice_id, language=language, member_id=g.can.member_id, at=now())
        session.execute(row.on_conflict_do_nothing())
        translating.wished(session.scalars(practices.one(practice_id)).one(), language)
    flash(_("Your wish is noted: %(language)s. We tell you when the translation is there.", language=language_name(language)), "success")
    return go(_back(practice_id))


@blueprint.post(f"{PRACTICE}/wish/withdraw")
def withdraw_wish(practice_id: int):
    """Take a wish back."""
    find(practice_id)
    language = request.form.get("language", "")
    with write_tx() as session:
        session.execute(delete(TranslationWish).where(
            TranslationWish.practice_id == practice_id, TranslationWish.language == language, TranslationWish.member_id == g.can.member_id))
    flash(_("Your wish is taken back."), "success")
    return go(_back(practice_id))


def _back(practice_id: int) -> str:
    return safe_next(request.form.get("next"), url_for(".practice", practice_id=practice_id))


@blueprint.get("/practices/wishes")
def wishes():
    """What is asked for in the languages the reader writes, what lags behind there, and what they asked for themselves."""
    counts = dict(db.session.execute(queries.counts(current_user.writes)).all())
    languages = sorted(current_user.writes, key=lambda code: -counts.get(code, 0))
    language = request.args.get("language", "")
    language = language if language in languages else languages[0] if languages else ""
    rows = db.session.execute(queries.wishes(language, _after())).all()
    shown, more = rows[:queries.ROWS], rows[queries.ROWS:]
    behind = db.session.execute(queries.behind(language)).all()
    own = db.session.execute(queries.own_wishes(g.can.member_id)).all()
    known = _known([row.practice_id for row in (*shown, *behind, *own)])
    next_url = url_for(".wishes", language=language, after=f"{shown[-1].count}-{shown[-1].practice_id}") if more else None
    return render(
        "exchange/wishes.html", fragments=["wish_list"], language=language, next_url=next_url,
        wished=[_wished(known[row.practice_id], count=row.count) for row in shown],
        behind=[_wished(known[row.practice_id]) for row in behind],
        own=[_wished(known[row.practice_id], language=row.language) for row in own],
        tabs=[(_("%(language)s (%(count)s)", language=language_name(code), count=counts.get(code, 0)), url_for(".wishes", language=code),
               code == language) for code in languages], trail=[(_("Experience"), url_for(".practices"))])


def _after() -> tuple[int, int] | None:
    found = re.fullmatch("([0-9]{1,9})-([0-9]{1,9})", request.args.get("after", ""), re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def _known(numbers: list[int]) -> dict[int, dict]:
    """The titles of these practices, by practice and language, in one query."""
    known: dict[int, dict] = {}
    for row in db.session.execute(queries.titles(numbers)):
        known.setdefault(row.practice_id, {})[row.language] = row
    return known


def _wished(titles: dict, **more) -> Wished:
    any_row = next(iter(titles.values()))
    row = next((titles[code] for code in (*reader_languages(), any_row.original_language) if code in titles), any_row)
    return Wished(row.practice_id, row.title, row.language, row.original_language, **more)
