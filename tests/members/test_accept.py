"""Accepting an invitation (S22, S25, S37, S53)."""

import pytest
from sqlalchemy import func, select

from libri import tickets
from libri.config import NOTICE_VERSION
from libri.db import db
from libri.members.models import Invitation, Member, Membership

from .. import make

ACCOUNT = {"name": "Nina Ozola", "language": "en", "password": "rīta rasa uz āboliņa"}


@pytest.fixture
def link(cast):
    """`link(organisation, email)` is the address of a fresh invitation."""
    def invited(at=cast.lyon_library, email="nina@library.example", **given) -> str:
        invitation = make.invitation(at, email=email, invited_by_id=cast.bruno.id, **given)
        ticket = tickets.issue("invitation", invitation.id, 720)
        db.session.commit()
        return f"/invitation/{ticket.token()}"
    return invited


def test_opening_the_link_shows_what_it_is_and_changes_nothing(cast, browse, link):
    page = browse(accept_language="en").get(link(words="Welcome to us"))

    assert "Bibliothèque de Lyon" in page.text and "Bruno" in page.text and "Welcome to us" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert db.session.scalar(select(Invitation.status)) == "invited"


def test_accepting_makes_account_and_membership_and_signs_in(cast, browse, link):
    page = browse(accept_language="en").get(link(role="coordinator", function="Librarian"))

    answer = page.submit(**ACCOUNT)

    nina = db.session.scalar(select(Member).where(Member.email == "nina@library.example"))
    place = db.session.scalar(select(Membership).where(Membership.member_id == nina.id))
    assert (place.organisation_id, place.role, place.function) == (cast.lyon_library.id, "coordinator", "Librarian")
    assert (nina.name, nina.notice_version, nina.timezone) == ("Nina Ozola", NOTICE_VERSION, cast.lyon_library.timezone)
    assert page.browser.follow(answer).status == 200 and page.browser.get("/me").status == 200


def test_pressing_twice_makes_one_account(cast, browse, link):
    page, twin = browse().get(link()), browse()
    twin.client.set_cookie("libri", page.browser.client.get_cookie("libri").value)  # the second press left before the first answer came
    again = twin.get(page.browser.address)
    again.document = page.document

    answers = [page.submit(**ACCOUNT), again.submit(**ACCOUNT)]

    assert [(answer.status, answer.location) for answer in answers] == [(303, "/"), (303, "/sign-in")]
    assert db.session.scalar(select(func.count()).select_from(Member).where(Member.email == "nina@library.example")) == 1


def test_the_link_works_once(cast, browse, link):
    address = link()
    browse().get(address).submit(**ACCOUNT)

    page = browse(accept_language="en").get(address)

    assert page.status == 410
    assert "accepted already" in page.text


def test_a_link_that_ran_out_says_so(cast, browse, link, later):
    address = link()
    later(days=31)

    page = browse(accept_language="en").get(address)
    answer = page.browser.post(address, ACCOUNT)

    assert (page.status, answer.status) == (410, 410)
    assert "run out" in page.text and "Bibliothèque de Lyon" in page.text


@pytest.mark.parametrize("password", ["short", "123456789012", "nina nina nina", "lyon lyon lyon"])
def test_a_weak_password_is_refused_and_the_name_stays(cast, browse, link, password):
    page = browse().get(link())

    answer = page.submit(**ACCOUNT | {"password": password})

    assert answer.status == 422
    assert "Nina Ozola" in answer.source


def test_an_existing_account_signs_in_and_joins_with_one_press(cast, browse, link):
    address = link(cast.lyon, email=cast.ana.email)
    guest = browse(accept_language="en").get(address)

    answer = browse(cast.ana).get(address).submit(address)

    assert guest.document.xpath("//main//a[starts-with(@href, '/sign-in?next=/invitation/')]")
    assert answer.status == 303
    assert db.session.scalar(select(Membership.role).where(Membership.member_id == cast.ana.id, Membership.organisation_id == cast.lyon.id))


@pytest.mark.parametrize("email", ["nina@library.example", "carla"])
def test_somebody_elses_account_is_refused(cast, browse, link, email):
    address = link(cast.lyon, email=cast.carla.email if email == "carla" else email)
    browser = browse(cast.ana)

    page, answer = browser.get(address), browser.post(address, ACCOUNT)

    assert (page.status, answer.status) == (403, 403)
    assert "sent to another address" in page.text
    assert db.session.scalar(select(Invitation.status)) == "invited"


def test_joining_as_member_takes_no_coordinators_role_away(cast, browse, link):
    address = link(cast.lyon, email=cast.bruno.email)

    browse(cast.bruno).get(address).submit(address)

    assert db.session.scalar(select(Membership.role).where(Membership.member_id == cast.bruno.id)) == "coordinator"


@pytest.mark.parametrize("extra", [{"role": "coordinator"}, {"organisation_id": "1"}, {"email": "x@library.example"}, {"status": "x"},
                                   {"id": "77"}])
def test_role_and_place_come_from_the_invitation_only(cast, browse, link, extra):
    page = browse().get(link())

    page.submit(**ACCOUNT | extra)

    nina = db.session.scalar(select(Member).where(Member.name == "Nina Ozola"))
    place = db.session.scalar(select(Membership).where(Membership.member_id == nina.id))
    assert (nina.email, nina.status) == ("nina@library.example", "active")
    assert (place.role, place.organisation_id) == ("member", cast.lyon_library.id)


@pytest.mark.parametrize(("name", "kept"), [
    ("Ni\u202ena", "Nina"), ("Ni\u200bna\u2066", "Nina"), ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("N" * 400, None), ("Ni\x00na", None), ("\u200b\u200b", None), ("   ", None)])
def test_hostile_names_are_cleaned_or_refused(cast, browse, link, name, kept):
    page = browse().get(link())

    answer = page.submit(**ACCOUNT | {"name": name})

    made = db.session.scalar(select(Member.name).where(Member.email == "nina@library.example"))
    assert made == kept
    assert answer.status == (303 if kept else 400 if "\x00" in name else 422)
