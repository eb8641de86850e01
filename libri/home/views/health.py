"""Health: whether the database and the file store can be written, and whether the worker is alive (R19)."""

from __future__ import annotations

import tempfile
from datetime import timedelta

from flask import Blueprint, current_app
from sqlalchemy import func, select

from ...db import Fact, db, now
from ...files.store import the_store
from ...outbox import Heartbeat, Letter
from ...permissions import public

blueprint = Blueprint("health", __name__)
WORKER_AGE = timedelta(minutes=2)
LETTER_AGE = timedelta(minutes=15)
"""A letter due for longer than this means that nobody sends letters."""


@blueprint.get("/healthz")
@public
def check():
    """Say in single words how database, files, worker and queue are; 503 when changes or letters would be lost."""
    report = {"database": _said(_database_takes_changes), "files": _said(_files_can_be_written), "worker": "late", "queue": "late"}
    if report["database"] == "ok":
        report["worker"] = "ok" if _age_is_below(select(func.max(Heartbeat.at)), WORKER_AGE, missing=False) else "late"
        due = select(func.min(Letter.due_at)).where(Letter.status == "waiting")
        report["queue"] = "ok" if _age_is_below(due, LETTER_AGE, missing=True) else "late"
    is_well = report["database"] == report["files"] == report["worker"] == "ok"
    return report, 200 if is_well else 503, {"Cache-Control": "no-store"}


@blueprint.errorhandler(Exception)
def trouble(error):
    """Whatever fails on the way here, as the gate does without a database: the answer stays a report."""
    current_app.logger.error("health check failed: %s", type(error).__name__)
    return {"database": "failed", "files": _said(_files_can_be_written), "worker": "late", "queue": "late"}, 503


def _said(works) -> str:
    try:
        works()
    except Exception as error:  # whatever it is, it is not well
        current_app.logger.error("health check failed: %s", type(error).__name__)
        return "failed"
    return "ok"


def _database_takes_changes() -> None:
    """Write a row and take it back: nothing remains, but a full or read-only database says so."""
    db.session.rollback()
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    db.session.merge(Fact(name="health", value={}))
    db.session.flush()
    db.session.rollback()


def _files_can_be_written() -> None:
    with tempfile.TemporaryFile(dir=current_app.config["DATA_FOLDER"]) as file:
        file.write(b"\0" * 4096)
        file.flush()
    the_store().answers()


def _age_is_below(instant, age: timedelta, missing: bool) -> bool:
    found = db.session.scalar(instant)
    return missing if found is None else now() - found < age
