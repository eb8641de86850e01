"""The audit trail: who did what, on what, when – written in the same transaction as the deed, never changed (S63)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import g, has_request_context
from sqlalchemy import DDL, JSON, Index, Select, String, delete, event, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, UtcDateTime, aside, db, now, write_tx

KEPT_DAYS = 730
"""Days an entry is kept (assurance.md, section 3)."""
SIGN_IN_DAYS = 90
"""Days an entry about signing in is kept; its action begins with `sign_in`."""
SEEN = "people.seen"
SEEN_AGAIN = timedelta(hours=1)
"""Within this time the same list seen by the same person is one entry."""


class AuditEntry(Model):
    """One deed. `details` holds codes and ids, never names, addresses or texts."""

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    member_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40), default="")
    object_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    client: Mapped[str] = mapped_column(String(45), default="")
    details: Mapped[dict] = mapped_column(JSON, default=dict)

    __table_args__ = (Index("ix_audit_entry_object", "object_kind", "object_id"), Index("ix_audit_entry_organisation", "organisation_id", "id"))


def record(action: str, thing=None, *, member_id: int | None = None, organisation_id: int | None = None, **details) -> AuditEntry:
    """Add an entry to the running transaction and return it; the doer is whoever is signed in unless `member_id` says."""
    entry = AuditEntry(action=action, details=details, client=_client())
    entry.member_id = member_id if member_id is not None else _doer()
    if thing is not None:
        entry.object_kind, entry.object_id = thing.__tablename__, thing.id
        organisation_id = organisation_id or getattr(thing, "organisation_id", None)
    entry.organisation_id = organisation_id
    db.session.add(entry)
    return entry


def saw(thing=None, organisation_id: int | None = None, **people: list[int]) -> None:
    """Note beside the page's own transaction that whoever looks after people saw a list of them in full (P8).

    `people` are their numbers by what they number, such as contacts=[7, 8]; an empty list is no list.
    """
    details = {kind: sorted(set(numbers)) for kind, numbers in people.items() if numbers}
    kind, number = (thing.__tablename__, thing.id) if thing is not None else ("", None)
    entry = {"member_id": _doer(), "action": SEEN, "object_kind": kind, "object_id": number}
    if not details or details in db.session.scalars(_seen_lately(entry)):
        return
    with aside() as connection:
        connection.execute(insert(AuditEntry).values(**entry, organisation_id=organisation_id, client=_client(), details=details))


def _seen_lately(entry: dict) -> Select:
    same = [getattr(AuditEntry, name) == value for name, value in entry.items()]
    return select(AuditEntry.details).where(*same, AuditEntry.at > now() - SEEN_AGAIN)


def _doer() -> int | None:
    can = g.get("can") if has_request_context() else None
    return can.member_id if can else None


def _client() -> str:
    from .throttle import client

    return client() if has_request_context() else ""


def forget() -> int:
    """Delete entries past their time, and return how many. By the real clock, because the triggers below go by it."""
    present = datetime.now(UTC)
    with write_tx() as session:
        signing_in = session.execute(delete(AuditEntry).where(
            func.substr(AuditEntry.action, 1, 7) == "sign_in", AuditEntry.at < present - timedelta(days=SIGN_IN_DAYS)))
        others = session.execute(delete(AuditEntry).where(AuditEntry.at < present - timedelta(days=KEPT_DAYS)))
        return signing_in.rowcount + others.rowcount


SQLITE_TRIGGERS = (
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries never change'); END",
    f"""CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry WHEN old.at > datetime('now', '-{KEPT_DAYS - 1} days')
    AND NOT (substr(old.action, 1, 7) = 'sign_in' AND old.at < datetime('now', '-{SIGN_IN_DAYS - 1} days'))
    BEGIN SELECT RAISE(ABORT, 'audit entries are kept'); END""",
)
POSTGRES_TRIGGERS = (
    f"""CREATE FUNCTION audit_entry_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' AND old.at < (now() AT TIME ZONE 'UTC') - interval '{KEPT_DAYS - 1} days' THEN RETURN old; END IF;
    IF TG_OP = 'DELETE' AND substr(old.action, 1, 7) = 'sign_in' AND old.at < (now() AT TIME ZONE 'UTC') - interval '{SIGN_IN_DAYS - 1} days'
    THEN RETURN old; END IF;
    RAISE EXCEPTION 'audit entries never change'; END $$""",
    "CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_keep()",
)
for _statement in SQLITE_TRIGGERS:
    event.listen(AuditEntry.__table__, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="sqlite"))
for _statement in POSTGRES_TRIGGERS:
    event.listen(AuditEntry.__table__, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="postgresql"))
