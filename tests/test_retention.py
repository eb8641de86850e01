"""What is kept on people ends when the map of data says, can be rehearsed, and twice is as good as once (P7).

Entries of the audit trail go by the real clock: tests/members/test_chores.py.
"""

from datetime import timedelta

import pytest

from libri.cli import main
from libri.db import db, now
from libri.drafts import Draft
from libri.kept import KeptForm
from libri.machine import MachineTranslation
from libri.members import chores
from libri.throttle import Attempt
from libri.worker import FORGETTING, forget

from . import make

PERIODS = [
    (0.9, 1.1, {"clean": 2, "clean_imports": 1, "forget_exports": 1}),
    (1.4, 1.6, {"end_old_sessions": 1}),
    (6.9, 7.1, {"forget_letters": 1, "forget_unconfirmed_guests": 1}),
    (9.9, 10.2, {"forget_access_needs": 1}),
    (29.9, 30.2, {"clean": 2, "drop_held_letters": 1}),
    (89.9, 90.1, {"forget_invitations": 1, "forget_machine_translations": 1, "forget_notices": 1}),
    (364.9, 365.1, {"empty_contacts": 1, "forget_notices": 1}),
    (701, 729.9, {}),
    (729.9, 730.1, {"forget_reservations": 1, "anonymise_registrations": 1}),
]
"""Days after which there is nothing to forget yet, days after which there is, and how much of what."""


@pytest.fixture
def kept(cast):
    """One of everything that is kept for a time; an event has just ended, another ends in ten days, a third was long ago."""
    over, coming = make.event(cast.lyon, starts_at=now() - timedelta(hours=2)), make.event(cast.lyon)
    make.registration(over, cast.ana)
    make.reservation(over, make.venue(cast.ogre), asked_by_id=cast.bruno.id)
    make.registration(coming, cast.ana, access_needs="A ramp")
    make.registration(coming, status="unconfirmed")
    make.letter(cast.bruno, status="held", batch=f"held_letter:{make.held_letter(coming).id}")
    make.export(coming, cast.bruno)
    make.table(cast.dina)
    make.letter(cast.ana, status="sent", sent_at=now())
    make.invitation(cast.lyon).withdraw()
    make.contact(cast.ogre).end(None)
    topic = make.topic(cast.ana)
    make.notice(cast.bruno, topic, read_at=now())
    make.notice(cast.carla, topic)
    make.ticket("sign_in", cast.ana, hours=0)
    db.session.add_all([KeptForm(key="x", address="/", fields=[]), Draft(member_id=cast.ana.id, address="/", fields=[]),
                        Attempt(scope="x", whose="x"), MachineTranslation(key="x", text="x")])
    db.session.commit()


def touched(is_rehearsed: bool = False) -> dict[str, int]:
    return {chore: rows for chore, rows in forget(is_rehearsed).items() if rows}


@pytest.mark.long
def test_each_thing_is_forgotten_when_its_time_is_over_and_not_before(kept, browse, cast, later):
    browse(cast.ana).get("/")
    for before, after, expected in PERIODS:
        later(days=before)
        assert touched() == {}
        later(days=after)

        assert (touched(is_rehearsed=True), touched()) == (expected, expected)
    assert touched() == {}


def test_the_command_rehearses_or_forgets_and_counts(kept, world, later):
    later(days=1.1)
    run = world.test_cli_runner().invoke

    rehearsed, done, again = (run(main.commands["forget"], asked).output for asked in (["--dry-run"], [], []))

    assert rehearsed == done != again
    assert [line.split()[0] for line in done.splitlines()] == list(FORGETTING) and "clean_imports                1" in done


def test_an_unused_account_is_only_closed_in_earnest(cast, later):
    later(days=701)
    chores.warn_unused()
    later(days=732)

    assert (touched(is_rehearsed=True), touched(), touched()) == ({"close_unused": 3}, {"close_unused": 3}, {})
