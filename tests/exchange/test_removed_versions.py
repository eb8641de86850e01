"""Personal data that were written into a text: when it is hidden, what it said before can go for good."""

import pytest
from sqlalchemy import select

from libri.audit import AuditEntry
from libri.db import db, now
from libri.exchange.models import PracticeVersion, ReplyTranslation, ReplyVersion, Topic
from libri.exchange.opening import open_topic

from .. import make


@pytest.fixture
def reply(cast):
    """A reply of Ana's with an earlier version and a translation."""
    made = make.reply(make.topic(cast.carla), cast.ana)
    db.session.add(ReplyVersion(reply_id=made.id, body="Call Marta at 26 123 456", at=now()))
    db.session.add(ReplyTranslation(reply_id=made.id, language="fr", body="Marta", html="<p>Marta</p>", origin="human", of_version=1))
    db.session.flush()
    return made


@pytest.fixture
def practice(cast):
    """A published practice with an earlier version and its discussion."""
    made = make.practice(cast.lyon_library, cast.ana)
    db.session.add(PracticeVersion(practice_id=made.id, language="en", number=1, fields={"need": "Marta"}))
    open_topic(made)
    db.session.flush()
    return made


def left() -> int:
    return sum(len(db.session.scalars(select(table)).all()) for table in (ReplyVersion, ReplyTranslation, PracticeVersion))


@pytest.mark.parametrize(("kind", "gone"), [("reply", 2), ("practice", 1)])
def test_a_tick_deletes_what_was_said_before_and_the_trail_tells(cast, browse, request, kind, gone):
    thing = request.getfixturevalue(kind)
    address = f"/moderation/{kind}/{thing.id}"

    browse(cast.dina).get(address).submit(f"{address}/hide", reason="It names a reader.", removes_versions="y")

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == f"{kind}.versions_removed")).one()
    assert left() == 0 and (entry.object_id, entry.details) == (thing.id, {"count": gone})


def test_without_the_tick_they_stay(cast, browse, reply):
    address = f"/moderation/reply/{reply.id}"

    browse(cast.dina).get(address).submit(f"{address}/hide", reason="It names a reader.")

    assert left() == 2 and not reply.is_shown


def test_the_discussion_of_a_practice_is_hidden_and_shown_with_it(cast, browse, practice):
    address, topic = f"/moderation/practice/{practice.id}", db.session.scalars(select(Topic)).one()

    browse(cast.dina).get(address).submit(f"{address}/hide", reason="It names a reader.")
    assert browse(cast.carla).get(f"/discussions/{topic.id}").status == 404

    browse(cast.dina).get(address).submit(f"{address}/restore")
    assert browse(cast.carla).get(f"/discussions/{topic.id}").status == 200
