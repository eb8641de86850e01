"""The first page of the office, and its lists."""

from datetime import UTC, datetime, timedelta

import pytest

from libri.db import db, now
from libri.members.models import Organisation

from .. import make


def tiles(page) -> dict[str, str]:
    return dict(zip(page.texts("//main//article//h2"), page.texts("//main//*[@class='tile__number']"), strict=True))


def test_what_waits_is_counted(cast, browse):
    cast.dina.language = "en"
    make.contact(cast.lyon, confirmed_on=now() - timedelta(days=400))
    make.organisation("Jauna", status="draft")
    make.invitation(cast.lyon)
    make.invitation(cast.lyon, email="late@library.example", expires_at=now() - timedelta(days=1))
    make.letter(cast.ana, status="failed")
    make.practice(cast.lyon, status="submitted")

    counted = tiles(browse(cast.dina).get("/office/"))

    assert counted == {"Contacts to confirm": "1", "Organisations without a contact person": "4", "Letters that failed": "1",
                       "Letters waiting": "0", "Invitations run out": "1", "Open invitations": "1", "Organisations in draft": "1",
                       "Suspended organisations": "0", "Members": "4", "Disabled accounts": "0", "Open reports": "0",
                       "Practices to review": "1", "First texts that wait": "0"}


def test_every_tile_leads_to_as_many_rows(cast, browse):
    make.contact(cast.lyon, confirmed_on=now() - timedelta(days=400))
    make.organisation("Jauna", status="draft")
    make.invitation(cast.lyon)
    make.letter(cast.ana, status="failed")
    browser = browse(cast.dina)
    page = browser.get("/office/")

    numbers = page.texts("//main//*[@class='tile__number']")
    for href, number in zip(page.document.xpath("//main//article//h2/a/@href"), numbers, strict=True):
        assert len(browser.get(href).texts("//tbody/tr")) == int(number), href


def test_contacts_nobody_confirmed_are_listed_with_the_oldest_first(cast, browse):
    make.contact(cast.lyon, function="Old", confirmed_on=now() - timedelta(days=400))
    make.contact(cast.ogre, function="Older", confirmed_on=now() - timedelta(days=800))
    make.contact(cast.ogre, function="Fresh")

    page = browse(cast.dina).get("/office/contacts")

    assert page.texts("//tbody//th") == ["Older", "Old"]


def test_a_draft_becomes_active_from_the_list(cast, browse):
    draft = make.organisation("Jauna", status="draft")
    make.contact(draft)

    browse(cast.dina).get("/office/organisations").submit(f"/organisations/{draft.id}/status", status="active")

    assert db.session.get(Organisation, draft.id).status == "active"


@pytest.mark.parametrize("address", ["/office/", "/office/members", "/office/letters", "/office/audit", "/office/contacts",
                                     "/office/organisations?status=active", "/office/invitations"])
def test_lists_ask_as_often_for_three_rows_as_for_one(cast, browse, address, statements):
    browser = browse(cast.dina)
    _fill(cast)
    few = statements.of(browser, address, only="SELECT")
    _fill(cast)
    _fill(cast)

    assert statements.of(browser, address, only="SELECT") == few <= 8


def _fill(cast) -> None:
    """One more row for every list, each with relatives of its own."""
    place = make.organisation("Vēl viena bibliotēka", parent=cast.ogre)
    make.contact(place, confirmed_on=now() - timedelta(days=400))
    make.invitation(place)
    make.letter(make.member("Nina", "lv", place))
    db.session.commit()  # their words go into the index now, not while the page is counted


@pytest.mark.parametrize(("language", "day"), [("lv", "20.12.2024."), ("en", "20 Dec 2024"), ("ru", "20.12.2024"), ("uk", "20.12.2024")])
def test_a_day_in_a_table_is_short(cast, browse, language, day):
    cast.dina.language = language
    make.contact(cast.lyon, confirmed_on=datetime(2024, 12, 20, 12, tzinfo=UTC))

    page = browse(cast.dina).get("/office/contacts")

    assert day in page.texts("//tbody//time")
