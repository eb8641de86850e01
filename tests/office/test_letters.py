"""The outbox page."""

import pytest

from libri import emails, tickets
from libri.db import db
from libri.outbox import Letter

from .. import make


@pytest.fixture
def letter(cast):
    """A letter to Ana with a link that signs in."""
    with_link = emails.sign_in_link(cast.ana, tickets.issue("sign_in", cast.ana.id, 1))
    db.session.commit()
    return with_link


def test_letters_are_found_by_state_and_kind(cast, browse, letter):
    make.letter(cast.ana, status="failed", last_error="SMTPRecipientsRefused: 550")
    browser = browse(cast.dina)

    assert len(browser.get("/office/letters").texts("//tbody/tr")) == 2
    assert "550" in browser.get("/office/letters?status=failed").text
    assert len(browser.get("/office/letters?kind=sign_in_link").texts("//tbody/tr")) == 1


def test_a_letter_shows_its_link_where_one_tries_things_out(cast, browse, world, letter):
    page = browse(cast.dina).get(f"/office/letters/{letter.id}")

    link = page.document.xpath("//a[contains(@href, '/sign-in/link/')]/@href")[0].removeprefix(world.config["BASE_URL"])
    assert browse().get(link).status == 200


def test_in_service_the_link_stays_secret(cast, browse, world, letter):
    token = db.session.get(tickets.Ticket, letter.values["ticket"]).token()
    world.config["ENVIRONMENT"] = "production"
    page = browse(cast.dina).get(f"/office/letters/{letter.id}")
    world.config["ENVIRONMENT"] = "development"

    assert token not in page.source
    assert "/sign-in/link/…" in page.text or "/sign-in/link/%E2%80%A6" in page.text


def test_a_letter_whose_text_is_forgotten_is_still_a_fact(cast, browse, letter):
    letter.status, letter.to_address, letter.values = "sent", "", {}

    page = browse(cast.dina).get(f"/office/letters/{letter.id}")

    assert page.status == 200
    assert not page.document.xpath("//article")


def test_a_letter_of_an_unknown_kind_does_not_break_the_page(cast, browse):
    strange = make.letter(cast.ana, kind="no_such_letter")

    assert browse(cast.dina).get(f"/office/letters/{strange.id}").status == 200


def test_a_failed_letter_gets_another_try(cast, browse):
    failed = make.letter(cast.ana, status="failed", attempts=12)

    browse(cast.dina).get(f"/office/letters/{failed.id}").submit(f"/office/letters/{failed.id}/retry")

    again = db.session.get(Letter, failed.id)
    assert (again.status, again.attempts) == ("waiting", 0)


def test_a_letter_that_arrived_is_not_sent_twice(cast, browse):
    sent = make.letter(cast.ana, status="sent")

    browse(cast.dina).post(f"/office/letters/{sent.id}/retry")

    assert db.session.get(Letter, sent.id).status == "sent"
