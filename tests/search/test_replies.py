"""Every reply is found at its place, as a part of its discussion and with the rights of it."""

import pytest
from sqlalchemy import delete, func, select, update

from libri import search
from libri.db import db, write_tx
from libri.exchange.models import Reply, Topic
from libri.permissions import Can
from libri.search import SearchDocument, SearchWord

from .. import make


@pytest.fixture
def topic(cast):
    """A discussion with two replies, the second about a boat."""
    one = make.topic(cast.ana, "Kafejnīca visiem", language="lv", body="Kā sākt?")
    make.reply(one, cast.bruno, "Ar tēju.")
    make.reply(one, cast.carla, "Ar laivu un zvaigznēm.")
    db.session.commit()
    return one


def found(query: str, member_id: int = 99) -> list[str]:
    """Where the discussions are entered."""
    return [item.place for item in search.find(query, Can(member_id)).items]


def test_a_reply_is_found_where_it_stands_and_a_discussion_once(topic):
    boat = db.session.scalars(select(Reply).where(Reply.number == 2)).one()

    assert found("laivas") == found("kafejnīca laivā") == [f"?at=2#reply-{boat.id}"]  # also with a word of the title
    assert found("kafejnīcas") == found("sākt") == [""]
    assert search.find("kafejnīca", Can(99)).counts["kind"] == {"topic": 1}


def test_replies_follow_their_discussion_in_title_and_rights(topic):
    with write_tx():
        db.session.get_one(Topic, topic.id).title = "Teātris"
    renamed = [len(found(words)) for words in ("kafejnīca", "teātris laiva")]
    with write_tx():
        db.session.get_one(Topic, topic.id).is_shown = False

    assert renamed == [0, 1] and found("laiva") == found("teātris") == []
    assert found("laiva", topic.author_id)  # its author still finds it
    assert db.session.scalar(select(SearchWord.word).where(SearchWord.word == "kafejnica")) is None


def test_a_reply_that_is_hidden_or_edited_is_found_no_more(topic):
    with write_tx():
        db.session.scalars(select(Reply).where(Reply.number == 2)).one().is_shown = False
        db.session.scalars(select(Reply).where(Reply.number == 1)).one().write("Ar bruņurupuci.")

    assert found("laiva") == found("tēja") == [] and found("bruņurupuči")


def test_a_deleted_discussion_takes_its_replies_along(topic):
    with write_tx():
        db.session.delete(db.session.get_one(Topic, topic.id))

    assert db.session.scalar(select(func.count()).select_from(SearchDocument).where(SearchDocument.kind == "topic")) == 0


def test_replies_are_part_of_a_rebuilt_index(topic):
    with write_tx():
        db.session.execute(delete(SearchDocument).where(SearchDocument.place != ""))
        db.session.execute(delete(Reply).where(Reply.number == 1))
        db.session.add(SearchDocument(kind="topic", object_id=topic.id, language="lv", place="?at=1#reply-0", title="", body="tēja",
                                      title_keys="", body_keys="teja"))

    list(search.rebuild())

    assert found("laiva") and not found("tēja")


def test_words_that_a_rebuilt_document_lost_are_known_no_more(topic):
    with write_tx():
        db.session.execute(update(Topic).where(Topic.id == topic.id).values(title="Teātris"))

    list(search.rebuild())

    assert db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(["kafejnica", "teatris"]))).all() == ["teatris"]
