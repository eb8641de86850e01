"""The outbox against a mail server in every mood: nothing is lost, a second copy has the same Message-ID (R5, S50)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from libri import emails, outbox
from libri.db import db, write_tx
from libri.outbox import Letter

from .mail_server import MailServer


@pytest.fixture
def mail(world):
    """A mail server on this machine, in the settings of the application."""
    server = MailServer().start()
    world.config["SMTP_URL"] = server.url
    yield server
    server.stop()
    world.config["SMTP_URL"] = ""


@pytest.fixture
def letter(cast, mail):
    """A letter to Ana that waits."""
    with write_tx():
        new = emails.password_changed(cast.ana)
    db.session.refresh(new)
    return new


def deliver():
    db.session.rollback()
    tried = outbox.deliver_due(emails.render)
    db.session.expire_all()
    return tried


def test_a_letter_arrives_as_text_and_html(letter, mail):
    deliver()

    [arrived] = mail.letters
    assert arrived["To"] == letter.to_address and arrived["Message-ID"] == letter.message_id
    assert [part.get_content_type() for part in arrived.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert letter.status == "sent" and letter.sent_at


def test_a_letter_that_was_sent_is_not_sent_again(letter, mail):
    deliver()
    deliver()

    assert mail.ids() == {letter.message_id: 1}


def test_a_mail_server_that_is_down_is_tried_again_within_five_minutes(letter, mail, later):
    mail.stop()
    for hour in range(3):
        later(hours=hour)
        deliver()

    mail.start()
    later(hours=2, minutes=5)
    deliver()

    assert mail.ids() == {letter.message_id: 1}


@pytest.mark.long
def test_the_pause_between_tries_grows_to_four_minutes(letter, mail, later):
    mail.mode = "tempfail"
    pauses = []

    for day in range(12):
        later(days=day)
        deliver()
        pauses.append((letter.due_at - outbox.now()).total_seconds())

    assert [round(p) for p in pauses[:3]] == [2, 4, 8]
    assert max(pauses) <= 240


def test_a_letter_put_off_arrives_later(letter, mail, later):
    mail.mode = "tempfail"
    deliver()
    put_off = letter.status, letter.last_error

    mail.mode = "ok"
    later(minutes=5)
    deliver()

    assert put_off[0] == "waiting" and "451" in put_off[1]
    assert mail.ids() == {letter.message_id: 1} and letter.last_error == ""


@pytest.mark.parametrize("mode", ["reject", "full"])
def test_a_letter_the_server_refuses_for_good_fails_where_the_office_sees_it(letter, mail, mode):
    mail.mode = mode

    deliver()

    assert letter.status == "failed" and "55" in letter.last_error


def test_tries_come_to_an_end(letter, mail):
    mail.mode = "tempfail"
    letter.attempts = outbox.TRIES - 1
    db.session.commit()

    deliver()

    assert letter.status == "failed"


def test_the_office_can_send_a_failed_letter_again(letter, mail):
    letter.status = "failed"
    db.session.commit()

    with write_tx():
        db.session.get(Letter, letter.id).retry()
    deliver()

    assert letter.status == "sent"


def test_a_second_copy_after_a_broken_line_has_the_same_message_id(letter, mail, later):
    mail.mode = "drop"
    deliver()
    waiting = letter.status

    mail.mode = "ok"
    later(minutes=5)
    deliver()

    assert waiting == "waiting"
    assert mail.ids() == {letter.message_id: 2} and letter.status == "sent"


@pytest.mark.long
def test_a_slow_mail_server_costs_a_bounded_time(letter, mail, monkeypatch):
    monkeypatch.setattr(outbox, "SMTP_SECONDS", 0.2)
    mail.pause = 1

    deliver()

    assert letter.status == "waiting" and letter.last_error


def test_a_lease_outlasts_the_slowest_conversation():
    answers = 9  # connect, greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA

    assert timedelta(seconds=outbox.SMTP_SECONDS * answers) < outbox.LEASE


def test_two_workers_never_hold_the_same_letter(letter):
    db.session.rollback()

    taken = [outbox.claim(), outbox.claim()]

    assert taken == [letter.id, None]


def test_a_letter_of_a_killed_worker_is_taken_over(letter, mail, later):
    db.session.rollback()
    outbox.claim()

    later(minutes=4)
    deliver()

    assert mail.ids() == {letter.message_id: 1}


def test_one_letter_that_cannot_be_drawn_does_not_stop_the_others(letter, mail, cast):
    with write_tx() as session:
        session.add(Letter(kind="no_such_letter", to_address="ana@library.example", language="en", due_at=outbox.now() - timedelta(days=1)))

    deliver()

    assert mail.ids() == {letter.message_id: 1}


def test_a_letter_and_its_cause_are_written_together_or_not_at_all(cast):
    with pytest.raises(ZeroDivisionError), write_tx():
        emails.password_changed(db.session.merge(cast.ana))
        raise ZeroDivisionError

    assert db.session.scalar(select(func.count(Letter.id))) == 0


def test_a_subject_cannot_carry_another_header(letter, world):
    message = outbox.compose(letter, "Hello\r\nBcc: everyone@library.example", "text", "<p>text</p>")

    assert "Bcc" not in message
    assert message["Subject"] == "Hello Bcc: everyone@library.example"


def test_after_a_week_only_the_fact_of_a_letter_is_kept(letter, mail, later):
    deliver()

    later(days=8)
    outbox.forget_content()
    db.session.expire_all()

    assert letter.to_address == "" and letter.values == {} and letter.status == "sent"


def test_without_a_mail_server_letters_land_in_a_folder(cast, world):
    with write_tx():
        waiting = emails.password_changed(db.session.merge(cast.ana))

    deliver()

    name = waiting.message_id.strip("<>").partition("@")[0]
    assert waiting.message_id.encode() in (Path(world.config["DATA_FOLDER"]) / "letters" / f"{name}.eml").read_bytes()
