"""Letters at once, which say where there is news and not what, and the link that stops them (P13, X12, RFC 8058)."""

import pytest
from sqlalchemy import select

from libri import emails, outbox, tickets
from libri.audit import AuditEntry
from libri.db import db, now, write_tx
from libri.notices.models import Notice, tell
from libri.outbox import Letter
from libri.pages import csrf

from .. import make


@pytest.fixture
def letter(cast) -> Letter:
    """The letter Ana gets at once about a reply in a topic of Carla."""
    cast.ana.notices = "at_once"
    topic = make.topic(cast.carla, "Ķimenes")
    db.session.commit()
    with write_tx():
        tell([cast.ana.id, cast.bruno.id], "topic.reply", f"/discussions/{topic.id}?at=1", topic, title="Join us at evil.example",
             language="en")
    return db.session.scalars(select(Letter).where(Letter.kind == "notice")).one()


def address_to_stop(member) -> str:
    return f"/notices/stop/{tickets.lasting_token('stop_notices', member.id)}"


def test_those_who_chose_at_once_get_a_letter(cast, letter):
    subject, text, html = emails.render(letter)

    assert letter.member_id == cast.ana.id and "New reply in: Join us at" in subject
    assert "http://localhost/discussions/" in text and "http://localhost/discussions/" in html
    assert "evil.example" not in text + html


@pytest.mark.parametrize("language", ["lv", "en", "ru", "uk"])
def test_the_letter_is_drawn_in_every_language(cast, letter, language):
    letter.language = language
    subject, text, html = emails.render(letter)

    assert subject.strip() and address_to_stop(cast.ana) in text and f'lang="{language}"' in html


def test_its_headers_let_mail_programs_stop_it_in_one_click(cast, letter):
    message = outbox.compose(letter, *emails.render(letter))

    assert message["List-Unsubscribe"] == f"<http://localhost{address_to_stop(cast.ana)}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_letters_about_the_account_cannot_be_stopped(cast):
    letter = make.letter(cast.ana)

    assert outbox.compose(letter, *emails.render(letter))["List-Unsubscribe"] is None


def test_the_link_asks_first_and_one_press_stops_letters(cast, browse, letter):
    browser = browse(accept_language="en")
    page = browser.get(address_to_stop(cast.ana))
    assert page.h1 == "Stop letters about news?" and cast.ana.notices == "at_once"

    answer = page.submit(address_to_stop(cast.ana))

    assert answer.status == 303 and cast.ana.notices == "never"
    assert browser.follow(answer).h1 == "You get no more letters about news"


def test_a_mail_program_stops_letters_without_cookie_token_or_redirect(cast, browse, letter):
    answer = browse().post(address_to_stop(cast.ana), {"List-Unsubscribe": "One-Click"}, token=False)

    assert answer.status == 200 and cast.ana.notices == "never"


def test_waiting_letters_and_rows_of_the_digest_stop_too(cast, browse, letter):
    cast.ana.notices = "weekly"
    db.session.add(Notice(member_id=cast.ana.id, kind="topic.reply", address="/", object_kind="topic", object_id=1))

    browse().post(address_to_stop(cast.ana))

    assert db.session.scalars(select(Letter).where(Letter.kind == "notice")).all() == []
    assert db.session.scalars(select(Notice).where(Notice.member_id == cast.ana.id, Notice.digested_at.is_(None))).all() == []


def test_it_stands_in_the_audit_trail_once(cast, browse, letter):
    for _ in range(2):
        browse().post(address_to_stop(cast.ana))

    assert db.session.scalars(select(AuditEntry.member_id).where(AuditEntry.action == "notices.stopped")).all() == [cast.ana.id]


def test_a_profile_opened_before_does_not_start_them_again(cast, browse, letter):
    page = browse(cast.ana).get("/me")
    browse().post(address_to_stop(cast.ana))

    answer = page.submit("/me")

    assert answer.status == 409 and cast.ana.notices == "never"


def test_the_link_works_for_years(cast, browse, letter, later):
    later(days=2000)

    assert browse().get(address_to_stop(cast.ana)).status == 200


@pytest.mark.parametrize("forge", [lambda token: token[:-1] + "!", lambda token: "9" + token, lambda token: "x", lambda token: "7-é"])
def test_a_forged_link_stops_nothing(cast, browse, letter, forge):
    answer = browse().post("/notices/stop/" + forge(tickets.lasting_token("stop_notices", cast.ana.id)))

    assert answer.status == 410 and cast.ana.notices == "at_once"


def test_a_link_for_one_purpose_serves_no_other(cast):
    token = tickets.lasting_token("stop_notices", cast.ana.id)

    assert tickets.lasting_subject("sign_in", token) is None


def test_only_this_address_takes_posts_without_a_token(app):
    assert csrf._exempt_views == {"libri.notices.views.stop.stop"} and not csrf._exempt_blueprints


# ---- a busy discussion -----------------------------------------------------------------------------------------------


@pytest.fixture
def busy(cast):
    """A discussion Ana follows; she wants letters at once."""
    cast.ana.notices, cast.ana.language = "at_once", "en"
    topic = make.topic(cast.carla, "Ķimenes")
    make.follow(cast.ana, topic)
    db.session.commit()
    return topic


def reply(browse, author, topic) -> None:
    browse(author).post(f"/discussions/{topic.id}", {"body": "And we?", "language": "en"})


def letters() -> list[str]:
    """The subjects of all letters, with how many minutes they wait."""
    found = db.session.scalars(select(Letter).where(Letter.kind == "notice").order_by(Letter.id)).all()
    return [f"{emails.render(one)[0].strip()} +{max(0, round((one.due_at - now()).total_seconds() / 60))}" for one in found]


def test_a_letter_that_waits_tells_of_the_next_replies_too_and_leads_to_the_first(cast, browse, busy):
    for author in (cast.bruno, cast.dina, cast.bruno):
        reply(browse, author, busy)

    letter = db.session.scalars(select(Letter)).one()
    assert letters() == ["3 new replies in: Ķimenes +0"] and letter.values["address"].startswith(f"/discussions/{busy.id}?at=1#")
    assert db.session.scalars(select(Notice.values).where(Notice.member_id == cast.ana.id)).one()["count"] == 3


def test_after_a_letter_the_next_waits_half_an_hour_and_tells_of_everything(cast, browse, busy, later):
    reply(browse, cast.bruno, busy)
    outbox.deliver_due(emails.render)
    later(minutes=10)

    for author in (cast.dina, cast.bruno):
        reply(browse, author, busy)

    assert letters() == ["New reply in: Ķimenes +0", "3 new replies in: Ķimenes +20"] and outbox.deliver_due(emails.render) == 0
    later(minutes=31)
    assert outbox.deliver_due(emails.render) == 1


def test_a_visit_makes_the_letter_that_waits_needless_and_the_next_goes_at_once(cast, browse, busy, later):
    reply(browse, cast.bruno, busy)
    outbox.deliver_due(emails.render)
    reply(browse, cast.dina, busy)

    browse(cast.ana).get(f"/discussions/{busy.id}")
    assert letters() == ["New reply in: Ķimenes +0"]

    reply(browse, cast.bruno, busy)
    assert letters() == ["New reply in: Ķimenes +0"] * 2


def test_a_letter_that_is_being_sent_tells_nothing_more_and_what_came_meanwhile_is_not_lost(cast, browse, busy):
    reply(browse, cast.bruno, busy)
    outbox.claim()

    reply(browse, cast.dina, busy)

    assert letters() == ["New reply in: Ķimenes +0", "2 new replies in: Ķimenes +30"]


def test_a_mention_and_another_discussion_have_letters_of_their_own(cast, browse, busy):
    other = make.topic(cast.carla, "Rīts")
    make.follow(cast.ana, other)
    db.session.commit()

    for topic, body in ((busy, "And we?"), (other, "And we?"), (busy, f"[@Ana](/members/{cast.ana.id}) may know")):
        browse(cast.bruno).post(f"/discussions/{topic.id}", {"body": body, "language": "en"})

    assert sorted(letters()) == ["New reply in: Rīts +0", "New reply in: Ķimenes +0", "You were mentioned in: Ķimenes +0"]
