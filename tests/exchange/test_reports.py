"""Reporting a text, the queue of the office, settling (F13)."""

import pytest
from sqlalchemy import select

from libri.audit import AuditEntry
from libri.db import db
from libri.exchange.models import Report
from libri.notices.models import Notice

from .. import make


def told(member) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)))


def one_report() -> Report:
    return db.session.scalars(select(Report)).one()


def test_any_member_can_report_a_reply_with_a_reason(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.bruno)
    browser = browse(cast.ana)

    answer = browser.get(f"/report/reply/{reply.id}").submit(reason="It names a reader.")

    assert (one_report().object_id, one_report().member_id, one_report().reason) == (reply.id, cast.ana.id, "It names a reader.")
    assert told(cast.dina) == ["report.made"] and told(cast.bruno) == []
    mine = browser.follow(answer)
    assert "The office has it" in mine.text and mine.has_link(f"/discussions/{reply.topic_id}?at=1#reply-{reply.id}")
    reply.is_shown = False
    assert not browser.follow(answer).has_link(f"/discussions/{reply.topic_id}?at=1#reply-{reply.id}")


def test_a_practice_can_be_reported(cast, browse):
    practice = make.practice(cast.ogre, cast.carla)

    browse(cast.ana).get(f"/report/practice/{practice.id}").submit(reason="The photo shows a child.")

    assert (one_report().object_kind, one_report().object_id) == ("practice", practice.id)


def test_a_reason_is_needed(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.bruno)

    assert browse(cast.ana).get(f"/report/reply/{reply.id}").submit(reason=" ").status == 422


def test_a_double_press_and_a_second_word_make_one_report(cast, browse):
    reply, browser = make.reply(make.topic(cast.carla), cast.bruno), browse(cast.ana)
    page = browser.get(f"/report/reply/{reply.id}")
    page.submit(reason="It names a reader.")
    page.submit(reason="It names a reader.")
    browser.get(f"/report/reply/{reply.id}").submit(reason="And her street.")

    assert one_report().reason == "It names a reader.\n\nAnd her street." and told(cast.dina) == ["report.made"]


@pytest.mark.long
def test_nobody_reports_without_end(cast, browse):
    browser, topic = browse(cast.ana), make.topic(cast.carla)
    for _ in range(20):
        browser.get(f"/report/reply/{make.reply(topic, cast.bruno).id}").submit(reason="No.")

    assert browser.get(f"/report/reply/{make.reply(topic, cast.bruno).id}").submit(reason="No.").status == 429


def test_the_queue_shows_text_reporter_and_reason(cast, browse):
    reply = make.reply(make.topic(cast.carla, "Ķimenes"), cast.bruno, "Words that hurt")
    report = make.report(reply, cast.ana, "They hurt.")
    make.report(make.practice(cast.ogre, text={"title": "Language café"}), cast.ana)
    cast.dina.language = "en"

    page = browse(cast.dina).get("/discussions/reports")

    for words in ("Ķimenes", "Words that hurt", "They hurt.", "Ana", "Language café"):
        assert words in page.text, words
    assert page.has_link(f"/discussions/reports/{report.id}") and "Reports: 2" in page.text


def test_the_queue_asks_as_often_for_three_as_for_one(cast, browse, statements):
    browser = browse(cast.dina)
    make.report(make.reply(make.topic(cast.carla), cast.bruno), cast.ana)
    one = statements.of(browser, "/discussions/reports")
    make.report(make.reply(make.topic(cast.ana), cast.carla), cast.bruno)
    make.report(make.reply(make.topic(cast.bruno), cast.ana), cast.carla)

    assert statements.of(browser, "/discussions/reports") == one


def test_the_office_keeps_notes_on_a_case(cast, browse):
    report = make.report(make.reply(make.topic(cast.carla), cast.bruno), cast.ana)
    browser = browse(cast.dina)

    answer = browser.get(f"/discussions/reports/{report.id}").submit(f"/discussions/reports/{report.id}/notes", text="Called the library.")

    assert "Called the library." in browser.follow(answer).text
    assert "Called the library." not in browse(cast.ana).get(f"/discussions/reports/{report.id}").source


def test_settling_tells_everybody_who_reported(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.bruno)
    report, other = make.report(reply, cast.ana), make.report(reply, cast.carla)

    browse(cast.dina).get(f"/discussions/reports/{report.id}").submit(f"/discussions/reports/{report.id}/settle")

    assert {report.status, other.status} == {"settled"} and report.settled_by_id == cast.dina.id
    assert told(cast.ana) == told(cast.carla) == ["report.settled"]
    assert "Settled" in browse(cast.ana).get(f"/discussions/reports/{report.id}").text


def test_settled_reports_stand_apart(cast, browse):
    make.report(make.reply(make.topic(cast.carla, "Settled matter"), cast.bruno), cast.ana, status="settled")
    browser = browse(cast.dina)

    assert "Settled matter" not in browser.get("/discussions/reports").text
    assert "Settled matter" in browser.get("/discussions/reports?show=settled").text


def test_everything_stands_in_the_trail_and_in_the_case(cast, browse):
    reply, browser = make.reply(make.topic(cast.carla), cast.bruno), browse(cast.dina)
    browse(cast.ana).get(f"/report/reply/{reply.id}").submit(reason="It names a reader.")
    cast.dina.language, case = "en", f"/discussions/reports/{one_report().id}"
    browser.post(f"{case}/settle")

    page = browser.get(case)

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.object_kind == "reply")).all()
    assert [entry.action for entry in entries] == ["reply.reported", "reply.settled"] and "reader" not in str(entries[0].details)
    assert "Text reported" in page.text and "Reports on a text settled" in page.text


def test_the_first_page_of_the_office_counts_what_waits(cast, browse):
    make.report(make.reply(make.topic(cast.carla), cast.bruno), cast.ana)
    cast.dina.language = "en"

    page = browse(cast.dina).get("/office/")

    assert page.has_link("/discussions/reports") and "1 Open reports" in page.text
