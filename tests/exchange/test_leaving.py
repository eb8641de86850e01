"""Closing an account: texts stay under "former member", what shows the person goes (P1, P4)."""

import io
import zipfile

import pytest
from sqlalchemy import select, text

from libri.db import db
from libri.drafts import Draft
from libri.exchange import following
from libri.exchange.models import Follow, ReadMark, Reply, ReplyVersion, Thanks, TranslationWish
from libri.notices.models import Notice

from .. import make

NAME = "Zelma Neatrodama"


@pytest.fixture
def zelma(cast):
    """A member who left traces all over the exchange."""
    zelma = make.member(NAME, "lv", cast.ogre_library, email="zelma.neatrodama@library.example", function="librarian Neatrodama")
    topic = make.topic(zelma, "A question of hers")
    theirs = make.topic(cast.carla, "Another")
    answer = make.reply(theirs, cast.carla, f"Ask [@{NAME}](/members/{zelma.id}) or [@Ana](/members/{cast.ana.id}).", thanks_count=1)
    make.reply(theirs, zelma, "An answer of hers.", author_function="librarian Neatrodama")
    practice = make.practice(cast.ogre_library, zelma)
    following.set_level(zelma.id, "theme", "youth", "follow")
    make.notice(zelma, topic)
    make.notice(cast.carla, topic, values={"title": "Another", "by": zelma.id})
    make.report(answer, zelma)
    db.session.add_all([
        Thanks(reply_id=answer.id, member_id=zelma.id), ReadMark(member_id=zelma.id, topic_id=topic.id, number=0),
        Draft(member_id=zelma.id, address="/discussions/new", fields=[["body", NAME]]),
        TranslationWish(practice_id=practice.id, language="ru", member_id=zelma.id),
        ReplyVersion(reply_id=answer.id, body=f"[@{NAME}](/members/{zelma.id})", at=answer.created_at)])
    db.session.commit()
    return zelma


def close(browse, member):
    return browse(member).get("/me/close").submit("/me/close", address=member.email)


def everything() -> str:
    """Every cell of every table as text."""
    rows = [row for table in db.metadata.sorted_tables for row in db.session.execute(text(f'SELECT * FROM "{table.name}"'))]
    return "\n".join(str(tuple(row)) for row in rows)


def test_what_was_written_stays_under_former_member(cast, browse, zelma):
    close(browse, zelma)

    replies = db.session.scalars(select(Reply.body).where(Reply.author_id == zelma.id).order_by(Reply.id)).all()
    page = browse(cast.ana).get(f"/discussions/{db.session.scalars(select(Reply.topic_id).where(Reply.author_id == zelma.id)).first()}")
    assert replies == ["We look for advice.", "An answer of hers."]
    assert "former member" in page.text


def test_nothing_of_the_person_is_found_any_more(cast, browse, zelma):
    assert close(browse, zelma).status == 303

    found = everything().replace("account_closed", "")
    left = [line for line in found.splitlines() if "Neatrodama" in line or "neatrodama" in line]
    assert not [line for line in left if "zelma.neatrodama@library.example" not in line], left


def test_what_only_concerned_them_goes(cast, browse, zelma):
    close(browse, zelma)

    for table in (Follow, ReadMark, Draft, TranslationWish, Thanks):
        assert db.session.scalars(select(table)).all() == [], table.__name__
    assert db.session.scalars(select(Notice.member_id)).all() == [cast.carla.id]


def test_thanks_are_taken_back_and_names_in_texts_of_others_go(cast, browse, zelma):
    close(browse, zelma)

    answer = db.session.scalars(select(Reply).where(Reply.author_id == cast.carla.id, Reply.number == 1)).one()
    assert (answer.thanks_count, answer.body) == (0, f"Ask @… or [@Ana](/members/{cast.ana.id}).")
    assert NAME not in answer.html and "/members/" in answer.html


def test_the_download_holds_what_i_wrote_and_nobody_elses_report(cast, browse, zelma):
    make.report(db.session.scalars(select(Reply).where(Reply.author_id == zelma.id)).first(), cast.ana, "Secret reason")

    body = browse(zelma).get("/me/data/download").body

    folder = zipfile.ZipFile(io.BytesIO(body))
    words = b"".join(folder.read(name) for name in folder.namelist()).decode()
    assert "An answer of hers." in words and "Secret reason" not in words and cast.carla.email not in words
