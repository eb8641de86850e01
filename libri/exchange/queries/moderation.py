"""What pages of moderation show: reports, texts that wait, one text with everything said and done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...audit import AuditEntry
from ...db import db
from ...members.models import Member
from ...text import excerpt
from ..models import Adoption, Practice, PracticeText, PracticeVersion, Reply, ReplyVersion, Report, ReportNote, Topic

ROWS = 30


class Short(NamedTuple):
    """Enough of a text to know it by."""

    title: str
    language: str
    words: str


def reports(status: str, after: int | None = None) -> Select:
    """(report, who made it), one more than shown: open ones the oldest first, settled ones the latest first."""
    query = select(Report, Member.name).outerjoin(Member, Member.id == Report.member_id).where(Report.status == status)
    if status == "open":
        return (query if after is None else query.where(Report.id > after)).order_by(Report.id).limit(ROWS + 1)
    return (query if after is None else query.where(Report.id < after)).order_by(Report.id.desc()).limit(ROWS + 1)


def waiting(after: int | None = None) -> Select:
    """(text, topic, author) of first texts that wait, the oldest first, one more than shown."""
    query = (select(Reply, Topic, Member).join(Topic, Topic.id == Reply.topic_id).outerjoin(Member, Member.id == Reply.author_id)
             .where(Reply.is_waiting))
    return (query if after is None else query.where(Reply.id > after)).order_by(Reply.id).limit(ROWS + 1)


def how_many() -> Select:
    """One row: open reports, texts that wait."""
    return select(select(func.count(Report.id)).where(Report.status == "open").scalar_subquery().label("open"),
                  select(func.count(Reply.id)).where(Reply.is_waiting).scalar_subquery().label("waiting"))


def shorts(found: Sequence[Report]) -> dict[tuple[str, int], Short]:
    """What the reported texts are, by kind and number."""
    numbers = {kind: {report.object_id for report in found if report.object_kind == kind} for kind in ("reply", "practice", "adoption")}
    known = {}
    replies = (select(Reply.id, Topic.title, Topic.language, Reply.html).join(Topic, Topic.id == Reply.topic_id)
               .where(Reply.id.in_(numbers["reply"])))
    for row in db.session.execute(replies):
        known["reply", row.id] = Short(row.title, row.language, excerpt(row.html))
    practices = (select(Practice.id, PracticeText.title, PracticeText.language, PracticeText.summary)
                 .join(PracticeText, (PracticeText.practice_id == Practice.id) & (PracticeText.language == Practice.original_language))
                 .where(Practice.id.in_(numbers["practice"])))
    for row in db.session.execute(practices):
        known["practice", row.id] = Short(row.title, row.language, row.summary)
    adoptions = (select(Adoption.id, PracticeText.title, PracticeText.language, Adoption.changes, Adoption.result)
                 .join(Practice, Practice.id == Adoption.practice_id)
                 .join(PracticeText, (PracticeText.practice_id == Practice.id) & (PracticeText.language == Practice.original_language))
                 .where(Adoption.id.in_(numbers["adoption"])))
    for row in db.session.execute(adoptions):
        known["adoption", row.id] = Short(row.title, row.language, f"{row.changes} {row.result}")
    return known


def reply(reply_id: int) -> Select:
    """(text, its topic), the author loaded."""
    return (select(Reply, Topic).join(Topic, Topic.id == Reply.topic_id).where(Reply.id == reply_id)
            .options(joinedload(Reply.author)))


def practice(practice_id: int) -> Select:
    """A practice with its texts, author and organisation."""
    return select(Practice).where(Practice.id == practice_id).options(
        joinedload(Practice.organisation), joinedload(Practice.author), selectinload(Practice.texts))


def adoption(adoption_id: int) -> Select:
    """What an organisation told of trying a practice, with the organisation and who told it."""
    return select(Adoption).where(Adoption.id == adoption_id).options(joinedload(Adoption.organisation), joinedload(Adoption.author))


def version(kind: str, number: int, version_id: int) -> Select:
    """An earlier version of a text."""
    table, of = (PracticeVersion, PracticeVersion.practice_id) if kind == "practice" else (ReplyVersion, ReplyVersion.reply_id)
    return select(table).where(table.id == version_id, of == number)


def reports_on(kind: str, object_id: int) -> Select:
    """(report, who made it) on one text, the latest first."""
    return (select(Report, Member.name).outerjoin(Member, Member.id == Report.member_id)
            .where(Report.object_kind == kind, Report.object_id == object_id).order_by(Report.id.desc()).limit(100))


def notes_on(kind: str, object_id: int) -> Select:
    """(note, who wrote it) about the reports on one text, in order."""
    return (select(ReportNote, Member.name).join(Report, Report.id == ReportNote.report_id)
            .outerjoin(Member, Member.id == ReportNote.member_id)
            .where(Report.object_kind == kind, Report.object_id == object_id).order_by(ReportNote.id).limit(200))


def history_of(kind: str, object_id: int, topic_id: int | None) -> Select:
    """(entry of the audit trail, who did it) about a text and its topic, the latest first."""
    about = (AuditEntry.object_kind == kind) & (AuditEntry.object_id == object_id)
    if topic_id is not None:
        about = or_(about, (AuditEntry.object_kind == "topic") & (AuditEntry.object_id == topic_id))
    return (select(AuditEntry, Member.name).outerjoin(Member, Member.id == AuditEntry.member_id).where(about)
            .order_by(AuditEntry.id.desc()).limit(50))
