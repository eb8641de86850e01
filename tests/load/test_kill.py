"""`kill -9` of web and workers at any moment: nothing acknowledged is lost, and no letter (R2, R3, R5)."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text

from libri import emails
from libri.db import db, write_tx
from libri.members.models import Invitation, Member, Organisation
from libri.outbox import Letter

from ..mail_server import MailServer
from .running import Visitor, running, until

LETTERS = CHANGES = 200


@pytest.fixture
def mail():
    """A mail server that takes its time, so that a kill meets letters on their way."""
    server = MailServer().start()
    server.pause = 0.01
    yield server
    server.stop()


class Killer(threading.Thread):
    """Kills a process, in turn, and starts it again, each time `progress` has gone on by `step`."""

    def __init__(self, there, names: list[str], progress: list, step: int = 30) -> None:
        super().__init__(daemon=True)
        self.there, self.names, self.progress, self.step, self.kills, self.stopped = there, names, progress, step, 0, threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(0.02):
            if len(self.progress) > (self.kills + 1) * self.step:
                name = self.names[self.kills % len(self.names)]
                self.there.kill(name)
                self.there.start(name)
                self.kills += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.stopped.set()
        self.join()


def count(there, query) -> int:
    with there.app.app_context():
        return db.session.scalar(query)


def is_everything_sent(there) -> bool:
    return count(there, select(func.count(Letter.id)).where(Letter.status != "sent")) == 0


def check_integrity(there) -> None:
    with there.app.app_context():
        if db.engine.dialect.name == "sqlite":
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert not db.session.execute(text("PRAGMA foreign_key_check")).all()


def test_no_letter_is_lost_when_workers_are_killed(tmp_path, mail):
    with running(tmp_path, LIBRI_SMTP_URL=mail.url) as there:
        with there.app.app_context(), write_tx() as session:
            member = session.scalar(select(Member).limit(1))
            queued = {letter.message_id for letter in [emails.password_changed(member) for _ in range(LETTERS)] if session.flush() is None}
        for name in ("worker", "other worker"):
            there.start(name)

        with Killer(there, ["worker", "other worker"], mail.letters) as killer:
            until(lambda: is_everything_sent(there), 150)

        assert killer.kills >= 5
        assert set(mail.ids()) == queued
        assert sum(mail.ids().values()) <= LETTERS + killer.kills
        check_integrity(there)


def test_nothing_answered_with_success_is_lost_when_web_and_worker_are_killed(tmp_path, mail):
    with running(tmp_path, LIBRI_SMTP_URL=mail.url) as there:
        there.start("web")
        there.start("worker")
        there.wait_for_web()
        ogre = count(there, select(Organisation.id).where(Organisation.code == "org-lv-mun-ogre"))
        karla = Visitor(there.port).sign_in("karla")

        answered: list[str] = []
        with Killer(there, ["web"], answered), Killer(there, ["worker"], mail.letters), ThreadPoolExecutor(4) as people:
            list(people.map(lambda number: answered.append(invite(there, karla.cookies, ogre, number)), range(CHANGES)))
        there.wait_for_web()
        until(lambda: is_everything_sent(there), 60)

        with there.app.app_context():
            kept = db.session.scalars(select(Invitation.email)).all()
            letters = dict(db.session.execute(select(Letter.message_id, Letter.status)).all())
        assert sorted(kept) == sorted(answered), "an answered change is lost, or one was made twice"
        assert set(mail.ids()) == set(letters) and len(letters) == CHANGES
        check_integrity(there)


def invite(there, cookies: dict, organisation_id: int, number: int) -> str:
    """Invite somebody as a patient person would: when the line breaks, the same form is sent again."""
    visitor, address = Visitor(there.port), f"invited{number}@library.example"
    visitor.cookies = dict(cookies)
    page = f"/organisations/{organisation_id}/people/invite"
    fields = patiently(lambda: visitor.form(page, email=address))
    answer = patiently(lambda: visitor.ask("POST", page, fields))
    assert answer.status == 303, answer.status
    return address


def patiently(action):
    """Try again, for a while, when the server was killed meanwhile."""
    for _ in range(200):
        try:
            return action()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError
