"""In whose name somebody writes who belongs to several organisations."""

import pytest

from libri.db import db
from libri.exchange.models import Reply, Topic
from libri.members.models import Membership

from .. import make

NEW = {"category": "question", "title": "Why?", "body": "I wonder.", "language": "en"}


@pytest.fixture
def ana(cast):
    """Ana, who lately also works for the Ogre library."""
    db.session.add(Membership(member_id=cast.ana.id, organisation_id=cast.ogre_library.id, role="member", function="guest lecturer"))
    db.session.flush()
    return cast.ana


def choices(page) -> list[str]:
    return page.document.xpath("//*[@name='organisation_id']//option/@value | //input[@name='organisation_id']/@value")


def test_a_topic_is_written_in_the_name_that_was_chosen_and_so_are_ones_replies_there(cast, browse, ana):
    page = browse(ana).get("/discussions/new?category=question")

    answer = page.submit("/discussions/new", **NEW, organisation_id=str(cast.ogre_library.id))
    browse(ana).get(answer.location).submit(answer.location.partition("#")[0], body="One more word.")

    assert set(choices(page)) == {str(cast.lyon_library.id), str(cast.ogre_library.id)}
    assert [(one.organisation_id, one.author_function) for one in db.session.query(Reply)] == [(cast.ogre_library.id, "guest lecturer")] * 2
    assert db.session.query(Topic).one().organisation_id == cast.ogre_library.id


def test_the_first_organisation_is_the_one_to_begin_with(cast, browse, ana):
    practice, browser = make.practice(cast.ogre), browse(ana)

    for address in ("/discussions/new?category=question", "/practices/new", f"/practices/{practice.id}/adoptions/new"):
        chosen = browser.get(address).document.xpath("//select[@name='organisation_id']/option[@selected]/@value")
        assert chosen == [str(cast.lyon_library.id)], address
    browser.post("/discussions/new", NEW)
    assert db.session.query(Topic).one().organisation_id == cast.lyon_library.id


def test_nobody_writes_in_the_name_of_strangers(cast, browse, ana):
    assert browse(ana).post("/discussions/new", NEW | {"organisation_id": str(cast.ogre.id)}).status == 422


def test_who_belongs_to_one_organisation_is_not_asked(cast, browse):
    assert choices(browse(cast.ana).get("/discussions/new?category=question")) == []
