"""Every step of a registration: from each state, by each deed, and no other (S58); who may do it stands in tests/test_access.py."""

import pytest

from libri.db import db, now, write_tx
from libri.members.models import Member, Organisation
from libri.trainings import deciding, registering, seats
from libri.trainings.words import REGISTRATION_STATES

from .. import make

STEPS = """
                        accept     decline  cancel     remove                  replace   arrive     prepare
unconfirmed             -          -        cancelled  -                       -         confirmed  -
requested               -          -        cancelled  cancelled_by_organiser  -         -          requested
substitute              -          -        left       cancelled_by_organiser  -         -          -
confirmed               -          -        cancelled  cancelled_by_organiser  replaced  -          -
waiting                 -          -        left       cancelled_by_organiser  -         -          -
offered                 confirmed  left     left       cancelled_by_organiser  -         -          -
left                    -          -        -          -                       -         -          -
refused                 -          -        -          -                       -         -          -
cancelled               -          -        -          -                       -         -          -
cancelled_late          -          -        -          -                       -         -          -
replaced                -          -        -          -                       -         -          -
cancelled_by_organiser  -          -        -          -                       -         -          -
"""
NAMES, *ROWS = (line.split() for line in STEPS.strip().splitlines())
DEEDS = {
    "accept": seats.accept, "decline": seats.decline, "cancel": seats.cancel, "arrive": seats.arrive,
    "remove": lambda event, one: seats.remove(event, one, "Why"),
    "replace": lambda event, one: seats.replace(event, one, colleague()),
    "prepare": lambda event, one: deciding.prepare(one, "approve", ""),
}


def colleague():
    bruno = db.session.query(Member).filter_by(name="Bruno").one()
    return registering.of_member(bruno, db.session.query(Organisation).filter_by(name="Ville de Lyon").one())


def step(registration_id: int, state: str, deed: str) -> str:
    """The state after a deed, or "-" when it is refused; nothing of it stays."""
    with db.session.begin_nested() as trial:
        one = seats.lock_of(registration_id)
        one.status, one.offer_ends_at = state, now().replace(year=2099) if state == "offered" else None
        db.session.flush()
        try:
            DEEDS[deed](one.event, one)
            return one.status
        except seats.WrongState:
            return "-"
        finally:
            trial.rollback()


@pytest.mark.long
def test_a_registration_takes_the_listed_steps_and_no_other(cast):
    number = make.registration(make.event(cast.ogre, capacity=9), cast.ana).id
    db.session.commit()

    with write_tx():
        taken = [[state, *(step(number, state, deed) for deed in NAMES)] for state in REGISTRATION_STATES]

    assert sorted(taken) == sorted(ROWS) and set(NAMES) == set(DEEDS)
