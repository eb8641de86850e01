"""The people of an organisation and the page of a member (S37, S39)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.members import leaving
from libri.members.models import Membership
from libri.members.models.members import LastCoordinator

from .. import make


def place_of(member) -> Membership:
    return db.session.scalar(select(Membership).where(Membership.member_id == member.id))


def test_coordinators_see_their_people_with_the_month_they_were_last_seen(cast, browse):
    cast.bruno.language, cast.ana.seen_on = "en", cast.ana.created_at.date()

    page = browse(cast.bruno).get(f"/organisations/{cast.lyon_library.id}/people")

    assert page.texts("//table//th[@scope='row']") == ["Ana"]
    assert str(cast.ana.seen_on.year) in page.texts("//td[@data-label='Last seen']")[0]


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_database_equally_often_whatever_its_length(cast, browse, statements, number):
    for count in range(number):
        make.member(f"Person {count}", "fr", cast.lyon_library)
        make.invitation(cast.lyon_library, email=f"n{count}@library.example")
    browser = browse(cast.bruno)
    db.session.commit()
    statements.clear()

    browser.get(f"/organisations/{cast.lyon_library.id}/people")

    assert len([statement for statement in statements if "membership" in statement or "invitation" in statement]) == 3


def test_a_coordinator_makes_another_one(cast, browse):
    page = browse(cast.bruno).get(f"/memberships/{place_of(cast.ana).id}")

    answer = page.submit(f"/memberships/{place_of(cast.ana).id}", role="coordinator", function="Deputy")

    assert answer.status == 303
    assert (place_of(cast.ana).role, place_of(cast.ana).function) == ("coordinator", "Deputy")


def test_a_coordinator_cannot_change_their_own_role(cast, browse):
    answer = browse(cast.bruno).post(f"/memberships/{place_of(cast.bruno).id}", {"role": "member", "version": "1"})

    assert answer.status == 403


def test_saving_over_a_newer_version_keeps_both(cast, browse):
    membership = place_of(cast.ana)
    page = browse(cast.dina).get(f"/memberships/{membership.id}")
    page.submit(f"/memberships/{membership.id}", function="First words")

    answer = page.submit(f"/memberships/{membership.id}", function="Second words")

    assert answer.status == 409
    assert "First words" in answer.text and "Second words" in answer.source
    assert answer.submit(f"/memberships/{membership.id}").status == 303 and place_of(cast.ana).function == "Second words"


@pytest.mark.parametrize("extra", [{"member_id": "1"}, {"organisation_id": "1"}, {"role": "office"}, {"id": "99"}])
def test_other_fields_of_a_membership_cannot_be_sent_along(cast, browse, extra):
    page = browse(cast.bruno).get(f"/memberships/{place_of(cast.ana).id}")

    page.submit(f"/memberships/{place_of(cast.ana).id}", **extra)

    assert (place_of(cast.ana).organisation_id, place_of(cast.ana).role) == (cast.lyon_library.id, "member")


def test_removing_somebody_ends_the_place_and_not_the_account(cast, browse):
    answer = browse(cast.bruno).post(f"/memberships/{place_of(cast.ana).id}/remove")

    assert answer.status == 303
    assert place_of(cast.ana) is None and cast.ana.status == "active"


@pytest.mark.parametrize("way", ["demote", "remove", "leave", "close"])
def test_the_last_coordinator_of_the_coordinating_body_stays(cast, browse, way):
    number, browser = place_of(cast.dina).id, browse(cast.dina)

    {"demote": lambda: browser.post(f"/memberships/{number}", {"role": "member", "version": "1"}),
     "remove": lambda: browser.post(f"/memberships/{number}/remove"),
     "leave": lambda: browser.post(f"/me/memberships/{number}/leave"),
     "close": lambda: browser.post("/me/close", {"address": cast.dina.email})}[way]()

    assert place_of(cast.dina).role == "coordinator" and cast.dina.status == "active"


def test_the_last_but_one_may_go(cast, browse):
    make.member("Erna", "lv", cast.kisc, role="coordinator")

    answer = browse(cast.dina).post(f"/me/memberships/{place_of(cast.dina).id}/leave")

    assert answer.status == 303 and place_of(cast.dina) is None


def test_a_disabled_coordinator_does_not_count(cast):
    erna = make.member("Erna", "lv", cast.kisc, role="coordinator")
    leaving.disable(erna)

    with pytest.raises(LastCoordinator):
        leaving.disable(cast.dina)


def test_a_disabled_member_is_out_at_once_and_can_come_back(cast, browse):
    browser = browse(cast.ana)
    leaving.disable(cast.ana)
    out = browser.get("/me")

    leaving.enable(cast.ana)

    assert out.status == 303 and cast.ana.status == "active"


def test_a_members_page_hides_the_address_from_colleagues(cast, browse):
    pages = {person: browse(getattr(cast, person)).get(f"/members/{cast.ana.id}") for person in ("ana", "bruno", "carla", "dina")}

    assert [person for person, page in pages.items() if cast.ana.email in page.source] == ["ana", "bruno", "dina"]


def test_a_closed_account_has_no_page(cast, browse):
    cast.ana.status = "closed"

    assert browse(cast.carla).get(f"/members/{cast.ana.id}").status == 404
