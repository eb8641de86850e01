"""Programs that fill in the form for guests are stopped, and nothing is asked of people for it (P11)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.outbox import Letter
from libri.trainings.models import Registration

from .. import make

NINA = {"guest_name": "Nina", "guest_email": "nina@museum.example"}


@pytest.fixture
def way(cast):
    event = make.event(cast.ogre, audience="public")
    db.session.commit()
    return f"/trainings/{event.id}/guest"


def test_only_name_and_address_are_needed_and_the_rest_says_that_it_is_optional(browse, way):
    page = browse(accept_language="en").get(way)

    needed = "//main//form//*[self::input or self::textarea][@required]/@name"
    assert page.texts(needed) == ["guest_name", "guest_email"]
    assert "Where do you work? (optional)" in page.texts("//main//label")
    assert page.document.xpath("//div[@hidden]//input[@name='website'][@tabindex='-1']")


def test_what_no_person_sees_gives_a_program_away(browse, way):
    sent = browse().get(way).submit(way, **NINA, **make.drawn_long_ago(), website="https://spam.example")

    assert (sent.status, sent.location) == (303, f"{way}/letter")
    assert db.session.scalars(select(Registration.id)).all() == db.session.scalars(select(Letter.id)).all() == []


@pytest.mark.parametrize("drawn", [None, "", "0.forged", "9" * 5000])
def test_a_form_sent_within_seconds_keeps_its_text_and_is_sent_by_the_second_press(browse, way, later, drawn):
    page = browse(accept_language="en").get(way)
    quick = page.submit(way, **NINA, **({} if drawn is None else {"drawn": drawn}))
    assert quick.status == 422 and "press the button once more" in quick.text
    later(seconds=4)

    assert quick.submit(way).status == 303
    assert db.session.scalar(select(Registration.guest_name)) == "Nina"
