"""Coming: checked in by the organiser's list, by the code on one's phone, by the code on the wall; the sheet to sign (E17, N17)."""

from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from libri import tickets
from libri.db import db, now
from libri.directory.spreadsheets import read
from libri.trainings.models import Attendance, Event, Registration, RegistrationEntry, Session

from .. import make


@pytest.fixture
def event(cast) -> Event:
    """An event of Lyon that begins in half an hour, with a code on the wall."""
    new = make.event(cast.lyon, starts_at=now() + timedelta(minutes=30), access_code="ABC234", title={"en": "Plain language", "fr": "Langue simple"})
    db.session.commit()
    return new


@pytest.fixture
def ana(cast, event) -> Registration:
    new = make.registration(event, cast.ana)
    db.session.commit()
    return new


def here() -> list[tuple]:
    db.session.rollback()
    return [(one.registration_id, one.how) for one in db.session.scalars(select(Attendance).order_by(Attendance.registration_id))]


def test_the_organiser_checks_in_by_list_and_takes_it_back(cast, browse, event, ana):
    bruno = browse(cast.bruno)
    address = f"/trainings/{event.id}/check-in"

    bruno.get(address, htmx="check_in_list").submit(address)
    assert here() == [(ana.id, "list")]
    bruno.get(address, htmx="check_in_list").submit(address)

    assert here() == []
    assert list(db.session.scalars(select(RegistrationEntry.action).order_by(RegistrationEntry.id))) == ["checked_in", "checked_out"]


def test_a_long_list_is_searched_by_name(cast, browse, event, ana):
    make.registration(event, guest_name="Žanna Ķīse", guest_email="z@library.example", language="en")
    db.session.commit()

    page = browse(cast.bruno).get(f"/trainings/{event.id}/check-in?words=%C5%BDan")

    assert page.texts("//li/div/bdi[@class='roster__name']") == ["Žanna Ķīse"]


def test_only_a_confirmed_seat_is_checked_in_and_only_to_this_event(cast, browse, event):
    waiting = make.registration(event, cast.carla, "waiting")
    elsewhere = make.registration(make.event(cast.ogre), cast.ana)
    db.session.commit()
    session = _session_of(event)

    page = browse(cast.bruno).post(f"/trainings/{event.id}/check-in", {"registration": waiting.id, "session": session})
    other = browse(cast.bruno).post(f"/trainings/{event.id}/check-in", {"registration": elsewhere.id, "session": session})

    assert (page.status, other.status, here()) == (303, 404, [])


def _session_of(event: Event) -> int:
    return db.session.scalar(select(Session.id).where(Session.event_id == event.id))


def test_a_badge_is_scanned_by_the_organiser_and_by_nobody_else(cast, browse, event, ana):
    address = f"/badges/{tickets.lasting_token('badge', ana.id)}"

    assert browse(cast.ana).get(f"/registrations/{ana.id}/badge").document.xpath("//div[@class='qr']//path")
    assert [browse(one).get(address).status for one in (cast.carla, cast.ana)] == [404, 404]
    page = browse(cast.bruno).get(address)
    page.submit(address)

    assert page.h1 == "Ana" and here() == [(ana.id, "badge")]


def test_the_code_on_the_wall_checks_in_however_it_is_typed(cast, browse, event, ana):
    browser = browse(cast.ana)
    address = f"/trainings/{event.id}/here"

    wrong = browser.post(address, {"code": "ZZZ999"})
    browser.get(f"{address}?code=abc 234").submit(address)

    assert wrong.status == 422 and here() == [(ana.id, "code")]
    assert "You are checked in" in browser.get(address).text


def test_guessing_the_code_comes_to_an_end(cast, browse, event, ana):
    browser = browse(cast.ana)

    answers = [browser.post(f"/trainings/{event.id}/here", {"code": f"ZZZ99{n}"}).status for n in range(11)]

    assert answers == [422] * 10 + [429]


def test_a_code_counts_only_around_a_session_and_only_for_people_with_a_seat(cast, browse, event, ana, later):
    waiting = make.registration(event, cast.bruno, "waiting")
    db.session.commit()
    stranger = browse(cast.bruno).post(f"/trainings/{event.id}/here", {"code": "ABC234"})
    later(hours=4)

    late = browse(cast.ana).post(f"/trainings/{event.id}/here", {"code": "ABC234"})

    assert late.status == 422 and not stranger.document.xpath("//input[@name='code']") and waiting.id
    assert here() == []


def test_when_the_event_is_over_the_page_says_so_and_asks_for_no_code(cast, browse, event, ana, later):
    later(days=2)

    page = browse(cast.ana).get(f"/trainings/{event.id}/here")

    assert "This event is over. If you were there, ask the organiser to note it." in page.text
    assert not page.document.xpath("//input[@name='code']")


def test_a_guest_is_checked_in_with_the_link_of_the_letter(cast, browse, event):
    guest = make.registration(event)
    db.session.commit()
    token = tickets.lasting_token("registration", guest.id)

    browse(accept_language="en").get(f"/guest/{token}/here").submit(f"/guest/{token}/here", code="ABC234")

    assert browse(accept_language="en").get(f"/guest/{token}/badge").status == 200
    assert here() == [(guest.id, "code")]


def test_a_new_code_makes_the_old_one_worthless(cast, browse, event, ana):
    bruno = browse(cast.bruno)
    bruno.post(f"/trainings/{event.id}/check-in/code")
    poster = bruno.get(f"/trainings/{event.id}/check-in/poster")

    page = browse(cast.ana).post(f"/trainings/{event.id}/here", {"code": "ABC234"})

    assert page.status == 422 and db.session.get(Event, event.id).access_code == poster.texts("//p[@class='onsite-code']")[0] != "ABC234"


def test_the_sheet_is_set_in_two_languages_and_filled_from_the_check_in(cast, browse, event, ana, world):
    world.config["GRANT_NUMBER"] = "101-TEST"
    db.session.add(Attendance(registration_id=ana.id, session_id=_session_of(event)))
    make.registration(event, guest_name="#strong[Žanna] Їжакевич", guest_email="z@library.example", language="en")
    db.session.commit()

    page = browse(cast.bruno).get(f"/trainings/{event.id}/attendance.pdf?first=lv&second=en")

    text = pypdfium2.PdfDocument(page.body)[0].get_textpage().get_text_range()
    world.config["GRANT_NUMBER"] = ""
    assert all(words in text for words in ("Plain language", "Ana", "#strong[Žanna] Їжакевич", "101-TEST", "Bibliothèque de Lyon"))


def test_the_list_and_its_file_say_who_came_and_who_did_not(cast, browse, later, event, ana):
    db.session.add(Attendance(registration_id=ana.id, session_id=_session_of(event)))
    make.registration(event, cast.carla)
    cast.bruno.language = "en"
    db.session.commit()
    later(hours=3)
    bruno = browse(cast.bruno)

    page = bruno.get(f"/trainings/{event.id}/participants")
    table = read(bruno.get(f"/trainings/{event.id}/participants.csv").body)

    assert page.texts("//tbody/tr/td[3]/span[@class='block hint']") == ["Attended: 2 h", "No show"]
    assert [row[table[0].index("Hours attended")] for row in table[1:]] == ["2.0", ""]


def test_the_signed_sheet_is_kept_for_organisers_only(cast, browse, event, ana):
    sheet = make.material(event, kind="evidence", title="Signed sheet", link="https://example.org/sheet", is_for_all=True)
    db.session.commit()

    seen = {one.name: "Signed sheet" in browse(one).get(f"/trainings/{event.id}").text for one in (cast.ana, cast.bruno, cast.carla)}

    assert seen == {"Ana": False, "Bruno": True, "Carla": False} and browse(cast.ana).get(f"/materials/{sheet.id}").status == 403
