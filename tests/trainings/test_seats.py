"""Seats: never more than there are; who waits is served fairly, in time, and told (E4, E8, N13, N14, S58)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from libri.db import db, now, write_tx
from libri.members.models import Member, Organisation
from libri.notices.words import SENTENCES
from libri.office.words import ACTIONS
from libri.outbox import Letter
from libri.trainings import deciding, registering, seats, serving, telling, waiting
from libri.trainings.holidays import is_working_day
from libri.trainings.models import Event, Registration, RegistrationEntry
from libri.trainings.words import ENTRIES, REGISTRATION_STATES

from .. import make


def enter(event: Event, member: Member, organisation: Organisation, **given) -> Registration:
    """Register somebody in a transaction of its own."""
    with write_tx():
        new = registering.of_member(db.session.get_one(Member, member.id), db.session.get_one(Organisation, organisation.id), **given)
        return seats.register(seats.lock(event.id), new)


def act(deed, registration: Registration, *more):
    """Do something with a registration in a transaction of its own."""
    with write_tx():
        locked = seats.lock_of(registration.id)
        return deed(locked.event, locked, *more)


def states(event: Event) -> list[str]:
    return list(db.session.scalars(select(Registration.status).where(Registration.event_id == event.id).order_by(Registration.arrived)))


@pytest.fixture
def event(cast) -> Event:
    """One seat, in ten days."""
    new = make.event(cast.ogre, capacity=1)
    db.session.commit()
    return new


def test_the_first_has_the_seat_and_the_second_waits(cast, event):
    enter(event, cast.ana, cast.lyon_library)
    enter(event, cast.bruno, cast.lyon)

    assert states(event) == ["confirmed", "waiting"]
    assert [letter.values["what"] for letter in db.session.scalars(select(Letter).order_by(Letter.id))] == ["confirmed", "waiting"]


def test_reserved_seats_are_not_given_away(cast):
    event = make.event(cast.ogre, capacity=2, reserved_seats=2)
    db.session.commit()

    enter(event, cast.ana, cast.lyon_library)

    assert states(event) == ["waiting"]


def test_one_person_has_one_active_registration(cast, event):
    enter(event, cast.ana, cast.lyon_library)

    with pytest.raises(seats.Already):
        enter(event, cast.ana, cast.lyon)
    assert states(event) == ["confirmed"]


def test_a_full_waiting_list_takes_nobody(cast, event):
    event.waiting_limit = 0
    db.session.commit()
    enter(event, cast.ana, cast.lyon_library)

    with pytest.raises(seats.Full):
        enter(event, cast.bruno, cast.lyon)


@pytest.mark.parametrize("given", [{"status": "cancelled"}, {"registration_opens": now() + timedelta(days=1)},
                                   {"registration_closes": now() - timedelta(days=1)}])
def test_nobody_comes_in_when_registration_is_not_open(cast, event, given):
    for name, value in given.items():
        setattr(event, name, value)
    db.session.commit()

    with pytest.raises(seats.Closed):
        enter(event, cast.ana, cast.lyon_library)


def test_a_freed_seat_is_offered_in_the_same_moment(cast, event):
    ana = enter(event, cast.ana, cast.lyon_library)
    enter(event, cast.carla, cast.ogre)

    act(seats.cancel, ana)

    assert states(event) == ["cancelled", "offered"]
    with pytest.raises(seats.Already):
        enter(event, cast.carla, cast.ogre)


def test_who_accepts_is_confirmed_and_who_declines_makes_room(cast, event):
    make.registration(event, cast.ana, "offered", offer_ends_at=now() + timedelta(hours=1))
    carla = make.registration(event, cast.carla, "waiting")
    db.session.commit()

    act(seats.decline, db.session.scalars(select(Registration).filter_by(member_id=cast.ana.id)).one())
    act(seats.accept, carla)

    assert states(event) == ["left", "confirmed"]


def test_an_offer_that_ended_goes_to_the_next_and_its_owner_to_the_end(cast, event, later):
    for who in (cast.ana, cast.bruno, cast.carla):
        make.registration(event, who, "waiting")
    db.session.commit()
    with write_tx():
        seats.fill(seats.lock(event.id))
    assert states(event) == ["offered", "waiting", "waiting"]

    later(days=5)
    assert serving.serve() == 1

    served = [one.member_id for one in db.session.scalars(select(Registration).order_by(Registration.arrived))]
    assert served == [cast.bruno.id, cast.carla.id, cast.ana.id] and sorted(states(event)) == ["offered", "waiting", "waiting"]
    assert db.session.scalar(select(Registration.member_id).where(Registration.status == "offered")) == cast.bruno.id


def test_an_ended_offer_cannot_be_accepted(cast, event, later):
    ana = make.registration(event, cast.ana, "offered", offer_ends_at=now() + timedelta(hours=1))
    db.session.commit()

    later(hours=2)

    with pytest.raises(seats.WrongState):
        act(seats.accept, ana)


def test_late_is_after_the_last_day_to_cancel(cast, event):
    event.cancel_until = now() - timedelta(hours=1)
    ana = make.registration(event, cast.ana)
    db.session.commit()

    act(seats.cancel, ana)

    assert states(event) == ["cancelled_late"]


# ---- partnerships (N13) ----------------------------------------------------------------------------------------------


def test_those_whose_partnership_has_nobody_are_served_first(cast):
    event = make.event(cast.ogre, capacity=2)
    lyon = make.registration(event, cast.ana)
    make.registration(event, None, guest_email="first@library.example")
    bruno, carla = (make.registration(event, who, "waiting") for who in (cast.bruno, cast.carla))
    db.session.commit()

    assert waiting.position(event, carla) == (1, 2) and waiting.position(event, bruno) == (2, 2)
    act(seats.cancel, db.session.get(Registration, lyon.id + 1))

    assert db.session.get(Registration, carla.id).status == "offered"


def test_a_partnership_has_its_seats_until_the_date_and_then_the_rest(cast, later):
    event = make.event(cast.ogre, capacity=5, partnership_seats=1, partnership_until=now() + timedelta(days=2))
    db.session.commit()
    enter(event, cast.ana, cast.lyon_library)
    enter(event, cast.bruno, cast.lyon)
    enter(event, cast.carla, cast.ogre)
    assert states(event) == ["confirmed", "waiting", "confirmed"]

    later(days=3)
    assert serving.serve() == 1

    assert states(event) == ["confirmed", "offered", "confirmed"]


# ---- nominations, substitutes, replacing (N14) -----------------------------------------------------------------------


def test_the_substitute_gets_the_seat_of_whoever_falls_ill(cast, event):
    ana = make.registration(event, cast.ana, is_nominated=True, rank=1)
    make.registration(event, cast.carla, "waiting")
    make.registration(event, cast.bruno, "substitute", is_nominated=True, is_substitute=True)
    db.session.commit()

    act(seats.cancel, ana)

    assert states(event) == ["cancelled", "waiting", "offered"]


def test_the_turns_of_nominees_go_by_rank(cast, event):
    make.registration(event, cast.carla)
    second = make.registration(event, cast.ana, "waiting", rank=2)
    first = make.registration(event, cast.bruno, "waiting", rank=1)
    db.session.commit()

    served, _blocked = waiting.in_turn(waiting.people_waiting(event), waiting.seats_of_partnerships(event))

    assert [one.id for one in served] == [first.id, second.id]


def test_a_colleague_takes_the_seat_and_nobody_waiting_is_offered_it(cast, event):
    ana = make.registration(event, cast.ana)
    make.registration(event, cast.carla, "waiting")
    make.registration(event, cast.bruno, "waiting")
    db.session.commit()

    with write_tx() as session:
        locked = seats.lock_of(ana.id)
        bruno = registering.of_member(session.get(Member, cast.bruno.id), session.get(Organisation, cast.lyon.id))
        seats.replace(locked.event, locked, bruno)

    assert states(event) == ["replaced", "waiting", "left", "confirmed"]


def test_nobody_of_another_partnership_takes_a_seat_over(cast, event):
    ana = make.registration(event, cast.ana)
    db.session.commit()

    with pytest.raises(seats.WrongState), write_tx() as session:
        locked = seats.lock_of(ana.id)
        seats.replace(locked.event, locked, registering.of_member(session.get(Member, cast.carla.id), session.get(Organisation, cast.ogre.id)))
    assert states(event) == ["confirmed"]


# ---- approval (E8) ---------------------------------------------------------------------------------------------------


def test_prepared_decisions_are_told_to_nobody_until_they_are_announced(cast, event):
    event.needs_approval = True
    db.session.commit()
    ana, bruno, carla = (enter(event, who, place) for who, place in ((cast.ana, cast.lyon_library), (cast.bruno, cast.lyon), (cast.carla, cast.ogre)))
    before = len(db.session.scalars(select(Letter.id)).all())
    for one, decision in ((ana, "approve"), (bruno, "refuse"), (carla, "approve")):
        act(lambda _event, registration, what: deciding.prepare(registration, what, "Only librarians this time." if what == "refuse" else ""),
            one, decision)
    assert states(event) == ["requested"] * 3 and len(db.session.scalars(select(Letter.id)).all()) == before

    with write_tx():
        assert deciding.announce(seats.lock(event.id)) == 3

    assert states(event) == ["confirmed", "refused", "waiting"]
    refused = db.session.scalars(select(Letter).where(Letter.member_id == cast.bruno.id).order_by(Letter.id.desc())).first()
    assert refused.values["note"] == "Only librarians this time."


def test_the_log_tells_what_happened_and_who_did_it(cast, event):
    ana = enter(event, cast.ana, cast.lyon_library)
    act(seats.cancel, ana)

    assert list(db.session.scalars(select(RegistrationEntry.action).order_by(RegistrationEntry.id))) == ["made", "letter", "cancelled", "letter"]


def test_whatever_happens_has_words_everywhere():
    told = {f"registration.{what}" for what in telling.LETTERS}
    noted = {f"registration.{what}" for what in ENTRIES if what != "letter"}

    assert told <= SENTENCES.keys() and noted <= ACTIONS.keys() and set(REGISTRATION_STATES) - {"unconfirmed"} <= ENTRIES.keys()


# ---- how long an offer stands ----------------------------------------------------------------------------------------

RIGA = ZoneInfo("Europe/Riga")


@pytest.mark.parametrize(("hours", "made", "ends"), [
    (24, "2026-11-23 10:00", "2026-11-24 10:00"),   # Monday, a day
    (2, "2026-11-23 10:00", "2026-11-24 10:00"),    # at least a working day
    (72, "2026-11-23 10:00", "2026-11-26 10:00"),
    (24, "2026-11-27 15:00", "2026-11-30 15:00"),   # Friday: the weekend does not count
    (24, "2026-11-28 12:00", "2026-12-01 09:00"),   # Saturday: from Monday morning
    (24, "2026-11-29 23:00", "2026-12-01 09:00"),
    (24, "2026-12-31 12:00", "2026-12-31 18:00"),   # not beyond the beginning of the event
    (24, "2026-12-23 15:00", "2026-12-28 15:00"),   # Christmas, then a weekend
    (24, "2026-11-18 12:00", "2026-11-20 09:00"),   # a holiday of Latvia: from the next morning
    (24, "2026-10-23 15:00", "2026-10-26 15:00"),   # the clocks go back on Sunday
])
def test_an_offer_stands_for_its_hours_and_a_working_day(hours, made, ends):
    event = Event(offer_hours=hours, timezone="Europe/Riga", country="LV", starts_at=datetime(2026, 12, 31, 16, tzinfo=UTC))

    end = waiting.offer_end(event, datetime.fromisoformat(made).replace(tzinfo=RIGA).astimezone(UTC))

    assert end.astimezone(RIGA).strftime("%Y-%m-%d %H:%M") == ends


@pytest.mark.parametrize(("country", "free", "works"), [
    ("LV", "2027-03-26 2027-03-29 2028-11-20", "2027-03-25"), ("FR", "2026-05-14 2026-05-25", "2026-06-24"),
    ("PL", "2026-06-04", "2026-06-05"), ("RO", "2026-04-10 2026-04-13 2026-06-01", "2026-04-06"), ("IT", "2026-04-06", "2026-05-14")])
def test_public_holidays_are_no_working_days_where_they_are_kept(country, free, works):
    assert not any(is_working_day(date.fromisoformat(day), country) for day in free.split())
    assert is_working_day(date.fromisoformat(works), country)
