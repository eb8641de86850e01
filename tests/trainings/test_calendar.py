"""Calendar files and feeds: right across the night the clocks change, renewed at will, silent about what one may not see (E15, R12, S52)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text
from sqlalchemy import select

from libri import emails, tickets
from libri.db import db, now, write_tx
from libri.i18n import Localized
from libri.members.models import Organisation
from libri.outbox import Letter, compose
from libri.trainings import calendar, changes, reaching, seats
from libri.trainings.models import CalendarFeed, Event

from .. import make
from . import ics

NIGHTS = {"Europe/Riga": ("2027-10-30", "23.30", "01.30"), "Europe/Warsaw": ("2027-10-30", "23:30", "01:30"), "UTC": ("2027-10-30", "23:30", "01:30")}
"""From 23.30 to 01.30 over the night in which the clocks of Europe go back."""


def night(cast, zone: str, **given) -> Event:
    starts = datetime(2027, 10, 30, 23, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    ends = datetime(2027, 10, 31, 1, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    event = make.event(cast.lyon, starts_at=starts, ends_at=ends, timezone=zone, title={"en": "Night of libraries"}, **given)
    db.session.commit()
    return event


def whole(event: Event) -> Event:
    return db.session.scalars(reaching.whole_event(event.id).execution_options(populate_existing=True)).one()


def file_of(browser, event) -> str:
    return browser.get(f"/trainings/{event.id}.ics").body.decode()


def mails(kind: str) -> list:
    """The letters of a kind as e-mails, by address."""
    db.session.rollback()
    found = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.to_address)).all()
    return [compose(letter, *emails.render(letter)) for letter in found]


def attached(mail) -> list[str]:
    return [part.get_content().replace("\r\n", "\n").replace("\n", "\r\n") if isinstance(part.get_content(), str) else part.get_content().decode()
            for part in mail.iter_attachments()]


@pytest.mark.parametrize("zone", NIGHTS)
def test_a_night_of_two_clocks_is_right_on_the_page_and_in_the_file(cast, browse, zone):
    event = night(cast, zone)

    [entry] = ics.entries(file_of(browse(cast.ana), event))

    assert (ics.instant(entry["DTSTART"]), ics.instant(entry["DTEND"])) == (event.starts_at, event.ends_at)
    assert browse(cast.ana).get(f"/trainings/{event.id}").text.count("30 October 2027, 23:30 – 31 October 2027, 01:30")


@pytest.mark.parametrize(("zone", "said"), [
    ("Europe/Riga", "31 October 2027, 02:30–03:30, Riga time (UTC+3 → UTC+2)"),
    ("Europe/Warsaw", "31 October 2027, 01:30–02:30, Warsaw time (UTC+2 → UTC+1)"), ("UTC", "30 October 2027, 23:30 – 31 October 2027, 01:30, UTC"),
])
def test_a_letter_says_it_by_the_clock_of_its_reader_and_carries_the_file(cast, zone, said):
    event = night(cast, "UTC")
    cast.ana.timezone = zone
    registration = make.registration(event, cast.ana, "offered", offer_ends_at=now() + timedelta(days=2))
    db.session.commit()
    with write_tx():
        locked = seats.lock_of(registration.id)
        seats.accept(locked.event, locked)

    [mail] = mails("registration")

    assert said in " ".join(mail.get_body().get_content().split())
    [entry] = ics.entries(attached(mail)[0])
    assert (ics.instant(entry["DTSTART"]), entry["SEQUENCE"]) == (event.starts_at, "0")


def test_a_hostile_title_adds_no_line_to_the_file(cast, browse):
    event = make.event(cast.lyon, title={"en": "Ā;b,c\\d\r\nATTENDEE:mailto:x@y.example\n" + "ķ" * 200})
    db.session.commit()

    [entry] = ics.entries(file_of(browse(cast.ana), event))

    assert "ATTENDEE" not in entry and entry["SUMMARY"].startswith("Ā;b,c\\d\n")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=text(min_size=1), words=text(), place=text())
def test_whatever_people_type_the_file_stays_one_event(world, title, words, place):
    event = Event(id=7, title=Localized(en=title), description=Localized(en=words), place=place, city="", country="", mode="onsite", online_url="",
                  uid="7@libri", sequence=0, status="published", starts_at=now(), ends_at=now(), changed_at=now(), sessions=[],
                  organiser=Organisation(name=title, names={}, languages=["fr"]))

    [entry] = ics.entries(calendar.attached(event, "en")[0]["text"])

    assert set(entry) <= {"UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "LOCATION", "DESCRIPTION", "URL",
                          "ORGANIZER"}


def test_the_link_is_in_the_file_of_those_who_have_a_seat_and_of_nobody_else(cast, browse):
    event = make.event(cast.lyon, mode="online", online_url="https://meet.library.example/secretroom")
    make.registration(event, cast.ana)
    make.registration(event, cast.bruno, "waiting")
    guest = make.registration(event)
    db.session.commit()

    theirs = browse().get(f"/guest/{tickets.lasting_token('registration', guest.id)}/event.ics").body.decode()
    assert all("secretroom" in text.replace("\r\n ", "") for text in (file_of(browse(cast.ana), event), theirs))
    assert not any("secretroom" in file_of(browse(one), event).replace("\r\n ", "") for one in (cast.bruno, cast.carla))


def test_a_new_time_is_announced_once_nobody_changes_it_any_more(cast, later):
    event = make.event(cast.lyon)
    make.registration(event, cast.ana)
    make.registration(event)
    make.registration(event, cast.bruno, "waiting")
    db.session.commit()
    changes.look()
    whole(event).sessions[0].starts_at -= timedelta(hours=1)
    event.starts_at -= timedelta(hours=1)
    db.session.commit()

    assert changes.look() == 0
    later(minutes=4)
    assert changes.look() == 0
    later(minutes=6)
    assert (changes.look(), changes.look()) == (2, 0)

    mail, _guest = mails("event_changed")
    assert [ics.entries(text)[0]["SEQUENCE"] for text in attached(mail)] == ["1"]
    assert ics.instant(ics.entries(attached(mail)[0])[0]["DTSTART"]) == event.starts_at


def test_a_session_that_is_no_more_leaves_the_calendars(cast, later):
    event = make.event(cast.lyon)
    make.registration(event, cast.ana)
    db.session.commit()
    changes.look()
    old = whole(event).sessions[0]
    event.sessions = [type(old)(starts_at=old.starts_at, ends_at=old.ends_at, hours=2)]
    db.session.commit()
    changes.look()
    later(minutes=6)
    changes.look()

    new, gone = attached(mails("event_changed")[0])

    assert (ics.method(new), ics.method(gone)) == ("PUBLISH", "CANCEL")
    assert ics.entries(new)[0]["UID"] != ics.entries(gone)[0]["UID"] and ics.entries(gone)[0]["STATUS"] == "CANCELLED"


def test_cancelling_takes_the_event_out_of_every_calendar(cast, browse):
    event = make.event(cast.lyon)
    make.registration(event, cast.ana)
    db.session.commit()
    before = ics.entries(file_of(browse(cast.ana), event))[0]

    browse(cast.bruno).post(f"/trainings/{event.id}/cancel", {"reason_en": "The hall is flooded."})

    [mail] = mails("event_cancelled")
    [text] = attached(mail)
    entry = ics.entries(text)[0]
    assert ics.method(text) == "CANCEL" and entry["UID"] == before["UID"] and int(entry["SEQUENCE"]) > int(before["SEQUENCE"])
    assert "The hall is flooded." in mail.get_body().get_content()


def test_whoever_goes_and_comes_again_gets_the_event_back_into_the_calendar(cast, browse):
    event = make.event(cast.lyon)
    registration = make.registration(event, cast.ana)
    db.session.commit()

    browse(cast.ana).post(f"/registrations/{registration.id}/cancel")
    browse(cast.ana).get(f"/trainings/{event.id}/registration").submit(f"/trainings/{event.id}/registration")

    gone, back = sorted((attached(mail)[0] for mail in mails("registration")), key=ics.method)
    assert (ics.method(gone), ics.method(back)) == ("CANCEL", "PUBLISH")
    assert ics.entries(gone)[0]["SEQUENCE"] == ics.entries(back)[0]["SEQUENCE"] and ics.entries(gone)[0]["DTSTAMP"] <= ics.entries(back)[0]["DTSTAMP"]


def feed_of(browser, kind: str) -> str:
    browser.post(f"/me/calendar/{kind}")
    return browser.get("/me/calendar").document.xpath(f"//input[@id='address-{kind}']/@value")[0].removeprefix("http://localhost")


def test_a_calendar_is_followed_at_its_secret_address_without_signing_in(cast, browse):
    mine, other = make.event(cast.lyon, title={"en": "Mine"}), make.event(cast.ogre, title={"en": "Other"})
    make.event(cast.ogre, status="draft", title={"en": "Draft"})
    make.registration(mine, cast.ana, "waiting")
    db.session.commit()
    ana = browse(cast.ana)

    [own] = ics.entries(browse().get(feed_of(ana, "own")).body.decode())
    network = ics.entries(browse().get(feed_of(ana, "network")).body.decode())

    assert (own["SUMMARY"], own["STATUS"]) == ("Mine", "TENTATIVE")
    assert {entry["SUMMARY"] for entry in network} == {"Mine", "Other"} and other.id


def test_a_renewed_address_and_that_of_a_disabled_member_open_nothing(cast, browse):
    ana = browse(cast.ana)
    old, new = feed_of(ana, "own"), feed_of(ana, "own")

    assert (browse().get(old).status, browse().get(new).status) == (404, 200)
    ana.post("/me/calendar/own", {"remove": "1"})
    assert browse().get(new).status == 404
    again = feed_of(ana, "own")
    cast.ana.status = "disabled"
    db.session.commit()
    assert browse().get(again).status == 404 and db.session.scalar(select(CalendarFeed.id))


def test_a_change_in_the_first_minute_is_told_too(cast, browse, later):
    event = make.event(cast.lyon, status="draft", description={"en": "We learn to write plainly."})
    db.session.commit()
    browse(cast.bruno).post(f"/trainings/{event.id}/publish")
    make.registration(event, cast.ana)
    whole(event).sessions[0].room = "Attic"
    db.session.commit()

    told = [changes.look()]
    later(minutes=6)

    assert [*told, changes.look()] == [0, 1] and "Attic" in ics.entries(attached(mails("event_changed")[0])[0])[0]["LOCATION"]
