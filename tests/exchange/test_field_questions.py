"""A reader asks for what is missing, the author answers in one line (N7)."""

import pytest

from libri.db import db
from libri.exchange.models import FieldQuestion
from libri.notices.models import Notice

from .. import make


def ask(browser, practice, field="evidence"):
    return browser.post(f"/practices/{practice.id}/questions", {"field": field})


def told():
    return sorted(tuple(row) for row in db.session.execute(db.select(Notice.kind, Notice.member_id)))


def test_one_press_asks_the_author_and_the_people_of_the_organisation(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.bruno)
    carla = browse(cast.carla)

    page = ask(carla, practice)

    assert page.location == f"/practices/{practice.id}#evidence"
    assert told() == [("practice.field_asked", cast.ana.id), ("practice.field_asked", cast.bruno.id)]
    assert carla.get(f"/practices/{practice.id}").texts("//section[@id='evidence']/p[@class='soft']")


def test_asked_twice_counts_once(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.ana)

    for browser in (browse(cast.carla), browse(cast.dina)):
        ask(browser, practice)

    assert db.session.scalar(db.select(db.func.count()).select_from(FieldQuestion)) == 1
    assert told() == [("practice.field_asked", cast.ana.id)]


def test_facts_can_be_asked_for_too(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.ana)

    assert ask(browse(cast.carla), practice, "cost_band").status == 303


@pytest.mark.parametrize("field", ["need", "title", "search_text", "", "id"])
def test_only_what_is_missing_can_be_asked_for(cast, browse, field):
    practice = make.practice(cast.lyon_library)

    assert ask(browse(cast.carla), practice, field).status == 422


def test_the_answer_stands_in_place_of_the_field_and_the_reader_is_told(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.ana)
    ask(browse(cast.carla), practice)
    question = db.session.scalar(db.select(FieldQuestion))
    ana = browse(cast.ana)

    ana.get(f"/practices/{practice.id}").submit(f"/questions/{question.id}/answer", answer="  We  counted <b>visits</b>. ")

    page = browse(cast.carla).get(f"/practices/{practice.id}")
    assert page.texts("//section[@id='evidence']/p/bdi") == ["We counted <b>visits</b>."]
    assert ("practice.field_answered", cast.carla.id) in told()


@pytest.mark.parametrize("answer", ["", " ", "a" * 301])
def test_an_answer_that_does_not_fit_is_kept_in_its_place(cast, browse, answer):
    practice = make.practice(cast.lyon_library, author=cast.ana)
    ask(browse(cast.carla), practice)
    question = db.session.scalar(db.select(FieldQuestion))

    page = browse(cast.ana).post(f"/questions/{question.id}/answer", {"answer": answer})

    assert page.status == 422
    assert page.texts("//input[@name='answer']/@value") == [answer.strip()]
    assert db.session.get_one(FieldQuestion, question.id).answer == ""


def test_only_its_own_people_answer(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.ana)
    ask(browse(cast.ana), practice)
    question = db.session.scalar(db.select(FieldQuestion))

    assert browse(cast.carla).post(f"/questions/{question.id}/answer", {"answer": "Mine"}).status == 403
