"""Two hundred people want twenty seats of two processes in the same moment, each pressing twice, while they are killed (E4, R1, R2, R7, R16)."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from libri.db import db, now
from libri.members.models import Member, Organisation, SignIn
from libri.trainings.models import Registration, RegistrationEntry

from .. import make
from ..rules import ROOT
from .running import Visitor, running
from .test_kill import check_integrity, patiently

PEOPLE, SEATS, PARTNERSHIPS, GOING, AT_ONCE = 200, 20, 50, 5, 24
KEY = "a secret for tests only, long enough for anybody"


class Gunicorn:
    """LiBri under gunicorn with two processes, killed as by a power cut and started again."""

    def __init__(self, there) -> None:
        self.there, self.kills = there, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{self.there.port}",
                   "--log-level", "error", "wsgi:app"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.there.environment, stdin=subprocess.DEVNULL, start_new_session=True)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1


@contextlib.contextmanager
def gunicorn(there):
    """Serve, kill when `there.answered` has grown enough, and serve again."""
    server, done = Gunicorn(there), threading.Event()
    there.answered = []

    def watch() -> None:
        while not done.wait(0.02):
            if len(there.answered) > 60 * (server.kills + 1) and server.kills < 2:
                server.kill()
                server.start()

    watcher = threading.Thread(target=watch, daemon=True)
    there.wait_for_web()
    watcher.start()
    try:
        yield server
    finally:
        done.set()
        watcher.join()
        server.kill()


@pytest.fixture
def there(tmp_path):
    """The sample network with an event of twenty seats and two hundred signed-in people of fifty partnerships."""
    with running(tmp_path, LIBRI_SECRET_KEY=KEY) as there:
        with there.app.app_context():
            organiser = db.session.scalars(select(Organisation).where(Organisation.kind == "coordinator").limit(1)).one()
            event = make.event(organiser, capacity=SEATS, registration_closes=now() + timedelta(days=5))
            places = [make.organisation(f"Partnership {number}", code=f"load-{number}") for number in range(PARTNERSHIPS)]
            there.event, there.people = event.id, [signed_in(there, places[number % PARTNERSHIPS]) for number in range(PEOPLE)]
            db.session.commit()
        yield there


def signed_in(there, place) -> Visitor:
    """A browser in which a new member of an organisation is signed in."""
    member, token, visitor = make.member("Person", "lv", place), SignIn.new_token(), Visitor(there.port)
    db.session.add(SignIn(digest=SignIn.digest_of(token), member_id=member.id, device="Firefox, Linux"))
    signer = there.app.session_interface.get_signing_serializer(there.app)
    visitor.cookies = {there.app.config["SESSION_COOKIE_NAME"]: signer.dumps({"_user_id": token, "_fresh": True})}
    return visitor


def press_twice(there, visitor: Visitor, address: str, fields: dict) -> list[int]:
    """Send the same form twice in the same moment, again when the line breaks, and return the answers."""
    with ThreadPoolExecutor(2) as fingers:
        answers = list(fingers.map(lambda _: patiently(lambda: visitor.ask("POST", address, fields)), range(2)))
    there.answered += answers
    return [answer.status for answer in answers]


def states(there) -> list:
    with there.app.app_context():
        found = select(Registration.id, Registration.status, Registration.arrived, Registration.created_at, Registration.partnership_id,
                       Registration.member_id).where(Registration.event_id == there.event).order_by(Registration.arrived)
        return list(db.session.execute(found).all())


def test_nobody_gets_a_seat_that_is_not_there(there):
    with gunicorn(there) as server, ThreadPoolExecutor(AT_ONCE) as crowd:
        address = f"/trainings/{there.event}/registration"
        forms = list(crowd.map(lambda visitor: visitor.form(address), there.people))
        said = [status for both in crowd.map(lambda one: press_twice(there, one[0], address, one[1]), zip(there.people, forms, strict=True))
                for status in both]

        rows = states(there)
        assert set(said) == {303} and server.kills == 2
        assert Counter(row.status for row in rows) == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}
        assert len({row.member_id for row in rows}) == PEOPLE
        assert [row.arrived for row in rows] == list(range(1, PEOPLE + 1)) and rows == sorted(rows, key=lambda row: row.created_at)
        assert {row.status for row in rows[:SEATS]} == {"confirmed"}

        going = rows[:GOING]
        list(crowd.map(lambda row: cancel(there, row), going))
        after = {row.id: row.status for row in states(there)}

    offered = [number for number, status in after.items() if status == "offered"]
    assert sorted(offered) == sorted(expected(there, rows)) and len(set(offered)) == GOING
    assert Counter(after.values()) == {
        "confirmed": SEATS - GOING, "cancelled": GOING, "offered": GOING, "waiting": PEOPLE - SEATS - GOING}
    check_integrity(there)


def cancel(there, row) -> None:
    visitor, address = visitor_of(there, row.member_id), f"/registrations/{row.id}"
    form = {name: value for name, value in patiently(lambda: visitor.form(address)).items() if name == "csrf_token"}
    assert set(press_twice(there, visitor, f"{address}/cancel", form)) == {303}


def visitor_of(there, member_id: int) -> Visitor:
    with there.app.app_context():
        first = db.session.scalar(select(Member.id).where(Member.name == "Person").order_by(Member.id).limit(1))
        return there.people[member_id - first]


def expected(there, rows) -> list[int]:
    """Who has to be offered a seat, told once more in another way: cancellation by cancellation, as the log has them."""
    with there.app.app_context():
        gone = list(db.session.scalars(select(RegistrationEntry.registration_id).where(RegistrationEntry.action == "cancelled")
                                       .order_by(RegistrationEntry.id)))
    place_of = {row.id: row.partnership_id for row in rows}
    seated, waiting, chosen = Counter(row.partnership_id for row in rows[:SEATS]), list(rows[SEATS:]), []
    for number in gone:
        seated[place_of[number]] -= 1
        following = next((row for row in waiting if not seated[row.partnership_id]), waiting[0])
        waiting.remove(following)
        seated[following.partnership_id] += 1
        chosen.append(following.id)
    return chosen
