"""Waiting, offers, nominating, replacing and deciding, as people do them on pages (E4, E8, N13, N14)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from libri import emails
from libri.db import db, now, write_tx
from libri.outbox import Letter
from libri.trainings import seats, telling
from libri.trainings.models import Registration
from libri.trainings.telling import LETTERS
from libri.trainings.words import REGISTRATION_STATES

from .. import make


@pytest.fixture
def event(cast):
    """An event of Ogre with one seat."""
    new = make.event(cast.ogre, capacity=1)
    db.session.commit()
    return new


def states() -> list[str]:
    return list(db.session.scalars(select(Registration.status).order_by(Registration.arrived)))


def test_who_waits_sees_the_place_and_the_rules(cast, browse, event):
    make.registration(event, cast.carla)
    make.registration(event, cast.bruno, "waiting")
    ana = make.registration(event, cast.ana, "waiting")

    page = browse(cast.ana).get(f"/registrations/{ana.id}")

    assert "Place on the waiting list: 2 of 2" in page.text and "Partnerships that have nobody yet are served first." in page.text


def test_an_offer_is_accepted_with_one_press_and_a_second_does_no_harm(cast, browse, event):
    one = make.registration(event, cast.ana, "offered", offer_ends_at=now() + timedelta(hours=30))
    ana = browse(cast.ana)
    page = ana.get(f"/registrations/{one.id}")

    answers = [ana.follow(page.submit(f"/registrations/{one.id}/accept")) for _ in range(2)]

    assert "The seat is confirmed." in answers[0].messages and "not possible any more" in answers[1].messages and states() == ["confirmed"]


def test_cancelling_offers_the_seat_to_the_next(cast, browse, event):
    one = make.registration(event, cast.ana)
    make.registration(event, cast.carla, "waiting")

    browse(cast.ana).get(f"/registrations/{one.id}").submit(f"/registrations/{one.id}/cancel")

    offered = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert states() == ["cancelled", "offered"] and offered.member_id == cast.carla.id and offered.values["until"]


def test_the_organiser_cancels_with_a_reason(cast, browse, event):
    one = make.registration(event, cast.ana)

    browse(cast.carla).get(f"/registrations/{one.id}").submit(f"/registrations/{one.id}/remove", reason="Wrong event")

    assert "Wrong event" in browse(cast.ana).get(f"/registrations/{one.id}").text and states() == ["cancelled_by_organiser"]


def test_a_colleague_gets_the_seat(cast, browse, event):
    one = make.registration(event, cast.ana)
    make.registration(event, cast.carla, "waiting")
    page = browse(cast.ana).get(f"/registrations/{one.id}/replace")
    choice = page.document.xpath("//option[contains(., 'Bruno')]/@value")[0]

    page.submit(f"/registrations/{one.id}/replace", membership_id=choice)

    assert states() == ["replaced", "waiting", "confirmed"]
    assert not page.document.xpath("//option[contains(., 'Carla')]")


# ---- nominations -----------------------------------------------------------------------------------------------------


def nominate(browse, cast, event, **fields):
    cast.bruno.language = "en"
    page = browse(cast.bruno).get(f"/trainings/{event.id}/nominations")
    row = {name: page.document.xpath(f"//tr[contains(., '{name}')]//select/@name")[0] for name in ("Ana", "Bruno")}
    return page.submit(f"/trainings/{event.id}/nominations", **{row[name]: rank for name, rank in fields.items()})


def test_nominees_come_in_their_order_and_the_substitute_stands_by(cast, browse, event):
    nominate(browse, cast, event, Bruno="1", Ana="substitute")

    rows = db.session.execute(select(Registration.member_id, Registration.status, Registration.rank).order_by(Registration.arrived)).all()
    assert [tuple(row) for row in rows] == [(cast.bruno.id, "confirmed", 1), (cast.ana.id, "substitute", None)]


@pytest.mark.parametrize(("fields", "said"), [({"Bruno": "1", "Ana": "1"}, "Two people have this place."), ({}, "Choose at least one person.")])
def test_the_order_must_be_clear(cast, browse, event, fields, said):
    page = nominate(browse, cast, event, **fields)

    assert page.status == 422 and said in page.text and states() == []


def test_the_coordinator_changes_the_order(cast, browse, event):
    make.registration(event, cast.carla)
    one = make.registration(event, cast.bruno, "waiting", is_nominated=True, rank=1)
    two = make.registration(event, cast.ana, "waiting", is_nominated=True, rank=2)

    browse(cast.bruno).get(f"/trainings/{event.id}/nominations").submit(f"/registrations/{two.id}/up")

    assert [db.session.get(Registration, number).rank for number in (one.id, two.id)] == [2, 1]


# ---- decisions (E8) --------------------------------------------------------------------------------------------------


def test_decisions_are_prepared_in_secret_and_announced_together(cast, browse, event):
    event.needs_approval, cast.carla.language = True, "en"
    ana, bruno = (make.registration(event, who, "requested") for who in (cast.ana, cast.bruno))
    decisions, carla = f"/trainings/{event.id}/decisions", browse(cast.carla)

    saved = carla.follow(carla.get(decisions).submit(decisions, **{
        f"decision-{ana.id}": "refuse", f"reason-{ana.id}": "Only coordinators", f"decision-{bruno.id}": "approve"}))
    before = browse(cast.ana)
    assert "Only coordinators" not in before.get(f"/registrations/{ana.id}").source + before.get("/me/data").source
    assert states() == ["requested"] * 2 and not db.session.scalar(select(func.count(Letter.id)))
    saved.submit(f"{decisions}/announce")

    assert states() == ["refused", "confirmed"] and db.session.scalar(select(func.count(Letter.id))) == 2
    assert "Only coordinators" in browse(cast.ana).get(f"/registrations/{ana.id}").text


@pytest.mark.parametrize(("decision", "after"), [("approve", ["confirmed", "waiting"]), ("refuse", ["refused", "offered"])])
def test_answers_changed_after_approval_need_it_again_and_the_seat_stays_until_then(cast, browse, event, decision, after):
    event.needs_approval = event.changes_need_approval = True
    cast.carla.language = "en"
    one = make.registration(event, cast.ana)
    make.registration(event, cast.bruno, "waiting")
    browse(cast.ana).get(f"/registrations/{one.id}/answers").submit(f"/registrations/{one.id}/answers", access_needs="A hotel room")
    assert states() == ["confirmed", "waiting"] and "wait for the organiser" in browse(cast.ana).get(f"/registrations/{one.id}").text

    decisions, carla = f"/trainings/{event.id}/decisions", browse(cast.carla)
    saved = carla.get(decisions).submit(decisions, **{f"decision-{one.id}": decision, f"reason-{one.id}": "No hotel"})
    carla.follow(saved).submit(f"{decisions}/announce")

    assert states() == after and "Nobody waits for a decision" in carla.get(decisions).text


def test_who_is_refused_learns_why(cast, browse, event):
    event.needs_approval, cast.carla.language = True, "en"
    ana = make.registration(event, cast.ana, "requested")
    decisions = f"/trainings/{event.id}/decisions"

    page = browse(cast.carla).get(decisions).submit(decisions, **{f"decision-{ana.id}": "refuse"})

    assert page.status == 422 and "Give the reason." in page.text


# ---- long lists, letters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["decisions", "colleagues", "nominations"])
def test_a_list_of_three_takes_the_statements_of_one(cast, browse, event, page, statements):
    event.needs_approval = True
    make.registration(event, cast.bruno, "requested")
    carla = browse(cast.carla)
    db.session.commit()
    few = statements.of(carla, f"/trainings/{event.id}/{page}", only="SELECT")

    for number in range(3):
        branch = make.organisation(f"Branch {number}", parent=cast.ogre)
        make.registration(event, make.member("Person", "lv", branch), "requested")
        make.member("Colleague", "lv", branch)
    db.session.commit()

    assert statements.of(carla, f"/trainings/{event.id}/{page}", only="SELECT") == few <= 9


@pytest.mark.parametrize("language", ["en", "lv"])
def test_every_letter_about_a_registration_can_be_drawn(cast, event, language):
    cast.ana.language = language
    one = make.registration(event, cast.ana, registered_by_id=cast.bruno.id, reason="Only librarians")
    for what in LETTERS:
        one.status = what if what in REGISTRATION_STATES else "refused"
        db.session.commit()
        with write_tx():
            telling.changed(*whole(one.id), because=what, until=now().isoformat())

    for letter in db.session.scalars(select(Letter)):
        subject, text, html = emails.render(letter)
        assert event.title["en"] in subject and f"/registrations/{one.id}" in text and f"/registrations/{one.id}" in html


def whole(registration_id: int):
    registration = seats.lock_of(registration_id)
    return registration.event, registration


def test_requests_can_be_decided_after_approval_was_switched_off(cast, browse, event):
    event.needs_approval = False
    make.registration(event, cast.ana, "requested")
    db.session.commit()

    page = browse(cast.carla).get(f"/trainings/{event.id}")

    assert f"/trainings/{event.id}/decisions" in page.texts("//a/@href")
