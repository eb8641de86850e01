"""Confirming an entry: the button, and the signed link of a letter (N1)."""

import pytest

from libri import tickets
from libri.db import db, now
from libri.directory.queries import contacts as queries
from libri.members.gate import can_of
from libri.outbox import Letter
from libri.tickets import Ticket
from tests import make


@pytest.fixture
def contact(cast):
    return make.contact(cast.ogre, "Head", name="Zane", email="zane@library.example", confirmed_on=None)


@pytest.fixture
def link(contact):
    ticket = tickets.issue("confirm_contact", contact.id, 24)
    db.session.commit()
    return f"/contact/confirm/{ticket.token()}"


@pytest.mark.parametrize("person", ["carla", "dina"])
def test_one_button_confirms(cast, browse, contact, person):
    answer = browse(getattr(cast, person)).post(f"/contacts/{contact.id}/confirmation")

    assert answer.status == 303 and contact.confirmed_on


def test_the_person_confirms_their_own(cast, browse):
    own = make.contact(cast.lyon_library, member_id=cast.ana.id, confirmed_on=None)

    browse(cast.ana).post(f"/contacts/{own.id}/confirmation")

    assert own.confirmed_on


def test_opening_the_link_changes_nothing(browse, contact, link):
    page = browse(accept_language="en").get(link)

    assert "Zane" in page.text and "zane@library.example" in page.text
    assert contact.confirmed_on is None and page.headers["Referrer-Policy"] == "no-referrer"


def test_one_press_confirms_once(browse, contact, link):
    page = browse(accept_language="en").get(link)

    first, second = page.submit(link), page.submit(link)

    assert first.status == 200 and "confirmed" in first.text and second.status == 410
    assert contact.confirmed_on


def test_a_note_goes_to_the_coordinators(cast, browse, contact, link):
    page = browse(accept_language="en").get(link)

    answer = page.submit(link, changed="1", what_changed="I moved to https://evil.example")

    letter = db.session.query(Letter).one()
    assert "on its way" in answer.text and contact.confirmed_on is None
    assert (letter.kind, letter.to_address, letter.language) == ("contact_note", cast.carla.email, "lv")
    assert "https://evil.example" not in letter.values["note"]


def test_without_coordinators_the_note_goes_to_the_office(cast, browse, contact, link, world):
    cast.carla.status = "disabled"

    browse(accept_language="en").get(link).submit(link, changed="1", what_changed="I moved")

    assert db.session.query(Letter).one().to_address == world.config["OFFICE_EMAIL"]


@pytest.mark.parametrize("note", ["", "\u200b", "x" * 1001])
def test_an_empty_or_endless_note_is_refused(browse, contact, link, note):
    answer = browse(accept_language="en").get(link).submit(link, changed="1", what_changed=note)

    assert answer.status == 422
    assert db.session.query(Ticket).one().used_at is None


@pytest.mark.parametrize("token", ["x", "1-", "99999999999999999999-x", "-1-x", "٣-x", "1-" + "a" * 500])
def test_a_forged_link_opens_nothing(browse, contact, token):
    assert browse().get(f"/contact/confirm/{token}").status == 410


def test_a_link_of_another_purpose_opens_nothing(browse, contact):
    token = tickets.issue("sign_in", contact.id, 24).token()

    assert browse().get(f"/contact/confirm/{token}").status == 410


def test_a_link_is_too_old_after_its_time(browse, contact, link, later):
    later(hours=25)

    assert browse().get(link).status == 410


def test_a_link_dies_with_the_appointment(browse, contact, link):
    contact.end(None)

    assert browse().get(link).status == 410


def test_a_link_dies_when_the_entry_gets_another_address(cast, browse, contact, link):
    path = f"/contacts/{contact.id}/edit"
    browse(cast.carla).get(path).submit(path, name="Next", email="next@library.example", consented_on=now().date().isoformat())

    page = browse().get(link)
    assert page.status == 410 and "Next" not in page.text


def test_those_to_confirm_are_mine_or_of_organisations_i_lead(cast, later):
    below, own, foreign = make.contact(cast.ogre_library), make.contact(cast.lyon_library, member_id=cast.ana.id), make.contact(cast.lyon)
    db.session.commit()
    later(days=200)

    asked = {person.name: list(db.session.scalars(queries.to_confirm_for(can_of(person)))) for person in (cast.carla, cast.ana, cast.bruno)}

    assert asked["Carla"] == [below] and asked["Ana"] == [own] and set(asked["Bruno"]) == {own, foreign}


def test_stale_lists_those_of_active_organisations(cast, later):
    make.contact(cast.lyon)
    old = make.contact(cast.ogre)
    cast.lyon.status = "archived"
    db.session.commit()
    later(days=366)
    make.contact(cast.ogre, confirmed_on=now())

    assert list(db.session.scalars(queries.stale())) == [old]
