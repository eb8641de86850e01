"""The organiser's own questions: added, changed, put in order, taken out."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.trainings.models import Answer, Question

from .. import make


@pytest.fixture(autouse=True)
def in_english(cast):
    """Everybody reads English here, so that sentences can be compared."""
    cast.bruno.language = cast.carla.language = cast.dina.language = "en"


def asked(event) -> list[Question]:
    return list(db.session.scalars(select(Question).where(Question.event_id == event.id).order_by(Question.position)))


def test_a_question_with_answers_in_two_languages_is_added_once(cast, browse):
    event = make.event(cast.lyon)
    page = browse(cast.bruno).get(f"/trainings/{event.id}/questions/new")
    fields = {"label_en": "Lunch?", "label_fr": "", "kind": "choice", "option_0_en": "Soup", "option_0_lv": "Zupa", "option_2_en": "Salad"}

    page.submit(**fields)
    page.submit(**fields)

    question = asked(event)[0]
    assert len(asked(event)) == 1
    assert question.options == [{"code": "o1", "label": {"lv": "Zupa", "en": "Soup"}}, {"code": "o2", "label": {"en": "Salad"}}]


def test_a_choice_needs_two_answers_and_every_question_its_words(cast, browse):
    page = browse(cast.bruno).get(f"/trainings/{make.event(cast.lyon).id}/questions/new")

    assert "at least two answers" in page.submit(label_en="Lunch?", kind="choice", option_0_en="Soup").text
    assert "in at least one language" in page.submit(kind="text").text


def test_an_answer_keeps_its_code_when_others_go(cast, browse):
    event = make.event(cast.lyon)
    question = make.question_of(event, "choice", "Lunch?", options=["soup", "salad", "bread"])
    later = make.question_of(event, "text", "Which soup?", shown_if_question_id=question.id, shown_if_values=["soup", "bread"])

    browse(cast.bruno).get(f"/trainings/questions/{question.id}/edit").submit(option_0_en="", option_1_en="Green salad")

    assert [option["code"] for option in question.options] == ["salad", "bread"]
    assert later.shown_if_values == ["bread"]


def test_a_question_depends_on_answers_of_one_earlier_question_only(cast, browse):
    event = make.event(cast.lyon)
    car, lunch, last = (make.question_of(event, "yes_no", label) for label in ("Car?", "Lunch?", "Seats?"))
    page = browse(cast.bruno).get(f"/trainings/questions/{last.id}/edit")

    refused = page.submit(shown_if=[f"{car.id}:yes", f"{lunch.id}:yes"])
    page.submit(shown_if=[f"{car.id}:yes"])

    assert "one question only" in refused.text
    assert (last.shown_if_question_id, last.shown_if_values) == (car.id, ["yes"])
    assert not browse(cast.bruno).get(f"/trainings/questions/{car.id}/edit").document.xpath("//input[@name='shown_if']")


def test_order_changes_but_never_before_what_a_question_depends_on(cast, browse):
    event = make.event(cast.lyon)
    car, lunch = make.question_of(event, "yes_no", "Car?"), make.question_of(event, "text", "Lunch?")
    seats = make.question_of(event, "number", "Seats?", shown_if_question_id=car.id, shown_if_values=["yes"])
    bruno = browse(cast.bruno)

    bruno.post(f"/trainings/questions/{seats.id}/move", {"direction": "up"})
    bruno.post(f"/trainings/questions/{seats.id}/move", {"direction": "up"})

    assert [one.id for one in asked(event)] == [car.id, seats.id, lunch.id]


def test_a_question_that_is_removed_takes_its_answers_along_and_frees_the_others(cast, browse):
    event = make.event(cast.lyon)
    car = make.question_of(event, "yes_no", "Car?")
    seats = make.question_of(event, "number", "Seats?", shown_if_question_id=car.id, shown_if_values=["yes"])
    db.session.add(Answer(registration_id=make.registration(event, cast.ana).id, question_id=car.id, value="yes"))

    browse(cast.bruno).post(f"/trainings/questions/{car.id}/remove")

    assert asked(event) == [seats] and seats.shown_if_question_id is None and seats.shown_if_values == []
    assert db.session.scalar(select(Answer.value)) is None


def test_the_kind_stays_once_somebody_has_answered_and_two_writers_lose_nothing(cast, browse):
    event = make.event(cast.lyon)
    question = make.question_of(event, "text", "Lunch?")
    db.session.add(Answer(registration_id=make.registration(event, cast.ana).id, question_id=question.id, value="Soup"))
    mine, theirs = (browse(who).get(f"/trainings/questions/{question.id}/edit") for who in (cast.bruno, cast.dina))

    theirs.submit(label_en="What do you eat?")
    page = mine.submit(label_en="Dinner?")

    assert page.status == 409 and "What do you eat?" in page.text
    assert "People have answered already" in page.submit(kind="number").text
