"""Contact persons: adding, changing, ordering; who is told; consent and visibility."""

from datetime import timedelta

import pytest

from libri.audit import AuditEntry
from libri.db import db, now
from libri.directory.models import ContactPerson
from libri.emails import render
from libri.outbox import Letter
from tests import make


def new(organisation):
    return f"/organisations/{organisation.id}/contacts/new"


def edit(contact):
    return f"/contacts/{contact.id}/edit"


def letters():
    return [(letter.kind, letter.to_address, letter.language) for letter in db.session.query(Letter).order_by(Letter.id)]


def only() -> ContactPerson:
    return db.session.query(ContactPerson).one()


def test_the_function_alone_is_enough(cast, browse):
    answer = browse(cast.bruno).get(new(cast.lyon)).submit(new(cast.lyon), function="Head of service")

    assert answer.status == 303 and answer.location == f"/organisations/{cast.lyon.id}#people"
    assert only().function == "Head of service" and only().confirmed_on and letters() == []


def test_a_person_without_account_is_told_that_they_are_listed(cast, browse):
    browse(cast.bruno).get(new(cast.lyon)).submit(
        new(cast.lyon), function="Head", name="Zoé", email="zoe@library.example", consented_on="2026-01-31", visibility_name="network")

    assert letters() == [("contact_listed", "zoe@library.example", "en")]
    assert only().visibility == {"name": "network", "email": "office", "phone": "office"}


def test_the_letter_names_the_source_and_the_privacy_notice(cast, browse):
    browse(cast.carla).get(new(cast.ogre)).submit(new(cast.ogre), function="Head", email="z@library.example", consented_on="2026-01-31")

    letter = db.session.query(Letter).one()
    letter.language = "en"

    for text in render(letter)[1:]:
        assert "/privacy" in text and "coordinator" in text and cast.ogre.name in text and "/organisations/" in text


def test_the_letter_speaks_the_language_of_the_organisation_or_of_the_member(cast, browse):
    browse(cast.dina).get(new(cast.ogre)).submit(new(cast.ogre), function="Head", email="a@library.example", consented_on="2026-01-31")
    cast.ana.language = "uk"
    path = new(cast.lyon_library)
    browse(cast.dina).get(path).submit(path, function="Librarian", member_id=str(cast.ana.id))

    assert letters() == [("contact_listed", "a@library.example", "lv"), ("contact_listed", cast.ana.email, "uk")]


def test_personal_data_needs_the_day_of_consent(cast, browse):
    cast.bruno.language = "en"

    page = browse(cast.bruno).get(new(cast.lyon)).submit(new(cast.lyon), function="Head", name="Zoé")

    assert page.status == 422 and "agreed" in page.text
    assert db.session.query(ContactPerson).count() == 0


def test_somebody_with_an_account_needs_none_and_is_called_as_there(cast, browse):
    path = new(cast.lyon_library)

    browse(cast.bruno).get(path).submit(path, function="Librarian", member_id=str(cast.ana.id))

    assert only().member_id == cast.ana.id and only().name == "Ana" and only().visibility_of("name") == "office"


def test_only_people_of_the_organisation_can_be_linked(cast, browse):
    answer = browse(cast.bruno).get(new(cast.lyon)).submit(new(cast.lyon), function="Head", member_id=str(cast.carla.id))

    assert answer.status == 422


def test_a_double_press_adds_one(cast, browse):
    page = browse(cast.bruno).get(new(cast.lyon))

    answers = [page.submit(new(cast.lyon), function="Head") for _ in range(2)]

    assert [answer.status for answer in answers] == [303, 303]
    assert db.session.query(ContactPerson).count() == 1


def test_a_change_by_somebody_else_is_told_to_the_person(cast, browse):
    contact = make.contact(cast.ogre, email="z@library.example")

    browse(cast.dina).get(edit(contact)).submit(edit(contact), function="Deputy head")

    assert letters() == [("contact_changed", "z@library.example", "lv")]
    assert contact.function == "Deputy head" and contact.version == 2


def test_a_new_address_is_told_and_so_is_the_old_one(cast, browse):
    contact = make.contact(cast.ogre, email="old@library.example")

    browse(cast.carla).get(edit(contact)).submit(edit(contact), email="new@library.example")

    assert letters() == [("contact_listed", "new@library.example", "lv"), ("contact_changed", "old@library.example", "lv")]


def test_a_removed_address_is_told(cast, browse):
    contact = make.contact(cast.ogre, email="old@library.example")

    browse(cast.carla).get(edit(contact)).submit(edit(contact), email="")

    assert letters() == [("contact_changed", "old@library.example", "lv")]


def test_saving_without_a_change_tells_nobody(cast, browse):
    contact = make.contact(cast.ogre, languages=["ru", "lv"], themes=["youth", "language_learning"])

    browse(cast.dina).get(edit(contact)).submit(edit(contact))

    assert letters() == [] and contact.version == 1 and contact.languages == ["ru", "lv"]


def test_people_change_their_own_entry_and_need_no_letter(cast, browse):
    contact = make.contact(cast.lyon_library, member_id=cast.ana.id)

    answer = browse(cast.ana).get(edit(contact)).submit(edit(contact), phone="+33 4 72 10 30 30", visibility_phone="network")

    assert answer.status == 303
    assert contact.phone == "+33 4 72 10 30 30" and letters() == []


def test_people_do_not_appoint_themselves(cast, browse):
    contact = make.contact(cast.lyon_library, member_id=cast.ana.id)

    browse(cast.ana).get(edit(contact)).submit(
        edit(contact), is_coordinator="y", is_deputy="y", member_id=str(cast.bruno.id), organisation_id=str(cast.ogre.id), delegated_by="x",
        ends_on="2030-01-01", position="0", confirmed_on="2030-01-01", id="1")

    assert (contact.is_coordinator, contact.is_deputy, contact.member_id, contact.organisation_id, contact.ends_on) == (
        False, False, cast.ana.id, cast.lyon_library.id, None)


def test_saving_over_a_newer_version_keeps_both_texts(cast, browse):
    contact = make.contact(cast.lyon, "Before")
    cast.bruno.language = "en"
    mine = browse(cast.bruno).get(edit(contact))
    browse(cast.dina).get(edit(contact)).submit(edit(contact), function="Theirs")

    page = mine.submit(edit(contact), function="Mine")

    assert page.status == 409 and "Theirs" in page.text
    assert page.document.xpath("//input[@id='function']/@value") == ["Mine"] and contact.function == "Theirs"
    assert page.submit(edit(contact)).status == 303 and db.session.get(ContactPerson, contact.id).function == "Mine"


def test_entries_are_put_in_order(cast, browse):
    first, second, third = (make.contact(cast.lyon, name, position=n) for n, name in enumerate(("One", "Two", "Three")))

    browse(cast.bruno).post(f"/contacts/{third.id}/move", {"direction": "up"})
    browse(cast.bruno).post(f"/contacts/{first.id}/move", {"direction": "up"})

    page = browse(cast.ana).get(f"/organisations/{cast.lyon.id}")
    assert page.texts("//article/h3") == ["One", "Three", "Two"]


def test_the_trail_holds_no_names(cast, browse):
    contact = make.contact(cast.lyon)
    browse(cast.bruno).get(edit(contact)).submit(edit(contact), name="Zoé", phone="+33 4 72 10 30 30")

    entry = db.session.query(AuditEntry).filter_by(action="contact.changed").one()

    assert entry.details == {"fields": ["name", "phone"]} and entry.organisation_id == cast.lyon.id


TOMORROW = (now() + timedelta(days=2)).date().isoformat()
BAD = [
    {"function": ""}, {"function": "\u200b\u202e"}, {"function": "x" * 121}, {"name": "x" * 121}, {"email": "a@b@c"},
    {"email": "a@library.example\nBcc: all@x.example"}, {"phone": "12"},
    {"consented_on": TOMORROW}, {"consented_on": "2026-02-31"}, {"consented_on": "31.01.2026"}, {"consented_on": "99999-01-01"},
    {"visibility_name": "public"}, {"languages": ["xx"]}, {"themes": ["' OR 1=1"]}, {"member_id": "9" * 40}, {"member_id": "x"},
    {"is_coordinator": "y", "is_deputy": "y"}, {"appointed_on": "2026-05-01", "ends_on": "2026-04-01"}, {"appointed_on": "٢٠٢٦-٠١-٠١"},
]


@pytest.mark.parametrize("fields", BAD, ids=str)
def test_bad_input_is_refused_and_adds_nothing(cast, browse, fields):
    answer = browse(cast.bruno).get(new(cast.lyon)).submit(new(cast.lyon), **({"function": "Head"} | fields))

    assert answer.status == 422
    assert db.session.query(ContactPerson).count() == 0


@pytest.mark.parametrize("fields", BAD, ids=str)
def test_bad_input_changes_nothing(cast, browse, fields):
    contact = make.contact(cast.lyon, "Head")

    answer = browse(cast.bruno).get(edit(contact)).submit(edit(contact), **fields)

    assert answer.status == 422
    assert contact.version == 1 and contact.function == "Head"


@pytest.mark.parametrize("direction", ["", "sideways", "UP"])
def test_a_strange_direction_is_refused(cast, browse, direction):
    contact = make.contact(cast.lyon)

    assert browse(cast.bruno).post(f"/contacts/{contact.id}/move", {"direction": direction}).status == 422


def test_an_ended_entry_is_not_found(cast, browse):
    contact = make.contact(cast.lyon)
    contact.end(None)

    assert browse(cast.dina).get(edit(contact)).status == 404
    assert browse(cast.dina).post(f"/contacts/{contact.id}/confirmation").status == 404


@pytest.mark.long
def test_one_address_gets_at_most_twenty_such_letters_a_day(cast, browse):
    contact = make.contact(cast.lyon, email="zoe@library.example", name="Zoé")
    browser = browse(cast.bruno)

    for number in range(22):
        browser.get(edit(contact)).submit(edit(contact), function=f"Head {number}")

    assert len(letters()) == 20 and only().function == "Head 21"
