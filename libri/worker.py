"""The worker: sends the outbox every second, reads new files and does the daily chores; several may run side by side."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from . import drafts, emails, files, forms, outbox, search, throttle, tickets
from .db import Model, UtcDateTime, now, write_tx
from .directory import chores as directory_chores
from .exchange import chores as exchange_chores
from .members import chores as members_chores
from .notices import models as notices
from .resources import chores as resources_chores

BEAT_SECONDS = 20
DUE_AFTER = timedelta(hours=23)


class Chore(Model):
    """When a daily chore was last begun, so that workers share them."""

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)


def _clean() -> int:
    with write_tx():
        return forms.clean() + drafts.clean() + throttle.clean() + tickets.clean()


CHORES: dict[str, Callable[[], int]] = {
    "forget_letters": outbox.forget_content,
    "clean": _clean,
    **members_chores.DAILY,
    **directory_chores.DAILY,
    **exchange_chores.DAILY,
    **resources_chores.DAILY,
    "forget_notices": notices.forget,
    "tend_search": search.tend,
    "sweep_files": files.sweep,
}
"""What is done once a day: name → function without arguments that returns how many rows it touched."""


def run(app: Flask) -> None:
    """Work until SIGTERM or SIGINT; a `kill -9` in the middle loses nothing."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beaten = -math.inf
    while not stop.is_set():
        with app.app_context():
            try:
                if time.monotonic() - beaten > BEAT_SECONDS:
                    outbox.beat()
                    do_chores(app)
                    beaten = time.monotonic()
                busy = outbox.deliver_due(emails.render, limit=1) + files.work_one()
            except Exception:  # the database may be away for a while; the worker waits for it
                app.logger.exception("the worker met an error and goes on")
                busy = 0
        if not busy:
            stop.wait(1)


def do_chores(app: Flask) -> list[str]:
    """Do the chores not begun for a day; return their names. One that fails is logged and tried again tomorrow."""
    done = []
    for name, chore in CHORES.items():
        if not _take(name):
            continue
        try:
            app.logger.info("chore %s: %s", name, chore())
            done.append(name)
        except Exception:
            app.logger.exception("the chore %s failed", name)
    return done


def _take(name: str) -> bool:
    with write_tx() as session:
        row = session.get(Chore, name, with_for_update=True)
        if row is not None and row.begun_at > now() - DUE_AFTER:
            return False
        session.merge(Chore(name=name, begun_at=now()))
        return True
