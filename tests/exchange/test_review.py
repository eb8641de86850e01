"""Submitting and reviewing; who is told (F25, F27)."""

import pytest
from sqlalchemy import select

from libri import emails
from libri.db import db
from libri.exchange.models import SectionComment
from libri.outbox import Letter

from .. import make
from .reread import told


@pytest.fixture
def draft(cast):
    """Ana's complete draft."""
    return make.practice(cast.lyon_library, cast.ana, status="draft", published_at=None)


@pytest.fixture
def submitted(cast):
    """Ana's practice with the review; the office reads English here."""
    cast.dina.language = "en"
    return make.practice(cast.lyon_library, cast.ana, status="submitted", published_at=None)


QUEUE_STATEMENTS = 2
"""Who is asking, and the queue."""


# ---- submitting ------------------------------------------------------------------------------------------------------


def test_a_submitted_practice_waits_for_the_office(cast, browse, draft):
    address = f"/practices/{draft.id}/submit"

    page = browse(cast.ana).get(address)
    answer = page.submit(address)

    assert "What a reviewer looks at" in page.text
    assert (answer.status, draft.status) == (303, "submitted")
    assert told(cast.dina) == ["practice.submitted"] and draft.submitted_at is not None
    assert browse(cast.dina).get("/practices/review").has_link(f"/practices/{draft.id}/review")


def test_a_short_practice_can_be_submitted(cast, browse, draft):
    draft.original.need = draft.original.results = draft.original.lessons = ""
    draft.original.steps = []
    address = f"/practices/{draft.id}/submit"

    browse(cast.ana).get(address).submit(address)

    assert draft.status == "submitted"


@pytest.mark.parametrize("change", [{"themes": []}, {"target_groups": []}])
def test_without_themes_and_groups_nothing_is_submitted(cast, browse, draft, change):
    for name, value in change.items():
        setattr(draft, name, value)

    page = browse(cast.ana).get(f"/practices/{draft.id}/submit")
    answer = browse(cast.ana).post(f"/practices/{draft.id}/submit", {"version": "1"})

    assert page.has_link(f"/practices/{draft.id}/edit/facts")
    assert (answer.status, draft.status) == (422, "draft")


def test_a_section_that_is_too_long_is_not_submitted(cast, browse, draft):
    draft.original.lessons = "word " * 251

    answer = browse(cast.ana).post(f"/practices/{draft.id}/submit", {"version": "1"})

    assert (answer.status, draft.status) == (422, "draft")


def test_submitting_twice_tells_once(cast, browse, draft):
    address = f"/practices/{draft.id}/submit"
    page = browse(cast.ana).get(address)

    answers = [page.submit(address).status for _ in range(2)]

    assert answers == [303, 303] and told(cast.dina) == ["practice.submitted"]


def test_others_do_not_submit(cast, browse, draft):
    assert browse(cast.carla).get(f"/practices/{draft.id}/submit").status == 404
    assert browse(cast.carla).post(f"/practices/{draft.id}/submit").status == 404


# ---- reviewing -------------------------------------------------------------------------------------------------------


def test_a_comment_stands_beside_its_section_for_the_authors(cast, browse, submitted):
    browse(cast.dina).post(f"/practices/{submitted.id}/review/comments", {"section": "need", "text": "Who said so?"})

    page = browse(cast.ana).get(f"/practices/{submitted.id}/edit/need")

    assert "Who said so?" in page.text
    assert "Who said so?" not in browse(cast.ana).get(f"/practices/{submitted.id}/edit/results").text


def test_of_several_comments_the_authors_are_told_once_until_they_have_looked(cast, browse, submitted):
    comment = (f"/practices/{submitted.id}/review/comments", {"section": "need", "text": "Who said so?"})

    browse(cast.dina).post(*comment)
    browse(cast.dina).post(*comment)
    assert told(cast.ana) == ["practice.commented"]
    browse(cast.ana).get(f"/practices/{submitted.id}/edit")
    browse(cast.dina).post(*comment)

    db.session.refresh(cast.ana)
    assert told(cast.ana) == ["practice.commented"] * 2 and cast.ana.unread_notices == 1


def test_the_authors_settle_a_comment(cast, browse, submitted):
    browse(cast.dina).post(f"/practices/{submitted.id}/review/comments", {"section": "need", "text": "Who said so?"})
    remark = db.session.scalar(select(SectionComment))

    answer = browse(cast.ana).get(f"/practices/{submitted.id}/edit/need").submit(f"/practices/comments/{remark.id}/settle")

    assert answer.location == f"/practices/{submitted.id}/edit/need"
    assert remark.settled_at is not None


@pytest.mark.parametrize("fields", [{"section": "need", "text": " "}, {"section": "nonsense", "text": "x"}, {"text": "x"}])
def test_an_empty_comment_or_one_on_nothing_is_refused(cast, browse, submitted, fields):
    answer = browse(cast.dina).post(f"/practices/{submitted.id}/review/comments", fields)

    assert answer.status == 422 and db.session.scalar(select(SectionComment)) is None


def test_changes_are_asked_for_with_a_letter(cast, browse, submitted):
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")

    page.submit(f"/practices/{submitted.id}/review/changes", words="Please write how you know.")

    letter = db.session.scalar(select(Letter).where(Letter.kind == "practice_returned"))
    assert (submitted.status, letter.member_id, letter.values["words"]) == ("changes_requested", cast.ana.id, "Please write how you know.")
    assert told(cast.ana) == ["practice.changes_requested"]
    assert all("Please write how you know." in part for part in emails.render(letter)[1:])


def test_asking_for_changes_needs_words_or_a_comment(cast, browse, submitted):
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review").submit(f"/practices/{submitted.id}/review/changes")

    assert (page.status, submitted.status) == (422, "submitted")


def test_after_changes_it_is_submitted_again(cast, browse, submitted):
    submitted.status = "changes_requested"
    address = f"/practices/{submitted.id}/submit"

    browse(cast.ana).get(address).submit(address)

    assert submitted.status == "submitted"


# ---- a named editor --------------------------------------------------------------------------------------------------


def test_the_office_names_an_editor_who_may_then_review(cast, browse, submitted):
    cast.carla.language = "en"
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")
    assert browse(cast.carla).get(f"/practices/{submitted.id}/review").status == 404

    page.submit(f"/practices/{submitted.id}/review/editor", editor_id=str(cast.carla.id))

    carla = browse(cast.carla)
    assert told(cast.carla) == ["practice.editor"]
    assert carla.get("/practices/review").has_link(f"/practices/{submitted.id}/review")
    carla.get(f"/practices/{submitted.id}/review").submit(f"/practices/{submitted.id}/review/publish")
    assert submitted.status == "published"


def test_the_author_is_not_named_as_editor(cast, browse, submitted):
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")

    answer = page.submit(f"/practices/{submitted.id}/review/editor", editor_id=str(cast.ana.id))

    assert (answer.status, submitted.editor_id) == (422, None)


def test_an_editor_names_nobody(cast, browse, submitted):
    submitted.editor_id = cast.carla.id

    assert browse(cast.carla).post(f"/practices/{submitted.id}/review/editor", {"editor_id": str(cast.bruno.id)}).status == 403


def test_the_queue_of_others_is_empty(cast, browse, submitted):
    page = browse(cast.ana).get("/practices/review")

    assert page.status == 200 and not page.has_link(f"/practices/{submitted.id}/review")


def test_the_queue_asks_as_often_for_three_as_for_one(cast, browse, submitted, statements):
    dina = browse(cast.dina)
    for_one = statements.of(dina, "/practices/review", only="SELECT")
    for number in range(2):
        at = make.organisation(f"Library {number}")
        make.practice(at, make.member(f"M{number}", "lv", at), status="submitted", published_at=None)

    assert statements.of(dina, "/practices/review", only="SELECT") == for_one == QUEUE_STATEMENTS
