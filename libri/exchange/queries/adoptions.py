"""Who tried a practice, what readers ask about it, and what its page shows of its discussion."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import joinedload, raiseload

from ...db import db, now
from ...members.models import Organisation
from ...members.queries import reach
from ...permissions import Can
from ..models import Adoption, Attachment, FieldQuestion, Practice, Reply, Topic

MOST = 200
"""Adoptions one page shows."""
LATEST = 3
"""Replies of its discussion that the page of a practice shows."""
ASKED_AFTER = (30, 90)
"""Days after which somebody who tried a practice is asked for the result."""


def one(adoption_id: int) -> Select:
    """An adoption with its organisation."""
    return select(Adoption).where(Adoption.id == adoption_id).options(joinedload(Adoption.organisation), raiseload("*"))


def of(practice_id: int) -> Select:
    """The adoptions of a practice with their organisations, the latest first."""
    return (select(Adoption).where(Adoption.practice_id == practice_id).options(joinedload(Adoption.organisation), raiseload("*"))
            .order_by(Adoption.at.desc(), Adoption.id.desc()).limit(MOST))


def own_organisations(can: Can) -> Select:
    """The active organisations somebody may write for: their own, and those below what they coordinate."""
    return (select(Organisation).where(Organisation.status == "active", reach.belonging_or_led(can))
            .order_by(Organisation.path, Organisation.id).options(raiseload("*")))


def recount(practice_id: int) -> None:
    """Count the adoptions of a practice that are shown anew, inside write_tx()."""
    number = select(func.count()).select_from(Adoption).where(Adoption.practice_id == practice_id, Adoption.is_shown).scalar_subquery()
    db.session.execute(update(Practice).where(Practice.id == practice_id).values(adoptions_count=number))


def to_ask(at: datetime | None = None) -> Select:
    """Adoptions of published practices without a result, 30 or 90 days old and not asked about since."""
    first, second = ((at or now()) - timedelta(days=days) for days in ASKED_AFTER)
    return (select(Adoption).join(Practice, Practice.id == Adoption.practice_id)
            .where(Practice.status == "published", Adoption.is_shown, Adoption.result == "", or_(
                and_(Adoption.at <= first, Adoption.asked_30_at.is_(None)), and_(Adoption.at <= second, Adoption.asked_90_at.is_(None))))
            .options(joinedload(Adoption.organisation), raiseload("*")).order_by(Adoption.id))


# ---- beside a practice -----------------------------------------------------------------------------------------------


def questions(practice_id: int) -> Select:
    """The fields readers asked for, with what was answered."""
    return select(FieldQuestion).where(FieldQuestion.practice_id == practice_id).order_by(FieldQuestion.id)


def attachments(practice_id: int) -> Select:
    """Photos and files of a practice."""
    return select(Attachment).where(Attachment.object_kind == "practice", Attachment.object_id == practice_id).order_by(Attachment.id)


def latest_replies(topic_id: int) -> Select:
    """The last words of a practice's discussion, if it is shown, with their authors."""
    return (select(Reply).join(Topic, Topic.id == Reply.topic_id)
            .where(Reply.topic_id == topic_id, Topic.is_shown, Reply.number > 0, Reply.is_shown, Reply.is_waiting.is_(False))
            .options(joinedload(Reply.author), raiseload("*")).order_by(Reply.number.desc()).limit(LATEST))
