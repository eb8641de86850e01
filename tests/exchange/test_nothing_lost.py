"""What somebody typed into any form of the exchange is not lost: session ended, pressed twice, things changed meanwhile (R6, R7, R9)."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete, func, select

from libri.db import db
from libri.exchange.models import FieldQuestion
from libri.members.models import SignIn

from .. import make

TYPED = "Słowa, ko rakstīju stundu"


@pytest.fixture
def forms(cast) -> dict[str, tuple]:
    """Each form: who writes, on which page, its action, the field that takes the words, others."""
    cast.carla.writes = ["lv", "fr"]
    practice = make.practice(cast.lyon_library, cast.ana)
    submitted = make.practice(cast.lyon_library, cast.ana, status="submitted", published_at=None)
    topic = make.topic(cast.bruno)
    reply, adoption = make.reply(topic, cast.ana), make.adoption(practice, cast.ogre, member_id=cast.carla.id)
    question, report = make.question(practice), make.report(reply, cast.carla)
    case = f"/discussions/reports/{report.id}"
    return {
        "topic": (cast.ana, "/discussions/new?category=question", "/discussions/new", "body", {"title": "T"}),
        "reply": (cast.ana, f"/discussions/{topic.id}", f"/discussions/{topic.id}", "body", {}),
        "edited reply": (cast.ana, f"/replies/{reply.id}/edit", f"/replies/{reply.id}/edit", "body", {}),
        "practice": (cast.ana, "/practices/new", "/practices/new", "summary", {
            "title": "T", "target_groups": ["youth"], "themes": ["youth"]}),
        "section": (cast.ana, f"/practices/{practice.id}/edit/need", f"/practices/{practice.id}/edit/need", "text", {}),
        "translation": (cast.carla, f"/practices/{practice.id}/translate/fr", f"/practices/{practice.id}/translate/fr", "need", {"title": "T"}),
        "translated reply": (cast.carla, f"/replies/{reply.id}/translation/fr", f"/replies/{reply.id}/translation/fr", "body", {}),
        "adoption": (cast.carla, f"/practices/{practice.id}/adoptions/new", f"/practices/{practice.id}/adoptions/new", "changes", {
            "organisation_id": str(cast.ogre_library.id)}),
        "result": (cast.carla, f"/adoptions/{adoption.id}/edit", f"/adoptions/{adoption.id}/edit", "result", {}),
        "comment": (cast.dina, f"/practices/{submitted.id}/review", f"/practices/{submitted.id}/review/comments", "text", {"section": "need"}),
        "request for changes": (cast.dina, f"/practices/{submitted.id}/review", f"/practices/{submitted.id}/review/changes", "words", {}),
        "note": (cast.dina, case, f"{case}/notes", "text", {}),
        "reason": (cast.dina, case, f"/moderation/reply/{reply.id}/hide", "reason", {}),
        "report": (cast.bruno, f"/report/reply/{reply.id}", f"/report/reply/{reply.id}", "reason", {}),
        "answer": (cast.ana, f"/practices/{practice.id}", f"/questions/{question.id}/answer", "answer", {}),
    }


NAMES = ("topic", "reply", "edited reply", "practice", "section", "translation", "translated reply", "adoption", "result", "comment",
         "request for changes", "note", "reason", "report", "answer")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_comes_back_after_signing_in_and_has_one_effect(browse, forms, name):
    member, address, action, field, others = forms[name]
    browser = browse(member)
    page = browser.get(address)
    db.session.execute(delete(SignIn))

    asked = page.submit(action, headers={"Referer": f"http://localhost{address}"}, **others | {field: TYPED})
    browser._sign_in(member)
    back = browser.get(parse_qs(urlsplit(asked.location).query)["next"][0])
    found = back.document.xpath("//textarea[contains(., $typed)] | //input[@type!='hidden' and contains(@value, $typed)]", typed=TYPED)
    assert [one.get("name") for one in found] == [field]

    again = found[0].xpath("ancestor::form")[0]
    first, rows, second = back.send(again), how_many(), back.send(again)
    assert (first.status, second.status) == (303, 303) and how_many() == rows


def how_many() -> dict[str, int]:
    """Rows of every table that a page writes, but for what only counts requests."""
    return {name: db.session.scalar(select(func.count()).select_from(table)) for name, table in db.metadata.tables.items()
            if name not in ("attempt", "submission", "audit_entry")}


def test_what_was_typed_into_a_topic_locked_meanwhile_can_be_taken_along(cast, browse):
    topic = make.topic(cast.carla)
    page = browse(cast.ana).get(f"/discussions/{topic.id}")
    topic.is_locked = True

    answer = page.submit(f"/discussions/{topic.id}", body=TYPED)

    assert answer.status == 403 and answer.texts("//textarea[@readonly]") == [TYPED]


@pytest.mark.parametrize("section", ["need", "facts"])
def test_what_was_typed_into_a_practice_archived_meanwhile_stays_in_the_field(cast, browse, section):
    practice = make.practice(cast.lyon_library, cast.ana)
    field, address = "text" if section == "need" else "contact", f"/practices/{practice.id}/edit/{section}"
    page = browse(cast.ana).get(address)
    practice.status = "archived"

    answer = page.submit(address, **{field: TYPED})

    assert answer.status == 409 and TYPED in answer.source and "in the archive" in answer.source


def test_two_who_answer_one_question_both_keep_their_words(cast, browse):
    practice = make.practice(cast.lyon_library, cast.ana)
    number = make.question(practice).id
    address, action = f"/practices/{practice.id}", f"/questions/{number}/answer"
    anas, brunos = browse(cast.ana).get(address), browse(cast.bruno).get(address)
    brunos.submit(action, answer="About 100 EUR")

    page = anas.submit(action, answer="About 200 EUR")

    assert page.status == 409 and "About 100 EUR" in page.text and page.texts("//input[@name='answer']/@value") == ["About 200 EUR"]
    assert page.submit(action).status == 303
    assert db.session.get_one(FieldQuestion, number).answer == "About 200 EUR"


def test_who_was_too_late_to_hide_a_text_gets_the_reason_they_wrote_back(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)
    address = f"/moderation/reply/{reply.id}"
    slow, quick = browse(cast.dina), browse(cast.dina)
    page = slow.get(address)
    quick.get(address).submit(f"{address}/hide", reason="It names a reader.")

    told = slow.follow(page.submit(f"{address}/hide", reason="It names a child."))

    assert "It names a child." in told.messages and "It names a child." not in told.text
