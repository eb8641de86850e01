"""The list of events, the calendar, and the page of one."""

from datetime import UTC, datetime, timedelta

import pytest

from libri.db import db, now
from libri.i18n import speaking
from libri.trainings import times

from .. import make

NIGHT = datetime(2027, 3, 27, 23, 30, tzinfo=UTC)


def test_guests_see_events_that_are_open_to_anyone(cast, browse):
    make.event(cast.lyon, title={"en": "Members' day"})
    make.event(cast.lyon, title={"en": "Open day"}, audience="public")
    make.event(cast.lyon, title={"en": "Secret plan"}, audience="public", status="draft")

    page = browse(accept_language="en").get("/trainings")

    assert page.texts("//main//h2") == ["Open day"]


def test_a_guest_is_told_nothing_of_another_guest(cast, browse):
    event = make.event(cast.lyon, audience="public", capacity=5)
    make.registration(event)

    page = browse(accept_language="en").get("/trainings")

    assert "4 seats left" in page.text
    assert "Confirmed" not in page.text


def test_open_for_me_leaves_out_what_is_closed_joined_or_for_others(cast, browse):
    make.event(cast.lyon, title={"en": "For all"})
    make.event(cast.lyon, title={"en": "For Lyon"}, audience="partnership")
    make.event(cast.ogre, title={"en": "For Ogre"}, audience="partnership")
    make.event(cast.lyon, title={"en": "For cities"}, audience_kinds=["city"])
    make.event(cast.lyon, title={"en": "For coordinators"}, audience_roles=["coordinator"])
    make.event(cast.lyon, title={"en": "Closed"}, registration_closes=now() - timedelta(hours=1))
    make.registration(make.event(cast.lyon, title={"en": "Joined"}), cast.ana)

    page = browse(cast.ana).get("/trainings?for_me=y")

    assert page.texts("//main//h2") == ["For all", "For Lyon"]


@pytest.mark.parametrize(("asked", "titles"), [
    ("words=zivs", ["Zivs"]), ("kind=webinar", ["Webinar"]), ("mode=online", ["Webinar"]), ("language=uk", ["Zivs"]),
    ("theme=youth", ["Webinar"]), ("show=past", ["Past"]), ("show=mine", ["Zivs"])])
def test_the_list_answers_to_what_is_asked(cast, browse, asked, titles):
    zivs = make.event(cast.lyon, title={"en": "Zivs"}, languages=["uk"])
    make.event(cast.lyon, title={"en": "Webinar"}, kind="webinar", mode="online", themes=["youth"])
    make.event(cast.lyon, title={"en": "Past"}, starts_at=now() - timedelta(days=3))
    make.registration(zivs, cast.ana)

    assert browse(cast.ana).get(f"/trainings?{asked}").texts("//main//h2") == titles


def test_a_long_list_is_found_by_key(cast, browse):
    for number in range(25):
        make.event(cast.lyon, title={"en": f"Event {number:02}"}, starts_at=now() + timedelta(days=number + 1))
    ana = browse(cast.ana)

    first = ana.get("/trainings")
    second = ana.get(first.document.xpath("string(//a[@rel='next']/@href)"))

    assert [len(page.texts("//main//h2")) for page in (first, second)] == [20, 5]


@pytest.mark.parametrize("address", ["/trainings", "/trainings?view=month", "/trainings?for_me=y&show=mine", "/"])
def test_the_number_of_queries_does_not_grow(cast, browse, address, statements):
    make.registration(make.event(cast.lyon, starts_at=now() + timedelta(hours=1)), cast.carla)
    ana = browse(cast.ana)
    db.session.commit()
    few = statements.of(ana, address, only="SELECT")
    for place in (cast.ogre, cast.lyon_library):
        make.registration(make.event(place, starts_at=now() + timedelta(hours=2)), cast.ana, "waiting")
    db.session.commit()

    assert statements.of(ana, address, only="SELECT") == few <= 10


def test_the_calendar_shows_each_day_on_which_something_happens(cast, browse):
    event = make.event(cast.lyon, title={"en": "Night shift"}, starts_at=datetime(2027, 5, 3, 20, tzinfo=UTC), hours=3, timezone="Europe/Riga")
    cast.ana.timezone = "Europe/Riga"

    page = browse(cast.ana).get("/trainings?view=month&month=2027-05")

    days = page.texts(f"//td[.//a[@href='/trainings/{event.id}']]//time[@class='month__date']/@datetime")
    assert days == ["2027-05-03", "2027-05-04"]
    assert page.has_link("/trainings?view=month&month=2027-06")


def test_an_event_over_the_night_the_clocks_change_is_right_everywhere(cast, browse):
    event = make.event(cast.lyon, starts_at=NIGHT, hours=2, timezone="Europe/Warsaw")
    cast.ana.timezone = "Europe/Riga"

    page = browse(cast.ana).get(f"/trainings/{event.id}")

    assert "28 March 2027, 00:30–03:30 Warsaw time (UTC+1 → UTC+2)" in page.text
    assert "Your time: 28 March 2027, 01:30–04:30, Riga time (UTC+2 → UTC+3)" in page.text
    with speaking("en"):
        assert times.span(NIGHT, event.ends_at, "UTC").striptags() == "27 March 2027, 23:30 – 28 March 2027, 01:30"


def test_the_rules_are_said_before_the_form(cast, browse):
    event = make.event(cast.lyon, capacity=20, reserved_seats=2, partnership_seats=3, partnership_until=now() + timedelta(days=2),
                       waiting_limit=5, needs_approval=True, audience="partnership", audience_kinds=["public_library"])

    page = browse(cast.ana).get(f"/trainings/{event.id}")

    for sentence in ("Only people of this local partnership can register: Ville de Lyon.", "It is for people who work here: Public library.",
                     "Each local partnership can have 3 seats.", "Partnerships that have nobody yet are served first.", "18 seats"):
        assert sentence in page.text


def test_only_confirmed_people_see_the_link(cast, browse):
    event = make.event(cast.lyon, mode="online", online_url="https://meet.example/secret")
    make.registration(event, cast.ana, "waiting")
    make.registration(event, cast.carla)

    assert "meet.example" not in browse(cast.ana).get(f"/trainings/{event.id}").source
    assert "meet.example" in browse(cast.carla).get(f"/trainings/{event.id}").source
    assert "meet.example" in browse(cast.bruno).get(f"/trainings/{event.id}").source


def test_participants_see_those_who_agreed(cast, browse):
    event = make.event(cast.lyon, show_participants="consented")
    make.registration(event, cast.carla, shows_name=True)
    make.registration(event, cast.bruno, shows_name=False)
    make.registration(event, cast.ana)

    assert browse(cast.ana).get(f"/trainings/{event.id}").texts("//section[@aria-labelledby='named-title']//li/bdi") == ["Carla"]
    assert "Carla" not in browse(cast.dina).get(f"/trainings/{make.event(cast.lyon).id}").text


def test_a_text_is_read_in_ones_own_language_or_another_one(cast, browse):
    event = make.event(cast.lyon, description={"lv": "Nāciet visi!", "fr": "Venez tous !"})

    page = browse(cast.ana).get(f"/trainings/{event.id}")

    assert page.texts("//div[@class='prose']/@lang") == ["fr"]
    assert browse(cast.ana).get(f"/trainings/{event.id}?in=lv").texts("//div[@class='prose']/@lang") == ["lv"]
