"""Venue offers: the list with its filters, offering, changing, withdrawing."""

import pytest

from libri.db import db
from libri.directory.models import Room, VenueOffer
from libri.i18n import Localized
from tests import make


def new(organisation):
    return f"/organisations/{organisation.id}/venues/new"


def edit(offer):
    return f"/venues/{offer.id}/edit"


def test_a_venue_with_two_rooms_is_offered(cast, browse):
    answer = browse(cast.bruno).get(new(cast.lyon)).submit(
        new(cast.lyon), name="Town hall", address="1 place", room_0_name="Big", room_0_capacity="80", room_0_equipment=["projector"],
        room_2_capacity="12", conditions_fr="Gratuit", accessibility_en="Lift")

    offer = db.session.query(VenueOffer).one()
    rooms = db.session.query(Room).order_by(Room.id).all()
    assert answer.status == 303 and offer.conditions == {"fr": "Gratuit"} and offer.accessibility == {"en": "Lift"}
    assert [(room.name, room.capacity, room.equipment) for room in rooms] == [("Big", 80, ["projector"]), ("", 12, [])]


def test_another_row_for_a_room_comes_without_scripts_and_keeps_the_text(cast, browse):
    page = browse(cast.bruno).get(new(cast.lyon))

    more = page.submit(new(cast.lyon), more="1", name="Town hall", room_0_capacity="80")

    assert more.status == 200 and "room_3_capacity" not in page.source
    assert more.document.xpath("//*[@id='name' or @id='room_0_capacity']/@value") == ["Town hall", "80"]
    assert more.submit(new(cast.lyon), room_3_capacity="7").status == 303


def test_rooms_are_changed_added_and_removed(cast, browse):
    offer = make.venue(cast.lyon, rooms=[Room(name="Old", capacity=5), Room(name="Stays", capacity=6)])

    browse(cast.bruno).get(edit(offer)).submit(edit(offer), room_0_name="", room_0_capacity="", room_2_name="Added", room_2_capacity="9")

    assert {(room.name, room.capacity) for room in db.session.query(Room)} == {("Stays", 6), ("Added", 9)}


def test_saving_over_a_newer_version_keeps_both(cast, browse):
    offer = make.venue(cast.lyon)
    cast.bruno.language = "en"
    mine = browse(cast.bruno).get(edit(offer))
    browse(cast.dina).get(edit(offer)).submit(edit(offer), name="Theirs", room_0_capacity="55")

    page = mine.submit(edit(offer), name="Mine")

    assert page.status == 409 and "Theirs" in page.text and "55" in page.text
    assert page.document.xpath("//*[@id='name']/@value") == ["Mine"] and offer.name == "Theirs"


def test_a_withdrawn_offer_is_gone(cast, browse):
    offer = make.venue(cast.lyon, name="Gone hall")

    browse(cast.bruno).post(f"/venues/{offer.id}/withdraw")

    assert "Gone hall" not in browse(cast.ana).get("/venues").text
    assert browse(cast.bruno).get(edit(offer)).status == 404


@pytest.mark.parametrize(("query", "found"), [
    ("", ["Hall of Lyon", "Hall of Ogre"]), ("?country=LV", ["Hall of Ogre"]), ("?seats=50", ["Hall of Lyon"]),
    ("?equipment=hearing_loop", ["Hall of Ogre"]), ("?equipment=hearing_loop&equipment=projector", []),
    ("?seats=50&equipment=hearing_loop", []),
])
def test_the_list_is_filtered(cast, browse, query, found):
    make.venue(cast.lyon, name="Hall of Lyon", rooms=[Room(capacity=80, equipment=["projector"]), Room(capacity=5, equipment=[])])
    make.venue(cast.ogre, name="Hall of Ogre", rooms=[Room(capacity=20, equipment=["hearing_loop"])])

    page = browse(cast.ana).get(f"/venues{query}")

    assert sorted(page.texts("//*[@id='venue_list']//h2")) == found


def test_a_filter_by_htmx_answers_with_the_list_alone(cast, browse):
    make.venue(cast.lyon)

    page = browse(cast.ana).get("/venues?seats=1", htmx="venue_list")

    assert not page.is_whole and page.document.xpath("//*[@id='venue_list']")


def test_long_lists_come_in_parts_found_by_key(cast, browse):
    for number in range(30):
        make.venue(cast.lyon if number % 2 else cast.ogre, name=f"Hall {number:02}")

    first = browse(cast.ana).get("/venues?seats=10")
    second = browse(cast.ana).get(first.document.xpath("//a[@rel='next']/@href")[0])

    names = first.texts("//h2")[:24] + second.texts("//*[@id='venue_list']//h2")
    assert len(names) == 30 == len(set(names))


@pytest.mark.parametrize("query", [
    "seats=-1", "seats=1e309", "seats=٣", f"seats={'9' * 40}", "after=x", f"after={'9' * 12}", "after=2147483648", "country=%00",
    "country='--",
    "equipment=%25", "equipment=xx&equipment=projector", "country=LV&country=FR"])
def test_strange_questions_do_no_harm(cast, browse, query):
    make.venue(cast.lyon)

    assert browse(cast.ana).get(f"/venues?{query}").status in (200, 400)


@pytest.mark.parametrize("fields", [
    {"name": ""}, {"name": "x" * 121}, {"address": "x" * 201}, {"room_0_capacity": ""}, {"room_0_capacity": "0"}, {"room_0_capacity": "-5"},
    {"room_0_capacity": "1e309"}, {"room_0_capacity": "٣"}, {"room_0_capacity": "99999999999"}, {"room_1_name": "No seats"},
    {"room_0_equipment": ["sauna"]}, {"conditions_en": "x" * 2001}], ids=str)
def test_bad_input_is_refused(cast, browse, fields):
    good = {"name": "Hall", "room_0_capacity": "10"}

    answer = browse(cast.bruno).get(new(cast.lyon)).submit(new(cast.lyon), **(good | fields))

    assert answer.status == 422
    assert db.session.query(VenueOffer).count() == 0


@pytest.mark.parametrize("rooms", ["x", "-1", "9" * 30, "999", "٣", ""])
def test_a_strange_number_of_rows_does_no_harm(cast, browse, rooms):
    answer = browse(cast.bruno).get(new(cast.lyon)).submit(new(cast.lyon), name="Hall", room_0_capacity="10", rooms=rooms)

    assert answer.status == 303


def test_the_list_needs_the_same_statements_for_one_and_for_many(cast, browse, statements):
    make.venue(cast.lyon, conditions=Localized({"en": "Free"}))
    browser = browse(cast.ana)
    browser.get("/venues")
    few = statements.of(browser, "/venues")

    for organisation in (cast.ogre, cast.lyon_library, cast.ogre_library):
        make.venue(organisation)

    assert statements.of(browser, "/venues") == few
