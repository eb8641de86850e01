"""After: feedback without a name, then a certificate with a number anybody can check (E18, E19)."""

from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import inspect, select

from libri import tickets
from libri.db import db, now
from libri.trainings.models import Attendance, Certificate, Event, Feedback, FeedbackGiven, Registration, Session

from .. import make


@pytest.fixture
def event(cast) -> Event:
    """Two sessions of two and six hours, over since yesterday; 70 % make a certificate."""
    new = make.event(cast.lyon, starts_at=now() - timedelta(days=1), gives_certificate=True, min_attendance_percent=70,
                     title={"en": "Plain language", "uk": "Проста мова"})
    db.session.add(Session(event_id=new.id, starts_at=new.starts_at + timedelta(hours=3), ends_at=new.starts_at + timedelta(hours=9), hours=6))
    db.session.commit()
    return new


def came(event: Event, who=None, sessions: int = 2, **given) -> Registration:
    """Somebody who was at the last so many sessions."""
    new = make.registration(event, who, **given)
    numbers = db.session.scalars(select(Session.id).where(Session.event_id == event.id).order_by(Session.hours.desc())).all()
    db.session.add_all(Attendance(registration_id=new.id, session_id=number) for number in numbers[:sessions])
    db.session.commit()
    return new


def test_feedback_then_the_certificate_in_ones_own_language(cast, browse, event):
    registration = came(event, cast.dina, sessions=1)
    browser = browse(cast.dina)
    address = f"/registrations/{registration.id}/certificate"

    assert browser.get(f"{address}.pdf").status == 404
    browser.get(f"/registrations/{registration.id}/feedback").submit(f"/registrations/{registration.id}/feedback", useful="5")
    browser.get(address).submit(address)

    certificate = db.session.scalar(select(Certificate))
    assert (certificate.name, certificate.language, certificate.hours, certificate.is_name_public) == ("Dina", "uk", 6, False)
    text = pypdfium2.PdfDocument(browser.get(f"{address}.pdf").body)[0].get_textpage().get_text_range()
    assert all(words in text for words in ("Dina", "Проста мова", certificate.number, f"/certificates/{certificate.number}"))


@pytest.mark.parametrize(("sessions", "waived", "status"), [(0, True, 200), (1, False, 200), (1, True, 303)])
def test_too_few_hours_or_no_word_make_no_certificate(cast, browse, event, sessions, waived, status):
    came(event)
    registration = came(event, cast.ana, sessions=sessions, feedback_waived=waived)

    page = browse(cast.ana).post(f"/registrations/{registration.id}/certificate")

    assert page.status == status
    assert bool(db.session.scalar(select(Certificate.id))) == (status == 303)


def test_issued_again_it_keeps_its_number_and_takes_the_new_name(cast, browse, event):
    registration = came(event, cast.ana, feedback_waived=True)
    browse(cast.ana).post(f"/registrations/{registration.id}/certificate")
    before = db.session.scalar(select(Certificate.number))
    cast.ana.name = "Ana Petit"
    db.session.commit()

    browse(cast.ana).post(f"/registrations/{registration.id}/certificate", {"is_name_public": "y"})

    db.session.rollback()
    after = db.session.scalars(select(Certificate)).one()
    assert (after.number, after.name, bool(after.issued_again_at)) == (before, "Ana Petit", True)


@pytest.mark.parametrize("is_public", [True, False])
def test_anybody_can_check_a_number_and_sees_a_name_only_where_it_was_agreed(cast, browse, event, is_public):
    registration = came(event, cast.ana, feedback_waived=True)
    browse(cast.ana).post(f"/registrations/{registration.id}/certificate", {"is_name_public": "y"} if is_public else {})
    number = db.session.scalar(select(Certificate.number))

    page = browse(accept_language="en").get(f"/certificates/{number.lower()}")

    assert "Plain language" in page.text and ("Ana" in page.text) == is_public
    assert browse(accept_language="en").get("/certificates/LIBRI-2026-AAAA-AAAA").status == 404


def test_a_guest_gets_a_certificate_too(cast, browse, event):
    guest = came(event)
    token, browser = tickets.lasting_token("registration", guest.id), browse(accept_language="en")

    browser.get(f"/guest/{token}/feedback").submit(f"/guest/{token}/feedback/none")
    page = browser.get(f"/guest/{token}/certificate")
    page.submit(f"/guest/{token}/certificate")

    assert "as you wrote it when you registered" in page.text
    assert browser.get(f"/guest/{token}/certificate.pdf").body.startswith(b"%PDF")


def test_feedback_has_no_way_back_to_the_person(cast, browse, event):
    registration = came(event, cast.ana)
    browser = browse(cast.ana)
    address = f"/registrations/{registration.id}/feedback"

    browser.post(address, {"useful": "4", "use": "Labels in two languages."})
    browser.post(address, {"useful": "1"})

    one = db.session.scalars(select(Feedback)).one()
    assert one.answers == {"useful": "4", "use": "Labels in two languages."} and len(one.key) == 22
    assert {column.name for column in inspect(Feedback).columns} == {"key", "event_id", "answers", "day"}
    assert {column.name for column in inspect(FeedbackGiven).columns} == {"registration_id"}
    assert "kept without your name" in browser.get(address).text


def test_who_was_not_there_or_says_nothing_gives_no_feedback(cast, browse, event):
    here, away = came(event, cast.ana), came(event, cast.bruno, sessions=0)

    assert browse(cast.bruno).get(f"/registrations/{away.id}/feedback").status == 404
    assert browse(cast.ana).post(f"/registrations/{here.id}/feedback", {"useful": "9"}).status == 422
    assert browse(cast.carla).get(f"/registrations/{here.id}/feedback").status == 404


def test_answers_are_shown_and_exported_from_three_on(cast, browse, event):
    address = f"/trainings/{event.id}/feedback"
    for mark in (5, 4):
        db.session.add(Feedback(event_id=event.id, answers={"useful": str(mark), "use": "=1+1"}, day=now().date()))
    db.session.commit()
    assert "Nothing to show yet" in _as_dina_in_english(cast, browse).get(address).text
    assert browse(cast.dina).get(f"{address}.csv").status == 404

    db.session.add(Feedback(event_id=event.id, answers={"useful": "5"}, day=now().date()))
    db.session.commit()
    page = browse(cast.dina).get(address)

    assert "On average 4.7 of 5" in page.text
    assert page.texts("//section[.//h2[@id='rating-useful']]//tbody/tr/td[last()]") == ["2", "1", "0", "0", "0"]
    assert b"'=1+1" in browse(cast.dina).get(f"{address}.csv").body and browse(cast.dina).get(f"{address}.xlsx").body[:2] == b"PK"


def _as_dina_in_english(cast, browse):
    cast.dina.language = "en"
    db.session.commit()
    return browse(cast.dina)
