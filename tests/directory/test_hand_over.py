"""Ending an appointment and handing it over (N2)."""

import pytest

from libri.audit import AuditEntry
from libri.db import db
from libri.directory.models import ContactPerson
from libri.outbox import Letter
from tests import make


def end(contact):
    return f"/contacts/{contact.id}/end"


def test_role_place_and_themes_pass_to_the_successor(cast, browse):
    leaver = make.contact(cast.lyon, "Head", is_coordinator=True, position=0, themes=["youth"])
    successor = make.contact(cast.lyon, "Deputy", is_deputy=True, position=1, themes=["employment"])

    answer = browse(cast.bruno).get(end(leaver)).submit(end(leaver), successor=str(successor.id))

    assert answer.status == 303 and leaver.ended_at and leaver.successor_id == successor.id
    assert successor.is_coordinator and not successor.is_deputy and successor.position == 0
    assert successor.themes == ["employment", "youth"]


def test_a_deputys_role_passes_too(cast, browse):
    leaver = make.contact(cast.lyon, is_deputy=True)
    successor = make.contact(cast.lyon)

    browse(cast.bruno).get(end(leaver)).submit(end(leaver), successor=str(successor.id))

    assert successor.is_deputy and not leaver.is_deputy


def test_the_trail_says_who_follows_and_the_leaver_is_told(cast, browse):
    leaver, successor = make.contact(cast.lyon, email="l@library.example"), make.contact(cast.lyon)

    browse(cast.bruno).get(end(leaver)).submit(end(leaver), successor=str(successor.id))

    entry = db.session.query(AuditEntry).filter_by(action="contact.ended").one()
    letter = db.session.query(Letter).one()
    assert entry.details == {"successor": successor.id} and entry.object_id == leaver.id
    assert (letter.kind, letter.to_address, letter.values["has_ended"]) == ("contact_changed", "l@library.example", True)


def test_somebody_new_can_follow(cast, browse):
    leaver = make.contact(cast.lyon, "Head", is_coordinator=True)

    answer = browse(cast.bruno).get(end(leaver)).submit(
        end(leaver), successor="new", function="New head", email="n@library.example", consented_on="2026-01-31")

    new = db.session.query(ContactPerson).filter_by(function="New head").one()
    assert answer.location == f"/contacts/{new.id}/edit" and new.is_coordinator and new.visibility_of("email") == "office"
    assert "contact_listed" in [letter.kind for letter in db.session.query(Letter)]


def test_the_last_one_does_not_go_without_a_successor(cast, browse):
    contact = make.contact(cast.lyon)
    cast.bruno.language = "en"
    page = browse(cast.bruno).get(end(contact))

    answer = page.submit(end(contact), successor="none")

    assert "only contact person" in page.text and answer.status == 422
    assert contact.is_current


def test_two_who_end_the_last_two_at_once_leave_one(cast, browse):
    one, two = make.contact(cast.lyon), make.contact(cast.lyon)
    pages = [browse(cast.bruno).get(end(one)), browse(cast.dina).get(end(two))]

    answers = [pages[0].submit(end(one), successor="none"), pages[1].submit(end(two), successor="none")]

    assert [answer.status for answer in answers] == [303, 422]
    assert two.is_current


def test_an_ended_successor_cannot_follow(cast, browse):
    one, two = make.contact(cast.lyon), make.contact(cast.lyon)
    page = browse(cast.bruno).get(end(one))
    two.end(None)

    assert page.submit(end(one), successor=str(two.id)).status == 422
    assert one.is_current


def test_a_draft_may_lose_its_last(cast, browse):
    cast.ogre.status = "draft"
    contact = make.contact(cast.ogre)

    answer = browse(cast.dina).get(end(contact)).submit(end(contact), successor="none")

    assert answer.status == 303 and not contact.is_current


@pytest.mark.parametrize("fields", [
    {}, {"successor": "x"}, {"successor": "9" * 40}, {"successor": "٣"}, {"successor": "new", "function": ""},
    {"successor": "new", "name": "Zoé"}, {"successor": "new", "email": "x"}, {"successor": "new", "consented_on": "2026-02-31"},
], ids=str)
def test_bad_input_ends_nothing(cast, browse, fields):
    contact = make.contact(cast.lyon)
    other = make.contact(cast.ogre)

    answer = browse(cast.bruno).get(end(contact)).submit(end(contact), **fields)
    foreign = browse(cast.bruno).get(end(contact)).submit(end(contact), successor=str(other.id))

    assert (answer.status, foreign.status) == (422, 422)
    assert contact.is_current


def test_a_person_does_not_end_their_own_appointment(cast, browse):
    contact = make.contact(cast.lyon_library, member_id=cast.ana.id)

    assert browse(cast.ana).get(end(contact)).status == 403
