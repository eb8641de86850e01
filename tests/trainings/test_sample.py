"""The events of the sample network: all fourteen, with what happened to them."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from libri.db import db
from libri.members.models import Member
from libri.trainings import seats
from libri.trainings.models import Event, Registration, Session


@pytest.fixture
def events(network):
    return {event.code: event for event in db.session.scalars(select(Event))}


def states(event: Event) -> Counter:
    return Counter(db.session.scalars(select(Registration.status).where(Registration.event_id == event.id)))


def test_there_are_fourteen_events_in_every_state_and_one_offers_its_seat_when_somebody_cancels(events):
    taken = {code: states(event) for code, event in events.items()}
    assert len(events) == 14 and db.session.scalar(select(func.count()).select_from(Session)) == 29
    assert {"draft", "completed", "cancelled", "registration_open", "full"} == {
        event.state(taken[code]["confirmed"], taken[code]["waiting"]) for code, event in events.items()}
    assert taken["ev-12"] == {"confirmed": 40, "waiting": 3} and taken["ev-08"] == {"cancelled_by_organiser": 13}

    karla = db.session.scalars(select(Registration).join(Registration.member).where(
        Member.name == "Karla", Registration.event_id == events["ev-12"].id)).one()
    seats.cancel(seats.lock(events["ev-12"].id), seats.lock_of(karla.id))

    assert states(events["ev-12"]) == {"confirmed": 39, "waiting": 2, "offered": 1, "cancelled": 1}
    offered = db.session.scalars(select(Member.name).join(Registration, Registration.member_id == Member.id).where(
        Registration.status == "offered")).one()
    assert offered == "Bruno"  # Montpellier has nobody yet, Ogre has (N13)


def test_nothing_of_the_sample_reaches_a_real_person(events):
    addresses = db.session.scalars(select(Registration.guest_email).where(Registration.guest_email != "")).all()

    assert addresses and all(address.endswith("@paraugs.example") for address in addresses)
