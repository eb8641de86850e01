"""The page of one topic: its texts twenty at a time, where one left off, and what comes while one reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import abort, g, redirect, request, url_for
from markupsafe import Markup

from ... import text
from ...db import db
from ...i18n import reader_languages
from ...notices.reading import visited
from ...pages import htmx, render
from ...vocabularies import THEMES
from .. import attachments, drawing, reply_translating, rows, using
from ..forms.discussions import ReplyForm
from ..models import Topic
from ..queries import replies as queries
from ..queries import unread
from ..words import CATEGORIES
from . import blueprint

TOPIC = "/discussions/<int:topic_id>"


@dataclass(frozen=True)
class Seen:
    """A topic with what concerns its reader: how far they have read, whether they follow it, where the answer is."""

    topic: Topic
    read: int | None
    is_muted: bool | None
    accepted_id: int | None

    @property
    def level(self) -> str:
        """What its reader chose: follow, mute or none."""
        return "none" if self.is_muted is None else "mute" if self.is_muted else "follow"


def find(topic_id: int) -> Seen:
    """The topic as this reader meets it, or 404 for whoever may not see it."""
    row = queries.topic(topic_id, g.can.member_id)
    if row is None or not g.can.see_topic(row.Topic):
        abort(404)
    return Seen(*row)


def number_in(name: str) -> int:
    """A number of a text read from the address, else 0."""
    given = request.args.get(name, "")
    return int(given) if re.fullmatch("[0-9]{1,9}", given, re.ASCII) else 0


@blueprint.get(TOPIC)
def topic(topic_id: int):
    """The page that holds the text `at`, or the one text that htmx asks for; what is shown counts as read."""
    seen = find(topic_id)
    asked = re.fullmatch(r"reply-([0-9]{1,9})", htmx.target or "") if htmx and not htmx.history_restore_request else None
    if asked:
        return _one(seen, int(asked[1]))
    form = ReplyForm(seen.topic.language, **_quotation(topic_id))
    return page(seen, form, number_in("at"))


def _quotation(topic_id: int) -> dict:
    """What the reply begins with when a text is quoted."""
    if "quote" not in request.args:
        return {}
    quoted = db.session.scalar(queries.of_number(topic_id, number_in("quote")))
    if quoted is None or not g.can.see_reply(quoted):
        return {}
    return {"body": text.quote(quoted.body) + "\n\n", "quotes": quoted.number}


def page(seen: Seen, form: ReplyForm, at: int, preview=None, status: int = 200):
    """Draw the page of a topic that holds number `at`, and write down how far it was read."""
    one = seen.topic
    first = queries.first_of_page(min(at, one.last_number))
    found = queries.page(one.id, first, g.can.member_id)
    last = found[-1].number if found else first
    before, after = max(first - queries.PAGE, 0), last + 1
    here = url_for(".topic", topic_id=one.id)
    note_read(seen, last)
    return render(
        "exchange/topic.html", fragments=["reply"], topic=one, seen=seen, texts=_texts(one, found), form=form, preview=preview,
        here=here, first=first, last=last, practice=_practice(one),
        resource=using.resource_named((one.links or {}).get("resource")), event=using.event_named((one.links or {}).get("event")),
        category=CATEGORIES[one.category], status=status,
        themes=[(code, THEMES[code]) for code in one.themes or () if code in THEMES], is_last=last >= one.last_number,
        previous=f"{here}?at={before}" if first else None, next=f"{here}?at={after}" if last < one.last_number else None)


def _one(seen: Seen, reply_id: int):
    """Draw the one text that htmx puts in the place of itself."""
    found = queries.text(seen.topic.id, reply_id, g.can.member_id) or abort(404)
    return render("exchange/topic.html", fragments=["reply"], topic=seen.topic, texts=_texts(seen.topic, found))


def _texts(one: Topic, found, arrived: bool = False) -> list[Markup]:
    texts = rows.written(found, one, attachments.of("reply", [row.id for row in found]))
    reply_translating.put_beside(texts, found)
    return drawing.drawn(texts, one.id, arrived)


def _practice(one: Topic):
    """The practice a topic speaks of, in the reader's best language."""
    query = queries.practice_of(one)
    found = db.session.execute(query).all() if query is not None else []
    wanted = reader_languages()
    order = {row.language: row for row in found}
    best = next((order[code] for code in wanted if code in order), None)
    return best or next((row for row in found if row.language == row.original_language), None)


def note_read(seen: Seen, last: int) -> None:
    """Write down how far a member has read, beside the page's own transaction and only when the number grew."""
    visited(seen.topic)
    if seen.read is None or seen.read < last:
        unread.mark(g.can.member_id, seen.topic.id, last)


@blueprint.get(f"{TOPIC}/unread")
def first_unread(topic_id: int):
    """Go to the first text this person has not read, or to the last one."""
    seen = find(topic_id)
    row = db.session.execute(unread.first_after(topic_id, g.can.member_id)).first()
    if row is None:
        row = db.session.scalar(queries.of_number(topic_id, seen.topic.last_number)) or abort(404)
    return redirect(url_for(".topic", topic_id=topic_id, at=row.number or None, _anchor=f"reply-{row.id}"), 303)


@blueprint.get(f"{TOPIC}/new")
def new_replies(topic_id: int):
    """What has come while somebody reads: 204 for nothing, else one line that offers it; `show` brings the texts themselves."""
    after, here = number_in("after"), url_for(".topic", topic_id=topic_id)
    if not htmx:
        return redirect(f"{here}?at={after + 1}", 303)
    seen = find(topic_id)
    if "show" in request.args:
        found = queries.after(topic_id, after, g.can.member_id)
        last = found[-1].number if found else after
        note_read(seen, last)
        return render("exchange/_new_replies.html", topic=seen.topic, texts=_texts(seen.topic, found, arrived=True), here=here,
                      after=last, count=0)
    count = db.session.scalar(queries.how_many_after(topic_id, after, g.can.member_id or 0)) or 0
    if count == number_in("told"):
        return "", 204
    return render("exchange/_new_replies.html", topic=seen.topic, texts=[], here=here, after=after, count=count)
