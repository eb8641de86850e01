"""A venue is asked for, and its owner answers."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.directory.models import Reservation
from libri.notices.models import Notice
from libri.trainings.models import Event

from .. import make


@pytest.fixture(autouse=True)
def in_english(cast):
    """Everybody reads English here, so that sentences can be compared."""
    cast.bruno.language = cast.carla.language = cast.dina.language = "en"


def told(member) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)))


def test_a_venue_is_asked_for_and_confirmed(cast, browse):
    event, offer = make.event(cast.lyon, city="", mode="onsite"), make.venue(cast.ogre, capacity=50)
    bruno, carla = browse(cast.bruno), browse(cast.carla)
    found = bruno.get(f"/trainings/{event.id}/venue?country=LV&seats=45")
    bruno.get(f"/trainings/{event.id}/venue/{offer.id}").submit(people="40", words="From noon, please.")
    reservation = db.session.scalars(select(Reservation)).one()

    page = carla.get(f"/reservations/{reservation.id}")
    carla.post(f"/reservations/{reservation.id}", {"answer": "The key is at the desk.", "confirm": "y"})

    assert "Reading hall" in found.text and "From noon, please." in page.source
    assert told(cast.carla) == ["reservation.asked"] and told(cast.bruno) == ["reservation.confirmed"]
    assert (event.venue_offer_id, event.city, reservation.status) == (offer.id, "Ogre", "confirmed")
    assert "The key is at the desk." in bruno.get(f"/trainings/{event.id}/venue").text


def test_a_declined_venue_can_be_asked_for_elsewhere(cast, browse):
    event = make.event(cast.lyon)
    reservation = make.reservation(event, make.venue(cast.ogre))
    other = make.venue(cast.lyon_library)

    browse(cast.carla).post(f"/reservations/{reservation.id}", {"answer": "We are closed.", "decline": "y"})
    page = browse(cast.bruno).get(f"/trainings/{event.id}/venue/{other.id}").submit()

    assert page.status == 303 and reservation.status == "declined"
    assert db.session.scalars(select(Event)).one().reservation_id != reservation.id


def test_a_venue_that_is_given_back_is_free_for_others(cast, browse):
    offer = make.venue(cast.ogre)
    event, other = make.event(cast.lyon), make.event(cast.lyon)
    reservation, second = make.reservation(event, offer, status="confirmed"), make.reservation(other, offer)
    warned = browse(cast.carla).get(f"/reservations/{second.id}")

    browse(cast.bruno).post(f"/trainings/{event.id}/venue/free")

    assert reservation.status == "cancelled" and told(cast.carla) == ["reservation.cancelled"]
    sentence = warned.document.xpath("//div[contains(@class, 'notice--warning')]")
    assert sentence and not browse(cast.carla).get(f"/reservations/{second.id}").document.xpath("//div[contains(@class, 'notice--warning')]")


def test_a_second_venue_is_not_asked_for_while_one_is_open_nor_answered_twice(cast, browse):
    event = make.event(cast.lyon)
    reservation = make.reservation(event, make.venue(cast.ogre), status="declined")
    open_one = make.reservation(event, make.venue(cast.ogre))
    offer = make.venue(cast.ogre)

    browse(cast.bruno).get(f"/trainings/{event.id}/venue/{offer.id}").submit()
    browse(cast.carla).post(f"/reservations/{reservation.id}", {"confirm": "y"})

    assert event.reservation_id == open_one.id
    assert reservation.status == "declined"


def test_an_owner_sees_what_is_asked_of_their_venues(cast, browse):
    make.reservation(make.event(cast.lyon, title={"en": "For Ogre"}), make.venue(cast.ogre))
    make.reservation(make.event(cast.lyon, title={"en": "For Lyon"}), make.venue(cast.lyon))

    assert browse(cast.carla).get("/reservations").texts("//tbody//th") == ["For Ogre"]


@pytest.mark.long
def test_the_owner_of_a_venue_hears_of_a_new_time(cast, browse):
    event = make.event(cast.lyon)
    reservation = make.reservation(event, make.venue(cast.ogre), status="confirmed")
    db.session.commit()

    browse(cast.bruno).get(f"/trainings/{event.id}/edit").submit(session_0_day="2027-03-03")

    assert (reservation.starts_at, reservation.ends_at) == (event.starts_at, event.ends_at) and event.starts_at.year == 2027
    assert (told(cast.carla), reservation.status) == (["reservation.moved"], "confirmed")
