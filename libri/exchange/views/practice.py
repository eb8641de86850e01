"""The page of one practice: its text in a language the reader reads, who tried it, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import paging
from ...db import db
from ...i18n import lang, reader_languages
from ...kept import kept_values
from ...members.queries import members
from ...notices.reading import visited
from ...pages import render
from ...permissions import public
from ...text import excerpt
from ...vocabularies import THEMES, WRITTEN_LANGUAGES
from .. import following, reading, translating, using
from ..cards import shows_place
from ..models import Practice, PracticeText
from ..queries import adoptions as beside
from ..queries import practices as queries
from ..words import COST_BANDS, LICENCES, ORIGINS, PRACTICE_STATES, STATES_OF_LIFE, TARGET_GROUPS, WOULD_REPEAT
from . import blueprint

PRACTICE = "/practices/<int:practice_id>"
WORDS = {"themes": THEMES, "groups": TARGET_GROUPS, "costs": COST_BANDS, "states": PRACTICE_STATES, "lives": STATES_OF_LIFE,
         "licences": LICENCES, "origins": ORIGINS, "repeats": WOULD_REPEAT}


def find(practice_id: int) -> Practice:
    """The practice with its texts, or 404 for whoever may not see it."""
    practice = db.session.scalar(queries.one(practice_id))
    if practice is None or not g.can.see_practice(practice):
        abort(404)
    return practice


def wanted() -> tuple[str, ...]:
    """The languages to read a practice in, best first: the one asked for in the address, then the reader's."""
    asked = request.args.get("in", "")
    return (*([asked] if asked in WRITTEN_LANGUAGES else []), *reader_languages())


class Offer:
    """What a machine can do for a reader who does not read a text: the words it said, asking it, going back (F17)."""

    def __init__(self, practice: Practice, text: PracticeText) -> None:
        self.text, self.language, self.is_in_place, self.asks_itself, self.can_ask = text, lang(), False, False, False
        if not g.can.translate_practice(practice) or {one.language for one in practice.texts} & set(reader_languages()):
            return
        does_itself = current_user.translates_automatically and "in" not in request.args
        wants = does_itself or request.args.get("translated") == self.language
        said = translating.by_machine(practice, self.language) if wants else None
        self.text, self.is_in_place = said or text, said is not None
        self.can_ask = said is None and translating.has_machine()
        self.asks_itself = self.can_ask and does_itself


@dataclass(frozen=True)
class Typed:
    """An answer to a question about a practice that was not taken or waited for its writer, kept where it was typed."""

    question: int
    answer: str
    text: str
    status: int = 200


@blueprint.get(PRACTICE)
@public
def practice(practice_id: int):
    """One practice."""
    found = find(practice_id)
    visited(found)
    return page(found, _typed_before())


def _typed_before() -> Typed | None:
    """The answer somebody was typing here when their session ended (R9)."""
    kept = kept_values() or {}
    number = paging.whole(kept.get("question"))
    return Typed(number, kept["answer"], _("What you typed is here again. Check it and save.")) if number and kept.get("answer") else None


def page(found: Practice, typed: Typed | None = None):
    """Draw the page; `typed` is an answer that stands where it was typed."""
    text = found.text_in(*wanted())
    offer = Offer(found, text)
    text = offer.text
    questions = {one.field: one for one in db.session.scalars(beside.questions(found.id))}
    adoptions = reading.tried(found.id)
    return render(
        "exchange/practice.html", fragments=["practice_page", "asked"], offer=offer, practice=found, text=text, typed=typed, adoptions=adoptions,
        sections=reading.sections(found, text, questions), missing_facts=reading.missing_facts(found, questions), facts=reading.FACTS,
        roads=reading.roads(found, adoptions), knows_place=shows_place(found, found.organisation),
        organisation_name=found.organisation.name_in(lang()), used=using.resources_of(found.id), is_short=found.original.is_short,
        trail=[(_("Experience"), url_for(".practices"))],
        status=typed.status if typed else 200, **_beside(found, text), **WORDS)


def _beside(found: Practice, text: PracticeText) -> dict:
    """Photos, files, the discussion and the people; guests get neither names nor what is for the network only."""
    may_edit = g.can.edit_practice(found)
    files = [one for one in db.session.scalars(beside.attachments(found.id)) if may_edit or one.is_complete]
    if not g.can.read_network():
        return {"photos": [one for one in files if one.kind == "photo" and one.licence != "network-internal"], "files": [], "replies": [],
                "others": [], "names": {}, "level": "none", "may_adopt": False}
    people = {number for number in (found.author_id, text.translator_id, text.reviewer_id) if number}
    return {
        "photos": [one for one in files if one.kind == "photo"], "files": [one for one in files if one.kind == "file"],
        "replies": _replies(found.topic_id), "others": using.discussions_about("practice", found.id, but=found.topic_id),
        "names": {row.id: row.name for row in db.session.execute(members.names(people))},
        "level": following.level_of(g.can.member_id, "practice", found.id), "may_adopt": found.status == "published"}


def _replies(topic_id: int | None) -> list[tuple]:
    """The latest replies in reading order, each with its beginning."""
    found = db.session.scalars(beside.latest_replies(topic_id)).all() if topic_id else []
    return [(reply, excerpt(reply.html)) for reply in reversed(found)]
