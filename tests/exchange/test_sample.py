"""The sample network has its practices and discussions, whole and in every language they were written in."""

import time
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from libri import sample, search
from libri.db import db
from libri.exchange.models import Adoption, Practice, PracticeText, Reply, Topic
from libri.members.models import Organisation
from libri.text import plain

pytestmark = pytest.mark.long

PRACTICES = sample.read("practices.json")["practices"]
THREADS = sample.read("discussions.json")["threads"]


def practice_called(title: str) -> Practice:
    found = select(Practice).join(PracticeText).where(PracticeText.title == title)
    return db.session.scalars(found.options(selectinload(Practice.texts))).one()


def texts_of(practice: Practice) -> dict:
    return {text.language: {name: value for name, value in text.fields().items() if value} for text in practice.texts}


def words_of(topic: Topic) -> list[tuple]:
    query = select(Reply.body, Reply.language, Reply.author_function, Organisation.code, Reply.created_at).join(Organisation)
    return [tuple(row) for row in db.session.execute(query.where(Reply.topic_id == topic.id).order_by(Reply.number))]


def in_file(text: dict) -> tuple:
    at = datetime.fromisoformat(text["created_at"])
    return text["body"], text["language"], text["author_function"], text["organisation_id"], at


def test_all_practices_are_there_in_the_states_of_the_file(network):
    found = dict(db.session.execute(select(Practice.status, func.count()).group_by(Practice.status)).all())

    assert found == {"published": 21, "submitted": 2, "changes_requested": 1}


def test_a_practice_has_every_text_of_the_file_to_the_letter(network):
    found = db.session.scalars(select(Practice).options(selectinload(Practice.texts)).order_by(Practice.id)).all()

    assert [texts_of(practice) for practice in found] == [given["content"] for given in PRACTICES]
    assert [practice.missing() for practice in found] == [[]] * 24


def test_the_facts_of_a_practice_come_along(network):
    practice = practice_called("A round table before the strategy")

    assert (practice.started, practice.life, practice.frequency_per_year, practice.group_size) == ("2025-02", "ended", 4, "15–25")
    assert (practice.cost_band, practice.cost_rank, practice.author_id, practice.is_public) == ("low", 1, None, True)
    assert practice.id in db.session.scalars(search.matching("practice", "kuldigā"))


def test_nine_practices_have_a_translation_by_a_person_that_follows_the_original(network):
    translations = db.session.scalars(select(PracticeText).where(PracticeText.origin != "original")).all()

    assert [(text.origin, text.translates_number, text.translator_id) for text in translations] == [("human", 1, None)] * 9


def test_what_is_not_published_is_not_public_and_has_no_discussion(network):
    hidden = db.session.scalars(select(Practice).where(Practice.status != "published")).all()

    assert not [one for one in hidden if one.is_public or one.topic_id or one.published_at]


def test_a_published_practice_has_a_discussion_that_opens_with_its_summary(network):
    practice = practice_called("The quiet hour")

    opening = db.session.scalars(select(Reply).where(Reply.topic_id == practice.topic_id, Reply.number == 0)).one()
    assert plain(opening.html) == f"The quiet hour {practice.original.summary}" and f'href="/practices/{practice.id}"' in opening.html
    assert opening.created_at == practice.published_at == db.session.get_one(Topic, practice.topic_id).last_at


def test_all_discussions_are_there_with_all_their_replies(network):
    titles = [given["title"] for given in THREADS]

    replies = db.session.scalar(select(func.count()).select_from(Reply).join(Topic, Topic.id == Reply.topic_id).where(
        Topic.title.in_(titles), Reply.number > 0))
    assert (db.session.scalar(select(func.count()).where(Topic.title.in_(titles))), replies) == (15, 60)


def test_a_discussion_is_as_in_the_file(network):
    found = [db.session.scalars(select(Topic).where(Topic.title == given["title"])).one() for given in THREADS]

    assert [(one.status, one.category, one.themes, one.last_number) for one in found] == [
        (given["status"], given["category"], given["themes"], len(given["replies"])) for given in THREADS]
    assert [words_of(one) for one in found] == [[in_file(text) for text in (given, *given["replies"])] for given in THREADS]
    assert [(one.created_at, one.last_at) for one in found] == [(words_of(one)[0][-1], words_of(one)[-1][-1]) for one in found]


def test_an_accepted_answer_and_the_practice_a_discussion_speaks_of_are_marked(network):
    topic = db.session.scalars(select(Topic).where(Topic.title == "Kā sākt valodas kafejnīcu, ja esmu viena?")).one()

    assert topic.accepted_number == 1
    assert topic.links == {"practice": practice_called("A language café in the library reading room").id}


def test_it_is_loaded_in_a_moment(world):
    begun = time.process_time()

    sample.load()

    world.config["DEMONSTRATION"] = False
    assert time.process_time() - begun < 6  # about 2.5 s; a busy machine takes more CPU time too


def test_a_practice_was_tried_in_three_other_cities(network):
    practice = practice_called("A language café in the library reading room")

    cities = db.session.scalars(select(Organisation.city).join(Adoption, Adoption.organisation_id == Organisation.id)
                                .where(Adoption.practice_id == practice.id).order_by(Adoption.at)).all()

    assert (practice.adoptions_count, cities) == (3, ["Lublin", "Bologna", "Jelgava"])
