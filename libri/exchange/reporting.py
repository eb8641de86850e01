"""Reports to the moderators: made by members, settled by the office, everything in the audit trail (F13). Inside write_tx()."""

from __future__ import annotations

from sqlalchemy import select

from .. import audit
from ..db import db, now
from ..notices.models import tell
from . import telling
from .models import Report, ReportNote
from .moderating import Text, named, office


def make(thing: Text, reason: str, member_id: int) -> Report:
    """Point the office to a text; whoever reported it before and still waits adds to that report."""
    mine = select(Report).where(Report.object_kind == thing.__tablename__, Report.object_id == thing.id, Report.member_id == member_id,
                                Report.status == "open").limit(1)
    report = db.session.scalar(mine)
    if report is not None:
        report.reason = f"{report.reason}\n\n{reason}"
        return report
    report = Report(object_kind=thing.__tablename__, object_id=thing.id, reason=reason, member_id=member_id)
    db.session.add(report)
    db.session.flush()
    audit.record(f"{thing.__tablename__}.reported", thing, report=report.id)
    tell(office(), "report.made", address_of(report), report, but=member_id, **named(thing))
    return report


def note(report: Report, text: str, member_id: int) -> None:
    """Add a moderator's note."""
    db.session.add(ReportNote(report_id=report.id, member_id=member_id, text=text))
    audit.record("report.noted", report)


def settle(thing: Text, member_id: int) -> int:
    """Settle every open report on a text and tell those who made them; return how many."""
    found = db.session.scalars(select(Report).where(
        Report.object_kind == thing.__tablename__, Report.object_id == thing.id, Report.status == "open").with_for_update()).all()
    for report in found:
        report.status, report.settled_at, report.settled_by_id = "settled", now(), member_id
        tell([report.member_id], "report.settled", address_of(report), report, **named(thing))
    if found:
        audit.record(f"{thing.__tablename__}.settled", thing, reports=[report.id for report in found])
    return len(found)


def address_of(report: Report) -> str:
    """The page of a report, for the office and for who made it."""
    return telling.address("exchange.report_case", report_id=report.id)
