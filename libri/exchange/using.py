"""Which resources practices use and discussions are about, and how those are shown on the page of a resource (N21)."""

from __future__ import annotations

from flask import g, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from .. import paging
from ..db import db
from ..i18n import reader_languages
from ..resources import uses
from ..resources.queries import resources
from .models import Practice, PracticeText, Topic, TopicLink
from .queries import practices as queries

MOST = 50
"""Discussions named on the page of a practice or an event."""


def _shown(numbers: list[int]) -> list[uses.Used]:
    """The published practices among these that the reader may see, each in a language they read."""
    titles: dict[int, dict[str, str]] = {}
    originals: dict[int, str] = {}
    found = (select(Practice.id, Practice.original_language, PracticeText.language, PracticeText.title)
             .join(PracticeText, PracticeText.practice_id == Practice.id)
             .where(Practice.id.in_(numbers), *queries.visible(g.can)).order_by(Practice.published_at.desc(), Practice.id.desc()))
    for row in db.session.execute(found):
        titles.setdefault(row.id, {})[row.language] = row.title
        originals[row.id] = row.original_language
    return [_one(number, titles[number], originals[number]) for number in titles]


def _one(number: int, titles: dict[str, str], original: str) -> uses.Used:
    language = next(code for code in (*reader_languages(), original) if code in titles)
    return uses.Used(url_for("exchange.practice", practice_id=number), titles[language], language)


def resources_of(practice_id: int) -> list[tuple[int, str, str]]:
    """(number, language, title) of the resources a practice uses, as far as the reader may see them."""
    return uses.titles_of("practice", practice_id)


def resource_named(number: str | int | None) -> tuple[int, str, str] | None:
    """(number, language, title) of a published resource that a discussion is about, or None when there is none the reader may see."""
    resource_id = paging.whole(str(number or ""))
    found = db.session.scalar(resources.one(resource_id)) if resource_id is not None else None
    shown = found is not None and found.is_published and g.can.see_resource(found)
    return (found.id, *found.title_in(*reader_languages())) if shown else None


def event_named(number: str | int | None) -> uses.Used | None:
    """An announced event that a discussion is about, or None when there is none the reader may see; trainings stand above and register it."""
    event_id, kind = paging.whole(str(number or "")), uses.KINDS.get("event")
    found = kind.shown([event_id]) if kind is not None and event_id is not None else []
    return found[0] if found else None


def _topics(numbers: list[int]) -> list[uses.Used]:
    """The discussions among these that members may see, the latest first."""
    return _found(Topic.id.in_(numbers))


def _found(*conditions, most: int | None = None) -> list[uses.Used]:
    if not g.can.read_network():
        return []
    found = (select(Topic.id, Topic.title, Topic.language).where(Topic.is_shown, *conditions)
             .order_by(Topic.last_at.desc(), Topic.id.desc()).limit(most))
    return [uses.Used(url_for("exchange.topic", topic_id=row.id), row.title, row.language) for row in db.session.execute(found)]


def discussions_about(kind: str, number: int, but: int | None = None) -> list[uses.Used]:
    """The discussions that were begun about a practice or an event, the latest first, for members; `but` is shown elsewhere."""
    about = select(TopicLink.topic_id).where(TopicLink.kind == kind, TopicLink.object_id == number)
    return _found(Topic.id.in_(about), Topic.id != (but or 0), most=MOST)


uses.register("topic", _l("Discussions"), _topics)
uses.register("practice", _l("Practices"), _shown)
