"""Once a day: owners are reminded of resources that are to be checked again (N22)."""

from datetime import timedelta

from sqlalchemy import select

from libri.db import db, now
from libri.files import reading
from libri.notices.models import Notice
from libri.resources import chores
from libri.resources.queries import resources as queries
from libri.search import SearchDocument

from .. import make
from ..files.contents import docx


def reminded() -> list[int]:
    return list(db.session.scalars(select(Notice.object_id).where(Notice.kind == "resource.review_due").order_by(Notice.id)))


def test_the_coordinators_of_the_owner_are_reminded_two_weeks_before_and_once(cast):
    today = now().date()
    soon, _late = (make.resource(cast.lyon_library, review_by=today + timedelta(days=days)) for days in (14, 15))
    make.resource(cast.lyon_library, status="private", review_by=today)
    db.session.commit()

    counts = [chores.remind_of_reviews() for _time in range(2)]

    assert counts == [1, 0]
    assert reminded() == [soon.id]
    assert db.session.scalars(select(Notice.member_id)).all() == [cast.bruno.id]


def test_a_new_day_is_reminded_of_again(cast):
    law = make.resource(cast.lyon_library, review_by=now().date())
    db.session.commit()
    chores.remind_of_reviews()

    law.review(now().date() + timedelta(days=10))
    db.session.commit()
    chores.remind_of_reviews()

    assert reminded() == [law.id, law.id]


def test_the_index_follows_what_a_resource_is_and_who_may_see_it(cast):
    guide = make.resource(cast.lyon_library, "Guide", status="private")
    db.session.commit()
    before = db.session.scalars(select(SearchDocument.audience)).all()

    guide = db.session.scalars(queries.one(guide.id)).one()
    guide.publish()
    guide.is_public = True
    db.session.commit()
    after = db.session.scalars(select(SearchDocument.audience).where(SearchDocument.kind == "resource")).all()

    assert "organisation" in before and after == ["public"]


def test_words_of_a_file_are_found_once_they_are_read(cast, browse):
    stored = make.stored("guide.docx", docx("Krēsli stāv aplī"))
    make.resource(cast.ogre, "Guide", language="lv", file=stored)
    stored.text_state = "waiting"
    db.session.commit()

    before = browse(cast.ana).get("/resources?words=krēslus").card_titles
    reading.work_one()

    assert (before, browse(cast.ana).get("/resources?words=krēslus").card_titles) == ([], ["Guide"])
