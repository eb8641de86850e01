"""Personal data that were written into a text: what it said before can go for good, with the hidden text or alone."""

import pytest
from sqlalchemy import select

from libri.audit import AuditEntry
from libri.db import db, now
from libri.exchange import translating
from libri.exchange.models import PracticeVersion, ReplyTranslation, ReplyVersion, Topic
from libri.exchange.opening import open_topic
from libri.notices.models import Notice

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


# ---- one alone -------------------------------------------------------------------------------------------------------


def remove(browse, cast, thing, version):
    address = f"/moderation/{thing.__tablename__}/{thing.id}/versions/{version.id}"
    return browse(cast.dina).get(address).submit(address, reason="It names a reader.")


def notices(member) -> list[tuple[str, str]]:
    return [(one.kind, one.values["reason"]) for one in db.session.scalars(select(Notice).where(Notice.member_id == member.id))]


def test_one_version_of_a_reply_goes_alone_and_its_author_reads_why(cast, browse, reply):
    versions = [make.earlier(reply, "Marta came at noon"), make.earlier(reply, "She came at noon")]
    cast.dina.language = "en"

    answer = remove(browse, cast, reply, versions[0])

    page = browse(cast.dina).follow(answer)
    assert "It names a reader." in page.text and cast.dina.name in page.text and page.has_link(
        f"/moderation/reply/{reply.id}/versions/{versions[1].id}")
    mine, others = (browse(one).get(f"/replies/{reply.id}/history") for one in (cast.ana, cast.bruno))
    assert "It names a reader." in mine.text and cast.ana.unread_notices == 0 and notices(cast.ana) == [
        ("text.version_removed", "It names a reader.")]
    assert "removed by a moderator" in browse(cast.ana).get(f"/replies/{reply.id}/history").text
    assert "It names a reader." not in others.source and "Marta came" not in mine.source + others.source and reply.is_shown
    assert "26 123 456" in others.source and "She came at noon" in others.text


def test_with_it_go_translations_older_than_the_present_text(cast, browse, reply):
    reply.version = 2
    db.session.add(ReplyTranslation(reply_id=reply.id, language="pl", body="Now", html="<p>Now</p>", origin="human", of_version=2))
    version = db.session.scalars(select(ReplyVersion)).one()

    remove(browse, cast, reply, version)

    assert db.session.scalars(select(ReplyTranslation.language)).all() == ["pl"] and version.body == ""


def test_one_version_of_a_practice_goes_alone_and_is_compared_no_more(cast, browse, practice):
    version, practice.number = db.session.scalars(select(PracticeVersion)).one(), 2
    newer, translation = make.earlier(practice, "A newcomer came"), make.translation(practice, "fr", translates_number=1)

    remove(browse, cast, practice, version)

    page = browse(cast.carla).get(f"/practices/{practice.id}/history?older=1")
    assert version.fields == {} and newer.fields and practice.status == "published"
    assert page.texts("//select[@id='older']/option") == ["3", "2"] and "It names a reader." not in page.source
    assert "It names a reader." in browse(cast.ana).get(f"/practices/{practice.id}/history").text
    assert translation.is_behind(practice) and translating.changed_since(practice, translation) == []


def test_it_is_removed_once_and_stands_in_the_trail(cast, browse, reply):
    version = db.session.scalars(select(ReplyVersion)).one()
    address = f"/moderation/reply/{reply.id}/versions/{version.id}"
    browser = browse(cast.dina)
    page = browser.get(address)

    for _press in range(2):
        page.submit(address, reason="It names a reader.")

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reply.version_removed")).all()
    assert [entry.details for entry in entries] == [{"version": version.id}] and len(notices(cast.ana)) == 1
    assert not browser.get(address).texts("//textarea")
