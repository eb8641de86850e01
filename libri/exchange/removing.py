"""Earlier versions of texts that must go, because they hold personal data: one alone, or all with a hidden text. Inside write_tx()."""

from __future__ import annotations

from flask import g
from sqlalchemy import delete

from .. import audit
from ..db import db, now
from ..notices.models import tell
from . import telling
from .models import Practice, PracticeVersion, Reply, ReplyTranslation, ReplyVersion
from .moderating import named


class Gone(ValueError):
    """Somebody removed this version before."""


def remove(thing: Reply | Practice, version: ReplyVersion | PracticeVersion, reason: str) -> None:
    """Remove the words of one earlier version for good and tell the author why; raises Gone.

    With one of a reply go its translations that are older than the present text, because they may say the same.
    """
    if version.is_removed:
        raise Gone
    version.removed_at, version.removed_by_id, version.removed_reason = now(), g.can.member_id, reason
    if isinstance(version, PracticeVersion):
        version.fields = {}
    else:
        version.body = ""
        db.session.execute(delete(ReplyTranslation).where(ReplyTranslation.reply_id == thing.id, ReplyTranslation.of_version < thing.version))
    audit.record(f"{thing.__tablename__}.version_removed", thing, version=version.id)
    tell([thing.author_id], "text.version_removed", history_of(thing), thing, but=g.can.member_id, reason=reason, **named(thing))


def remove_all(thing: Reply | Practice) -> None:
    """Delete for good what a text said before, because it holds personal data; with a reply go its translations, which say the same."""
    tables = (PracticeVersion.practice_id,) if isinstance(thing, Practice) else (ReplyVersion.reply_id, ReplyTranslation.reply_id)
    count = sum(db.session.execute(delete(column.class_).where(column == thing.id)).rowcount for column in tables)
    audit.record(f"{thing.__tablename__}.versions_removed", thing, count=count)


def history_of(thing: Reply | Practice) -> str:
    """The page with the earlier versions of a text."""
    if isinstance(thing, Practice):
        return telling.address("exchange.practice_history", practice_id=thing.id)
    return telling.address("exchange.reply_history", reply_id=thing.id)
