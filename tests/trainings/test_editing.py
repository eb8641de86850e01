"""Announcing an event: begun, written, published, copied, cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from libri.db import db, now
from libri.outbox import Letter
from libri.resources import uses
from libri.trainings import serving
from libri.trainings.models import Event, Question, Registration

from .. import make

NEW = {"title": "Plain language", "language": "en", "kind": "training", "mode": "onsite", "day": "2027-05-03", "starts": "10:00", "ends": "12.30"}


@pytest.fixture(autouse=True)
def in_english(cast):
    """Everybody reads English here, so that sentences can be compared."""
    cast.bruno.language = cast.carla.language = cast.dina.language = "en"


def the_event(**given) -> Event:
    return db.session.scalars(select(Event).filter_by(**given).options(selectinload(Event.sessions))).one()


def test_a_minute_of_writing_makes_a_draft_even_when_pressed_twice(cast, browse):
    page = browse(cast.bruno).get("/trainings/new")
    first = page.submit(**NEW, organiser_id=str(cast.lyon_library.id))
    second = page.submit(**NEW, organiser_id=str(cast.lyon_library.id))

    event = the_event()
    assert first.location == second.location == f"/trainings/{event.id}/edit"
    assert (event.status, event.timezone, event.city, event.sessions[0].hours) == ("draft", "Europe/Paris", "Lyon", 2.5)
    assert event.starts_at == datetime(2027, 5, 3, 8, tzinfo=UTC)


def test_a_coordinator_announces_only_for_their_own_organisations(cast, browse):
    page = browse(cast.carla).get("/trainings/new").submit(**NEW, organiser_id=str(cast.lyon.id))

    assert page.status == 422
    assert db.session.scalar(select(Event.id)) is None


def test_saving_alone_changes_nothing_even_in_the_hour_that_comes_twice(cast, browse):
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 03:30 in Riga for the first time; an hour later it is 03:30 again
    event = make.event(cast.lyon, starts_at=twice + timedelta(hours=1), hours=1.5, timezone="Europe/Riga", reserved_seats=0,
                       registration_closes=twice + timedelta(hours=1))
    times = [(one.id, one.starts_at, one.ends_at) for one in event.sessions]
    before = {column.name: getattr(event, column.name) for column in Event.__table__.columns}

    page = browse(cast.bruno).get(f"/trainings/{event.id}/edit").submit()

    event = the_event()
    assert page.status == 303 and [(one.id, one.starts_at, one.ends_at) for one in event.sessions] == times
    changed = {name for name, value in before.items() if getattr(event, name) != value}
    assert changed == {"version", "changed_at"}


def test_a_session_may_end_after_midnight_and_the_clocks_may_change_meanwhile(cast, browse):
    event = make.event(cast.lyon, timezone="Europe/Riga")

    browse(cast.bruno).get(f"/trainings/{event.id}/edit").submit(
        session_0_day="2027-03-27", session_0_starts="23:30", session_0_ends="04:30")

    session = the_event().sessions[0]
    assert (session.starts_at, session.ends_at) == (datetime(2027, 3, 27, 21, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    assert session.hours == 4  # they follow the times as long as nobody says otherwise


def test_a_time_the_clocks_skip_is_refused(cast, browse):
    event = make.event(cast.lyon, timezone="Europe/Riga")

    page = browse(cast.bruno).get(f"/trainings/{event.id}/edit").submit(
        session_0_day="2027-03-28", session_0_starts="03:30", session_0_ends="05:00", registration_closes="2027-03-28T03:15")

    assert page.status == 422
    assert len([text for text in page.texts("//p[@class='field__error']") if "skip" in text]) == 2


def test_sessions_are_added_named_and_taken_out(cast, browse):
    event = make.event(cast.lyon, timezone="UTC")
    bruno = browse(cast.bruno)
    page = bruno.get(f"/trainings/{event.id}/edit").submit(more="1", title_lv="Vieglā valoda")
    kept = page.submit(session_1_day="2027-06-01", session_1_starts="9:00", session_1_ends="11:00", session_1_title_lv="Otrā diena")
    first = the_event().sessions[0].id

    bruno.get(f"/trainings/{event.id}/edit").submit(session_0_day="", session_0_starts="", session_0_ends="")

    assert (page.status, kept.status) == (200, 303)
    session = the_event().sessions[0]
    assert session.id != first and session.title["lv"] == "Otrā diena" and the_event().starts_at == session.starts_at


def test_two_organisers_at_once_lose_nothing(cast, browse):
    event = make.event(cast.lyon, city="Lyon")
    mine, theirs = (browse(who).get(f"/trainings/{event.id}/edit") for who in (cast.bruno, cast.dina))
    theirs.submit(city="Villeurbanne", organiser_id=str(cast.lyon.id))

    page = mine.submit(title_en="My new title")

    assert page.status == 409
    assert "Villeurbanne" in page.text and page.document.xpath("//input[@name='title_en']/@value") == ["My new title"]
    assert page.submit(title_en="My new title").status == 303 and the_event().title["en"] == "My new title"


def test_nobody_with_a_seat_can_be_left_without_one(cast, browse):
    event = make.event(cast.lyon, capacity=3)
    for who in (cast.ana, cast.carla):
        make.registration(event, who)

    page = browse(cast.bruno).get(f"/trainings/{event.id}/edit").submit(capacity="1")

    assert page.status == 422 and "2 people have a seat already" in page.text
    assert the_event().capacity == 3


def test_more_seats_are_offered_to_those_who_wait_at_once(cast, browse):
    event = make.event(cast.lyon, capacity=1)
    make.registration(event, cast.ana)
    waits = make.registration(event, cast.carla, "waiting").id

    browse(cast.bruno).get(f"/trainings/{event.id}/edit").submit(capacity="2")

    assert db.session.get(Registration, waits).status == "offered"


def test_a_draft_is_published_when_nothing_is_missing(cast, browse):
    event = make.event(cast.lyon, status="draft", published_at=None, city="")
    bruno = browse(cast.bruno)

    refused = bruno.follow(bruno.post(f"/trainings/{event.id}/publish"))
    refused.submit(description_en="We write plainly.", city="Lyon")
    bruno.post(f"/trainings/{event.id}/publish")

    assert "Describe the event" in refused.messages and "Write the town" in refused.messages
    assert the_event().status == "published" and browse(cast.ana).get(f"/trainings/{event.id}").status == 200


def test_a_copy_has_the_texts_rules_and_questions_but_nobody_in_it(cast, browse):
    event = make.event(cast.lyon, capacity=7, registration_closes=now() + timedelta(days=1))
    first = make.question_of(event, "yes_no", "By car?")
    make.question_of(event, "number", "Seats?", shown_if_question_id=first.id, shown_if_values=["yes"])
    make.registration(event, cast.ana)
    uses.use("event", event.id, make.resource(cast.ogre).id)

    page = browse(cast.bruno).get(f"/trainings/{event.id}/copy").submit()

    copy = the_event(copied_from_id=event.id)
    asked = db.session.scalars(select(Question).where(Question.event_id == copy.id).order_by(Question.position)).all()
    assert page.location == f"/trainings/{copy.id}/edit"
    assert (copy.status, copy.capacity, copy.registration_closes, copy.last_arrived) == ("draft", 7, None, 0)
    assert len(uses.resources_of("event", copy.id)) == 1
    assert [one.shown_if_question_id for one in asked] == [None, asked[0].id] and asked[0].id != first.id


def test_cancelling_tells_everybody_and_frees_the_venue(cast, browse):
    event = make.event(cast.lyon)
    reservation = make.reservation(event, make.venue(cast.ogre), status="confirmed")
    make.registration(event, cast.ana)
    make.registration(event, cast.carla, "waiting")

    browse(cast.bruno).get(f"/trainings/{event.id}/cancel").submit(reason_en="The roof leaks.")

    letters = db.session.scalars(select(Letter)).all()
    assert {(letter.kind, letter.member_id) for letter in letters} == {("event_cancelled", cast.ana.id), ("event_cancelled", cast.carla.id)}
    assert set(db.session.scalars(select(Registration.status))) == {"cancelled_by_organiser"}
    assert event.title["en"] in browse(cast.ana).get("/trainings?show=mine").text
    assert (the_event().status, reservation.status) == ("cancelled", "cancelled")
    assert "The roof leaks." in browse(cast.ana).get(f"/trainings/{event.id}").text


def test_nobody_hears_of_offers_that_end_after_an_event_was_cancelled(cast, browse, later):
    event = make.event(cast.lyon, capacity=1)
    make.registration(event, cast.ana, "offered", offer_ends_at=now() + timedelta(days=1))
    browse(cast.bruno).get(f"/trainings/{event.id}/cancel").submit()
    later(days=2)

    serving.serve()

    assert set(db.session.scalars(select(Letter.kind))) == {"event_cancelled"}


def test_a_draft_can_be_deleted_with_all_that_belongs_to_it(cast, browse):
    event = make.event(cast.lyon, status="draft", published_at=None)
    make.question_of(event)
    make.material(event)

    page = browse(cast.bruno).post(f"/trainings/{event.id}/drop")

    assert page.status == 303
    assert db.session.scalar(select(Event.id)) is None
