"""Members, as the office looks after them (S4, S5, S39)."""

from sqlalchemy import select

from libri.audit import AuditEntry
from libri.db import db
from libri.members.models import Member, SignIn

from .. import make


def test_members_are_found_by_what_is_asked(cast, browse):
    browser = browse(cast.dina)

    assert browser.get(f"/office/members?text={cast.ana.email}").texts("//tbody//th") == ["Ana"]
    assert browser.get("/office/members?role=coordinator&country=FR").texts("//tbody//th") == ["Bruno"]
    assert browser.get("/office/members?role=office").texts("//tbody//th") == ["Dina"]
    assert browser.get("/office/members?organisation=ogres+novada").texts("//tbody//th") == ["Carla"]
    assert browser.get("/office/members?status=disabled").texts("//tbody//th") == []


def test_a_long_list_is_read_in_parts_both_ways(cast, browse):
    for number in range(60):
        make.member(f"Member {number:02}", "lv", cast.ogre)
    browser = browse(cast.dina)

    first = browser.get("/office/members?country=LV")
    second = browser.get(first.document.xpath("//a[@rel='next']/@href")[0])
    back = browser.get(second.document.xpath("//a[@rel='prev']/@href")[0])

    names = first.texts("//tbody//th") + second.texts("//tbody//th")
    assert len(names) == len(set(names)) == 62 and names == sorted(names)
    assert back.texts("//tbody//th") == first.texts("//tbody//th")


def test_a_list_alone_is_drawn_for_htmx(cast, browse):
    page = browse(cast.dina).get("/office/members?text=Ana", htmx="member_list")

    assert not page.is_whole
    assert page.texts("//tbody//th") == ["Ana"]


def test_a_disabled_account_is_signed_out_at_once_and_can_come_back(cast, browse):
    ana, dina = browse(cast.ana), browse(cast.dina)

    dina.post(f"/office/members/{cast.ana.id}/status", {"status": "disabled"})
    shut = ana.get("/me")
    dina.post(f"/office/members/{cast.ana.id}/status", {"status": "active"})

    assert shut.location.startswith("/sign-in")
    assert db.session.get(Member, cast.ana.id).status == "active"
    assert {"member.disabled", "member.enabled"} <= set(db.session.scalars(select(AuditEntry.action)))


def test_nobody_disables_themselves(cast, browse):
    answer = browse(cast.dina).post(f"/office/members/{cast.dina.id}/status", {"status": "disabled"})

    assert answer.status == 403
    assert db.session.get(Member, cast.dina.id).status == "active"


def test_all_sessions_of_somebody_are_ended(cast, browse):
    ana = browse(cast.ana)

    browse(cast.dina).post(f"/office/members/{cast.ana.id}/sessions")

    assert ana.get("/me").location.startswith("/sign-in")
    assert db.session.scalar(select(AuditEntry.object_id).where(AuditEntry.action == "sessions.ended")) == cast.ana.id


def test_ending_one_s_own_sessions_keeps_this_one(cast, browse):
    elsewhere, here = browse(cast.dina), browse(cast.dina)

    here.post(f"/office/members/{cast.dina.id}/sessions")

    assert elsewhere.get("/office/").status == 303
    assert here.get("/office/").status == 200
    assert len(db.session.scalars(select(SignIn)).all()) == 1


def test_a_closed_account_is_not_shown(cast, browse):
    cast.ana.status = "closed"

    assert browse(cast.dina).get(f"/office/members/{cast.ana.id}").status == 404
