"""Without JavaScript (A4), by real clicks and typing: coming to an event, what is written to its people, and what follows."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from libri.db import db, now
from libri.members.models import Member, Organisation
from libri.trainings.models import Attendance, Registration, Session

from .. import make_trainings as make
from .steps import fill, follow, press, settle, tick, told


def event_of(site, number: int, person: str, **given) -> tuple[int, int]:
    """An event of an organisation at which a person has a seat; return the numbers of event and registration."""
    with site.app.app_context():
        event = make.event(db.session.get_one(Organisation, number), **({"starts_at": now() + timedelta(minutes=20)} | given))
        who = db.session.scalars(select(Member).where(Member.email == f"{person}@paraugs.example")).one()
        registration = make.registration(event, who)
        db.session.commit()
        return event.id, registration.id


def test_the_organiser_checks_in_by_list_and_the_person_by_the_code_on_the_wall(site, plain):
    number = settle(site, "vizma")
    settle(site, "ivo", "member")
    event, registration = event_of(site, number, "ivo")
    organiser, person = plain("vizma"), plain("ivo")
    organiser.goto(f"/trainings/{event}/check-in")
    press(organiser, "Make a code")
    code = organiser.locator(".onsite-code").inner_text()

    person.goto(f"/registrations/{registration}")
    follow(person, "I am here: type the code on the wall")
    fill(person, code=code.lower())
    press(person, "Check me in")

    expect(person.locator("main")).to_contain_text("You are checked in. Welcome.")
    organiser.goto(f"/trainings/{event}/check-in")
    press(organiser, "Take back Ivo")
    press(organiser, "Here Ivo")
    expect(organiser.locator("main")).to_contain_text("1 of 1")


def test_feedback_a_certificate_and_the_page_that_checks_it(site, plain):
    number = settle(site, "zaiga")
    settle(site, "oto", "member")
    event, registration = event_of(site, number, "oto", starts_at=now() - timedelta(days=1), gives_certificate=True)
    with site.app.app_context():
        db.session.add(Attendance(registration_id=registration, session_id=db.session.scalar(select(Session.id).where(Session.event_id == event))))
        db.session.commit()
    person = plain("oto")
    person.goto(f"/registrations/{registration}")
    follow(person, "Give feedback")
    person.locator("input[name=useful][value='5']").check()
    press(person, "Send")
    follow(person, "Get my certificate")
    press(person, "Issue the certificate")
    told(person, "Your certificate is ready.")

    guest = plain()
    guest.goto(person.locator("main a[href*='/certificates/']").get_attribute("href"))

    expect(guest.locator("main")).to_contain_text("Yes, LiBri issued this certificate")
    expect(guest.locator("main")).not_to_contain_text("Oto")


def test_a_letter_is_held_read_and_sent_and_a_calendar_is_followed(site, plain):
    number = settle(site, "ruta")
    event, _registration = event_of(site, number, "ruta")
    page = plain("ruta")
    page.goto(f"/trainings/{event}/letters")
    follow(page, "Write a letter")
    tick(page, groups="confirmed")
    fill(page, subject_en="Bring a coat", body_en="It is cold.")
    press(page, "Lay it into the outbox")
    expect(page.locator("main")).to_contain_text("It is cold.")
    page.locator("summary", has_text="Send now").click()
    press(page, "Send now")
    told(page, "1 letter is on its way.")

    page.goto("/me/calendar")
    press(page, "Make an address")
    address = page.locator("#address-own").input_value()

    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
    with site.app.app_context():
        assert db.session.scalar(select(Registration.status).where(Registration.event_id == event)) == "confirmed"
