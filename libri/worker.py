"""The worker: sends the outbox every second, reads new files, does chores every minute and once a day; several may run side by side."""

from __future__ import annotations

import contextlib
import math
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from . import drafts, emails, files, kept, outbox, search, throttle, tickets
from .db import Model, UtcDateTime, now, rehearsal, write_tx
from .directory import chores as directory_chores
from .exchange import chores as exchange_chores
from .members import chores as members_chores
from .notices import models as notices
from .resources import chores as resources_chores
from .trainings import chores as trainings_chores
from .trainings import exporting as trainings_exports

BEAT_SECONDS = 20
DUE_AFTER = timedelta(hours=23)
OFTEN_AFTER = timedelta(seconds=50)


class Chore(Model):
    """When a chore was last begun, so that workers share them."""

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)


def _clean() -> int:
    with write_tx():
        return kept.clean() + drafts.clean() + throttle.clean() + tickets.clean()


CHORES: dict[str, Callable[[], int]] = {
    "forget_letters": outbox.forget_content,
    "clean": _clean,
    **members_chores.DAILY,
    **directory_chores.DAILY,
    **exchange_chores.DAILY,
    **resources_chores.DAILY,
    **trainings_chores.DAILY,
    "forget_notices": notices.forget,
    "tend_search": search.tend,
    "sweep_files": files.sweep,
}
"""What is done once a day: name → function without arguments that returns how many rows it touched."""
FORGETTING = ("forget_letters", "clean", "forget_invitations", "end_old_sessions", "close_unused", "forget_audit", "empty_contacts",
              "forget_reservations", "clean_imports", "forget_machine_translations", "forget_access_needs", "anonymise_registrations",
              "drop_held_letters", "forget_exports", "forget_unconfirmed_guests", "forget_notices")
"""The chores that end what is kept on people, as the map of data says (data_map.py, P7)."""
OFTEN: dict[str, Callable[[], int]] = trainings_chores.EVERY_MINUTE
"""What is done every minute."""


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
                    do_chores(app, OFTEN, OFTEN_AFTER)
                    beaten = time.monotonic()
                busy = outbox.deliver_due(emails.render, limit=1) + files.work_one() + trainings_exports.make_next()
            except Exception:  # the database may be away for a while; the worker waits for it
                app.logger.exception("the worker met an error and goes on")
                busy = 0
        if not busy:
            stop.wait(1)


def forget(is_rehearsed: bool = False) -> dict[str, int]:
    """Do the chores that forget, due or not; return how many rows each touched, or would touch when it is only rehearsed (P7)."""
    chores = CHORES | OFTEN
    with rehearsal() if is_rehearsed else contextlib.nullcontext():
        return {name: chores[name]() for name in FORGETTING}


def do_chores(app: Flask, chores: dict[str, Callable[[], int]] | None = None, after: timedelta = DUE_AFTER) -> list[str]:
    """Do the chores not begun for so long, daily ones unless said otherwise; return their names.

    One that fails is logged and tried again when it is due the next time.
    """
    done = []
    for name, chore in (CHORES if chores is None else chores).items():
        if not _take(name, after):
            continue
        try:
            if (rows := chore()) or after == DUE_AFTER:
                app.logger.info("chore %s: %s", name, rows)
            done.append(name)
        except Exception:
            app.logger.exception("the chore %s failed", name)
    return done


def _take(name: str, after: timedelta) -> bool:
    with write_tx() as session:
        row = session.get(Chore, name, with_for_update=True)
        if row is not None and row.begun_at > now() - after:
            return False
        session.merge(Chore(name=name, begun_at=now()))
        return True
