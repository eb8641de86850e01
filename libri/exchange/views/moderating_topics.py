"""Moderating a whole topic: another category, locked, closed, standing first until a day (F12)."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ... import audit
from ...db import db, write_tx
from ...notices.models import tell
from ...pages import go
from ...permissions import require
from .. import telling
from ..forms.moderation import MoveForm, PinForm
from ..models import Reply, Topic
from . import blueprint
from .moderation import case_page, office_finds

TOPIC = "/discussions/<int:topic_id>"


def _opening(topic_id: int) -> int:
    """The number of the text that opens a topic; 404 when there is none."""
    require(g.can.moderate())
    return db.session.scalar(select(Reply.id).where(Reply.topic_id == topic_id, Reply.number == 0)) or abort(404)


def _change(topic_id: int, opening: int, change: Callable[[Topic], None], words: str):
    with write_tx():
        change(db.session.scalars(select(Topic).where(Topic.id == topic_id).with_for_update()).one())
    flash(words, "success")
    return go(url_for(".moderate", kind="reply", number=opening))


def _tell(topic: Topic, kind: str) -> None:
    tell([topic.author_id], kind, telling.address("exchange.topic", topic_id=topic.id), topic, but=g.can.member_id,
         title=topic.title, language=topic.language)


@blueprint.post(f"{TOPIC}/move")
def move(topic_id: int):
    """Put a topic into another category."""
    opening, form = _opening(topic_id), MoveForm()
    if not form.validate_on_submit():
        return case_page(*office_finds("reply", opening), status=422, move_form=form)

    def change(topic: Topic) -> None:
        if topic.category != form.category.data:
            audit.record("topic.moved", topic, before=topic.category, after=form.category.data)
            topic.category = form.category.data
            _tell(topic, "topic.moved")

    return _change(topic_id, opening, change, _("The discussion has its new category."))


@blueprint.post(f"{TOPIC}/lock")
def lock(topic_id: int):
    """Take no more replies, or take them again."""
    opening, on = _opening(topic_id), request.form.get("on") == "1"

    def change(topic: Topic) -> None:
        if topic.is_locked != on:
            topic.is_locked = on
            audit.record("topic.locked" if on else "topic.unlocked", topic)
            _tell(topic, "topic.locked" if on else "topic.unlocked")

    return _change(topic_id, opening, change,
                   _("The discussion takes no more replies.") if on else _("The discussion takes replies again."))


@blueprint.post(f"{TOPIC}/close")
def close_topic(topic_id: int):
    """Close a topic, or open it again."""
    opening, on = _opening(topic_id), request.form.get("on") == "1"

    def change(topic: Topic) -> None:
        if (topic.status == "closed") != on:
            topic.status = "closed" if on else "answered" if topic.accepted_number is not None else "open"
            audit.record("topic.closed" if on else "topic.opened_again", topic)
            if on:
                _tell(topic, "topic.closed")

    return _change(topic_id, opening, change, _("The discussion is closed.") if on else _("The discussion is open again."))


@blueprint.post(f"{TOPIC}/pin")
def pin(topic_id: int):
    """Let a topic stand first until the end of a day, or no longer."""
    opening, form = _opening(topic_id), PinForm()
    if not form.validate_on_submit():
        return case_page(*office_finds("reply", opening), status=422, pin_form=form)

    def change(topic: Topic) -> None:
        if (topic.pinned_until if topic.is_pinned else None) == form.end:
            return
        topic.pinned_until = form.end
        if form.end:
            audit.record("topic.pinned", topic, until=form.until.data.isoformat())
        else:
            audit.record("topic.unpinned", topic)

    return _change(topic_id, opening, change,
                   _("The discussion stands first until that day.") if form.until.data else _("The discussion no longer stands first."))


@blueprint.get(f"{TOPIC}/moderate")
def moderate_topic(topic_id: int):
    """The page of the text that opens a topic, where the whole topic is moderated."""
    return go(url_for(".moderate", kind="reply", number=_opening(topic_id)))
