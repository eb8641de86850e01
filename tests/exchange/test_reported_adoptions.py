"""What somebody told of trying a practice is reported, judged, hidden and shown again alone, without its practice (F13)."""

import pytest
from sqlalchemy import select

from libri.audit import AuditEntry
from libri.db import db
from libri.exchange import chores
from libri.exchange.models import Practice, Report
from libri.notices.models import Notice
from libri.outbox import Letter

from .. import make


@pytest.fixture
def told(cast):
    """What Carla told of trying a practice of Lyon, and that practice."""
    practice = make.practice(cast.lyon_library, cast.ana, text={"title": "Language café"})
    return make.adoption(practice, cast.ogre, member_id=cast.carla.id, changes="We asked Marta, 26 123 456"), practice


def hide(browse, cast, adoption):
    address = f"/moderation/adoption/{adoption.id}"
    return browse(cast.dina).get(address).submit(f"{address}/hide", reason="It names a reader.")


def test_a_member_reports_it_and_the_office_finds_it_in_the_queue(cast, browse, told):
    adoption, practice = told
    cast.dina.language = "en"
    browser = browse(cast.bruno)
    assert browser.get(f"/practices/{practice.id}").has_link(f"/report/adoption/{adoption.id}")

    answer = browser.get(f"/report/adoption/{adoption.id}").submit(reason="It names a reader.")

    assert "Language café" in browser.follow(answer).text
    page = browse(cast.dina).get("/discussions/reports")
    assert "We asked Marta" in page.text and "Language café" in page.text
    case = browse(cast.dina).get(f"/discussions/reports/{db.session.scalars(select(Report.id)).one()}")
    assert "We asked Marta" in case.text and "Carla" in case.text and "Text reported" in case.text


def test_hidden_it_goes_from_the_page_and_the_count_but_for_its_organisation(cast, browse, told):
    adoption, practice = told

    hide(browse, cast, adoption)

    assert "Marta" not in browse(cast.ana).get(f"/practices/{practice.id}").source
    assert db.session.get_one(Practice, practice.id).adoptions_count == 0 and practice.status == "published"
    page = browse(cast.carla).get(f"/practices/{practice.id}")
    assert "Marta" in page.text and "It names a reader." in page.text
    assert [browse(one).get(f"/adoptions/{adoption.id}/edit").status for one in (cast.carla, cast.ana)] == [200, 404]


def test_who_told_it_gets_the_reason_by_letter_and_it_is_not_asked_about(cast, browse, told, later):
    adoption, _practice = told
    cast.carla.notices = "never"

    hide(browse, cast, adoption)

    assert db.session.scalars(select(Notice.kind).where(Notice.member_id == cast.carla.id)).all() == ["text.hidden"]
    assert db.session.scalars(select(Letter.to_address).where(Letter.kind == "text_hidden")).all() == [cast.carla.email]
    page = browse(cast.carla).get(f"/texts/adoption/{adoption.id}")
    assert "Marta" in page.text and "It names a reader." in page.text and cast.carla.unread_notices == 0
    later(days=31)
    assert chores.ask_adopters() == 0


def test_shown_again_it_counts_and_the_trail_tells_everything(cast, browse, told):
    adoption, practice = told
    hide(browse, cast, adoption)

    browse(cast.dina).get(f"/moderation/adoption/{adoption.id}").submit(f"/moderation/adoption/{adoption.id}/restore")

    assert "Marta" in browse(cast.ana).get(f"/practices/{practice.id}").text and not adoption.hidden_reason
    assert db.session.get_one(Practice, practice.id).adoptions_count == 1
    deeds = db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "adoption").order_by(AuditEntry.id)).all()
    assert deeds == ["adoption.hidden", "adoption.restored"]


def test_settling_tells_who_reported_it(cast, browse, told):
    report = make.report(told[0], cast.bruno)

    browse(cast.dina).get(f"/discussions/reports/{report.id}").submit(f"/discussions/reports/{report.id}/settle")

    assert report.status == "settled"
    assert db.session.scalars(select(Notice.kind).where(Notice.member_id == cast.bruno.id)).all() == ["report.settled"]
