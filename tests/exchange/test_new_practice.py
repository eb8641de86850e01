"""The practice of sixty seconds (N7)."""

from sqlalchemy import func, select

from libri.db import db
from libri.exchange.models import Practice

from .. import make

MINUTE = {"title": "Language café", "summary": "We talk at four tables.", "themes": "language_learning",
          "target_groups": "newcomers_adults", "language": "fr", "started": "2025-09", "contact": "Librarian for adults"}


def test_a_minute_makes_a_draft_in_the_language_one_writes(cast, browse):
    page = browse(cast.ana).get("/practices/new")

    answer = page.submit(**MINUTE | {"language": page.document.xpath("//select[@name='language']/option[@selected]/@value")[0]})

    practice = db.session.scalar(select(Practice))
    assert (answer.status, answer.location) == (303, f"/practices/{practice.id}/edit")
    assert (practice.status, practice.author_id, practice.original_language) == ("draft", cast.ana.id, "fr")
    assert (practice.organisation_id, practice.city, practice.started) == (cast.lyon_library.id, "Lyon", "2025-09")


def test_the_draft_can_be_submitted_as_it_is(cast, browse):
    browse(cast.ana).get("/practices/new").submit(**MINUTE)

    practice = db.session.scalar(select(Practice))
    page = browse(cast.ana).get(f"/practices/{practice.id}/edit")

    assert page.has_link(f"/practices/{practice.id}/submit")


def test_two_presses_make_one_draft(cast, browse):
    page = browse(cast.ana).get("/practices/new")

    answers = [page.submit(**MINUTE) for _ in range(2)]

    assert db.session.scalar(select(func.count()).select_from(Practice)) == 1
    assert answers[0].location == answers[1].location


def test_what_is_missing_is_said_and_what_was_typed_stays(cast, browse):
    page = browse(cast.ana).get("/practices/new").submit(title="Only a title", summary="word " * 121)

    assert page.status == 422
    assert "Shorten the text to 120 words." in page.text and "Choose at least one answer." in page.text
    assert page.document.xpath("//input[@name='title']/@value") == ["Only a title"]


def test_a_month_that_never_was_is_refused(cast, browse):
    page = browse(cast.ana).get("/practices/new").submit(**MINUTE | {"started": "2025-13"})

    assert page.status == 422
    assert "Write a year and month up to now" in page.text


def test_one_writes_for_ones_own_organisations_only(cast, browse):
    page = browse(cast.bruno).get("/practices/new")

    offered = page.texts("//select[@name='organisation_id']/option/@value")
    answer = page.submit(**MINUTE | {"organisation_id": str(cast.ogre.id)})

    assert offered == [str(cast.lyon.id), str(cast.lyon_library.id)]
    assert answer.status == 422


def test_who_belongs_nowhere_writes_for_nobody(cast, browse):
    alone = make.member("Vera", "lv", None)

    assert browse(alone).get("/practices/new").status == 403


def test_a_draft_is_deleted_by_its_organisation_only(cast, browse):
    draft = make.practice(cast.lyon_library, cast.ana, status="draft", published_at=None)

    refused = browse(cast.carla).post(f"/practices/{draft.id}/drop")
    done = browse(cast.ana).get(f"/practices/{draft.id}/edit").submit(f"/practices/{draft.id}/drop")

    assert (refused.status, done.status) == (404, 303)
    assert db.session.scalar(select(Practice)) is None


def test_what_was_submitted_is_not_deleted(cast, browse):
    practice = make.practice(cast.lyon_library, cast.ana)

    page = browse(cast.ana).post(f"/practices/{practice.id}/drop")

    assert page.status == 409
    assert db.session.get(Practice, practice.id) is not None
