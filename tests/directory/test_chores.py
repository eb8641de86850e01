"""What the worker does for contact persons: asks twice a year, ends, empties; twice is as good as once."""

from datetime import timedelta

import pytest

from libri import emails
from libri.db import db, now
from libri.directory import chores
from libri.directory.models import ContactPerson
from libri.outbox import Letter
from libri.tickets import Ticket
from tests import make


def letters():
    return [(letter.kind, letter.to_address) for letter in db.session.query(Letter).order_by(Letter.id)]


def run(*names):
    """Do these chores twice, as two workers might; return how much each did the first time."""
    db.session.commit()
    counts = [chores.DAILY[name]() for name in names]
    assert [chores.DAILY[name]() for name in names] == [0] * len(names)
    db.session.expire_all()
    return counts


@pytest.mark.long
def test_nobody_is_asked_before_half_a_year(cast, later):
    make.contact(cast.ogre)
    db.session.commit()
    later(days=181)

    assert run("ask_contacts", "ask_coordinators") == [0, 0]
    assert letters() == []


@pytest.mark.long
def test_those_due_get_one_letter_with_one_link(cast, later, browse):
    contact = make.contact(cast.ogre, email="z@library.example")
    db.session.commit()
    later(days=183)

    assert run("ask_contacts", "ask_coordinators") == [1, 0]

    assert letters() == [("confirm_contact", "z@library.example")] and contact.asked_at
    letter = db.session.query(Letter).one()
    link = db.session.query(Ticket).one().token()
    assert f"/contact/confirm/{link}" in emails.render(letter)[1]
    assert browse().get(f"/contact/confirm/{link}").status == 200


def test_they_are_asked_again_half_a_year_later(cast, later):
    make.contact(cast.ogre)
    db.session.commit()
    later(days=183)
    run("ask_contacts")
    later(days=366)

    assert run("ask_contacts") == [1]


def test_those_who_confirmed_are_left_alone(cast, later):
    contact = make.contact(cast.ogre)
    db.session.commit()
    later(days=183)
    contact.confirm()

    assert run("ask_contacts") == [0]


def test_without_an_address_the_coordinators_get_one_letter_for_all(cast, later):
    make.contact(cast.ogre, "Head", email="")
    make.contact(cast.ogre, "Deputy", email="")
    db.session.commit()
    later(days=183)

    assert run("ask_contacts", "ask_coordinators") == [0, 2]

    assert letters() == [("confirm_contacts", cast.carla.email)]
    text = emails.render(db.session.query(Letter).one())[1]
    assert "Head" in text and "Deputy" in text and f"/organisations/{cast.ogre.id}" in text


def test_an_account_can_be_written_to_instead(cast, later):
    make.contact(cast.lyon_library, email="", member_id=cast.ana.id)
    db.session.commit()
    later(days=183)

    assert run("ask_contacts", "ask_coordinators") == [1, 0]
    assert letters() == [("confirm_contact", cast.ana.email)]


def test_a_library_without_coordinator_is_looked_after_from_above(cast, later):
    make.contact(cast.ogre_library, email="")
    db.session.commit()
    later(days=183)
    run("ask_coordinators")

    assert letters() == [("confirm_contacts", cast.carla.email)]


@pytest.mark.parametrize("status", ["draft", "suspended", "archived"])
def test_sleeping_organisations_are_not_asked(cast, later, status):
    cast.ogre.status = status
    make.contact(cast.ogre)
    make.contact(cast.ogre, email="")
    db.session.commit()
    later(days=183)

    assert run("ask_contacts", "ask_coordinators") == [0, 0]


def test_more_than_one_handful_is_asked(cast, later, monkeypatch):
    monkeypatch.setattr(chores, "AT_ONCE", 2)
    for _ in range(5):
        make.contact(cast.ogre)
    db.session.commit()
    later(days=183)

    assert run("ask_contacts") == [5]
    assert len(letters()) == 5


def test_an_appointment_ends_after_its_last_day(cast):
    today = now().date()
    past, present = (make.contact(cast.ogre, ends_on=today - timedelta(days=days)) for days in (1, 0))

    assert run("end_contacts") == [1]

    assert not past.is_current and present.is_current
    assert letters() == [("contact_ended", cast.carla.email)]


def test_the_last_one_stays_until_somebody_follows_and_is_told_once(cast):
    last = make.contact(cast.ogre, ends_on=now().date() - timedelta(days=1))

    assert run("end_contacts") == [1]

    assert last.is_current and letters() == [("contact_ended", cast.carla.email)]
    assert "Who follows" in emails.render(english(db.session.query(Letter).one()))[0]


def english(letter):
    letter.language = "en"
    return letter


def test_personal_data_goes_a_year_after_the_end_and_the_function_stays(cast, later):
    contact = make.contact(cast.ogre, "Head", phone="+371 26 123 456", delegated_by="Director", member_id=cast.carla.id)
    contact.end(None)
    db.session.commit()
    later(days=364)
    assert run("empty_contacts") == [0]
    later(days=366)

    assert run("empty_contacts") == [1]
    assert contact.function == "Head" and contact.member_id is None
    assert not (contact.name or contact.email or contact.phone or contact.delegated_by)


def test_a_present_one_keeps_its_data(cast, later):
    make.contact(cast.ogre)
    db.session.commit()
    later(days=800)

    assert run("empty_contacts") == [0]
    assert db.session.query(ContactPerson).one().name


@pytest.mark.parametrize("language", ["lv", "en", "ru", "uk"])
def test_every_letter_can_be_drawn(cast, language):
    contact = make.contact(cast.ogre, "<b>Head</b>")
    cast.carla.language = language
    for has_ended in (False, True):
        emails.contact_changed(contact, "z@library.example", language, "<i>Ogre</i>", has_ended)
        emails.contact_ended(cast.carla, cast.ogre, "<b>Head</b>", has_ended)
    emails.contact_listed(contact, "z@library.example", language, "<i>Ogre</i>")
    emails.contact_note(contact, "z@library.example", language, None, "<i>Ogre</i>", "One\n\n<b>two</b>")
    emails.confirm_contacts(cast.carla, cast.ogre, ["<b>Head</b>"])

    drawn = [emails.render(letter) for letter in db.session.query(Letter)]

    assert len(drawn) == 7 and all(subject.strip() and "<b>" not in html and "<i>" not in html for subject, _, html in drawn)
