"""Letters to a group wait to be read; reminders, questions and forgetting happen by themselves (E16, E32, N18, product.md on privacy)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from libri import emails, outbox, tickets, worker
from libri.db import db, now
from libri.directory.spreadsheets import read
from libri.notices.models import Notice
from libri.outbox import Letter
from libri.trainings import chores, reminding, retention
from libri.trainings.models import Answer, Attendance, Certificate, Event, HeldLetter, Registration, Session

from .. import make

WORDS = {"subject_en": "Bring a coat", "body_en": "It is cold in the hall.\nhttps://evil.example",
         "subject_ru": "Возьмите пальто", "body_ru": "В зале холодно."}


@pytest.fixture
def event(cast) -> Event:
    """An event of Lyon with Ana (reads English) and Bruno (Russian) in their seats, a guest with one, and Carla waiting."""
    new = make.event(cast.lyon)
    for who in (cast.ana, cast.bruno, None):
        make.registration(new, who, changed_at=now() - timedelta(days=9), access_needs="A chair with arms.")
    make.registration(new, cast.carla, "waiting")
    db.session.commit()
    return new


def letters(kind: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def came(event: Event, *registrations: Registration) -> None:
    session = db.session.scalar(select(Session.id).where(Session.event_id == event.id))
    db.session.add_all(Attendance(registration_id=one.id, session_id=session) for one in registrations)
    db.session.commit()


# ---- held letters ----------------------------------------------------------------------------------------------------


def test_a_letter_waits_is_read_in_each_language_changed_and_sent(cast, browse, event):
    dina = browse(cast.dina)
    page = dina.post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"})
    where = page.location
    assert outbox.deliver_due(emails.render) == 0

    read = dina.get(where)
    dina.get(f"{where}/edit").submit(f"{where}/edit", body_en="It is warm after all.")
    dina.post(f"{where}/drop", {"one": letters("event_words")[2].id})
    dina.post(f"{where}/send")

    sent = letters("event_words")
    assert "It is cold in the hall." in read.text and "В зале холодно." in read.text
    assert [(one.status, one.values["words"]) for one in sent] == [("waiting", "It is warm after all."), ("waiting", "В зале холодно.")]
    assert outbox.deliver_due(emails.render) == 2 and db.session.scalars(select(HeldLetter.sent_count)).one() == 2


def test_what_an_organiser_types_becomes_no_link(cast, browse, event):
    browse(cast.bruno).post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"})

    _subject, text, html = emails.render(letters("event_words")[0])

    assert "https://evil.example" not in text + html and "evil" in text


def test_a_guests_link_is_in_the_letter_but_neither_in_the_outbox_nor_on_the_organisers_page(cast, browse, event):
    where = browse(cast.dina).post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"}).location
    guest = letters("event_words")[2]
    address = f"/guest/{tickets.lasting_token('registration', guest.values['registration_id'])}"

    browse(cast.dina).get(f"{where}/edit").submit(f"{where}/edit", body_en="Changed")
    page, guest = browse(cast.dina).get(where), letters("event_words")[2]

    assert address in emails.render(guest)[1] and browse(accept_language="en").get(address).status == 200
    assert address not in page.source and address not in str(guest.values)


def test_a_dropped_letter_reaches_nobody_and_a_sent_one_is_not_changed(cast, browse, event):
    dina = browse(cast.dina)
    first = dina.post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "waiting"}).location
    second = dina.post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"}).location

    dina.post(f"{first}/drop")
    dina.post(f"{second}/send")

    assert [one.status for one in letters("event_words")] == ["waiting"] * 3
    assert [dina.post(f"{where}/send").status for where in (first, second)] == [409, 409]
    assert list(db.session.scalars(select(HeldLetter.status).order_by(HeldLetter.id))) == ["dropped", "sent"]
    assert dina.get(f"/trainings/{event.id}/letters").status == 200


def test_who_has_cancelled_before_a_letter_is_sent_does_not_get_it(cast, browse, event):
    dina = browse(cast.dina)
    where = dina.post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"}).location
    db.session.scalars(select(Registration).order_by(Registration.id)).first().status = "cancelled"
    db.session.commit()

    dina.post(f"{where}/send")

    assert len(letters("event_words")) == db.session.scalars(select(HeldLetter.sent_count)).one() == 2


def test_two_people_who_change_a_letter_lose_nothing(cast, browse, event):
    where = browse(cast.dina).post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"}).location
    hers, his = browse(cast.dina).get(f"{where}/edit"), browse(cast.bruno).get(f"{where}/edit")
    hers.submit(f"{where}/edit", body_en="Hers")

    page = his.submit(f"{where}/edit", body_en="His")

    assert page.status == 409 and "Hers" in page.text and page.document.xpath("string(//textarea[@name='body_en'])").strip() == "His"


@pytest.mark.parametrize("wrong", [{"groups": []}, {"subject_en": ""}, {"subject_en": "", "body_en": "", "subject_ru": "", "body_ru": ""}])
def test_a_letter_needs_readers_and_whole_languages(cast, browse, event, wrong):
    page = browse(cast.bruno).post(f"/trainings/{event.id}/letters/new", {"groups": ["confirmed"]} | WORDS | wrong)

    assert page.status == 422 and not letters("event_words")


def test_only_those_who_came_or_only_those_who_did_not(cast, browse, event):
    ana = db.session.scalar(select(Registration).where(Registration.member_id == cast.ana.id))
    came(event, ana)

    browse(cast.bruno).post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "attended"})
    browse(cast.bruno).post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "absent"})

    assert [one.member_id for one in letters("event_words")] == [cast.ana.id, cast.bruno.id, None]


# ---- by themselves ---------------------------------------------------------------------------------------------------


def test_people_with_a_seat_are_reminded_once_two_days_before(cast, event, later):
    cast.bruno.notices = "never"
    db.session.commit()
    assert reminding.remind() == 0

    later(days=9)

    assert (reminding.remind(), reminding.remind()) == (2, 0)
    assert [one.member_id for one in letters("event_reminder")] == [cast.ana.id, None]
    assert emails.render(letters("event_reminder")[0])[0].startswith("Soon: Plain language")


def test_whoever_got_a_seat_just_now_is_not_reminded(cast, event, later):
    later(days=9)
    db.session.execute(Registration.__table__.update().values(changed_at=now() - timedelta(hours=1)))
    db.session.commit()

    assert reminding.remind() == 0


def test_those_who_came_are_asked_how_it_was_and_weeks_later_what_they_used(cast, event, later):
    ana = db.session.scalar(select(Registration).where(Registration.member_id == cast.ana.id))
    came(event, ana)

    later(days=12)
    assert (reminding.ask_for_feedback(), reminding.ask_for_feedback(), reminding.ask_what_was_used()) == (1, 0, 0)
    later(days=41)
    assert (reminding.ask_what_was_used(), reminding.ask_what_was_used()) == (1, 0)
    later(days=101)
    assert (reminding.ask_what_was_used(), reminding.ask_what_was_used()) == (1, 0)

    assert [emails.render(one)[0].split(":")[0].split("?")[0] for one in letters("event_feedback") + letters("event_used")] == [
        "How was it", "What did you use", "What did you use"]
    assert list(db.session.scalars(select(Notice.kind).where(Notice.member_id == cast.ana.id).order_by(Notice.id))) == [
        "event.feedback", "event.used", "event.used"]


def test_the_question_leads_to_trying_a_practice_or_to_an_end(cast, browse, event, later):
    practice = make.practice(cast.ogre, themes=["digital_skills"])
    event.themes = ["digital_skills"]
    ana = db.session.scalar(select(Registration).where(Registration.member_id == cast.ana.id))
    came(event, ana)
    later(days=45)

    page = browse(cast.ana).get(f"/registrations/{ana.id}/used")
    page.submit(f"/registrations/{ana.id}/used")

    assert page.has_link(f"/practices/{practice.id}/adoptions/new")
    assert reminding.ask_what_was_used() == 0


def test_access_needs_are_forgotten_at_the_end_and_when_somebody_goes(cast, event, later):
    going = db.session.scalar(select(Registration).where(Registration.member_id == cast.ana.id))
    going.status = "cancelled"
    db.session.commit()

    assert retention.forget_needs() == 1
    later(days=10, hours=3)
    assert (retention.forget_needs(), retention.forget_needs()) == (2, 0)


def test_names_are_forgotten_two_years_later_and_numbers_stay(cast, browse, event, later):
    question = make.question_of(event)
    ana = db.session.scalar(select(Registration).where(Registration.member_id == cast.ana.id))
    db.session.add_all([Answer(registration_id=ana.id, question_id=question.id, value="My name is Ana"),
                        Certificate(number="LIBRI-2026-AAAA-BBBB", event_id=event.id, registration_id=ana.id, member_id=cast.ana.id, name="Ana",
                                    language="en", hours=2, is_name_public=True)])
    came(event, ana)
    later(days=738)
    assert retention.anonymise() == 0
    later(days=742)

    assert (retention.anonymise(), retention.anonymise()) == (4, 0)

    db.session.rollback()
    left = db.session.scalars(select(Registration).order_by(Registration.id)).all()
    assert {(one.member_id, one.guest_name, one.guest_email, one.note) for one in left} == {(None, "", "", "")}
    assert [one.organisation_id for one in left] == [cast.lyon_library.id, cast.lyon.id, None, cast.ogre.id]
    assert not db.session.scalar(select(Answer.question_id)) and db.session.scalar(select(Attendance.session_id))
    assert "Ana" not in browse(accept_language="en").get("/certificates/LIBRI-2026-AAAA-BBBB").text


def test_a_letter_nobody_released_and_a_guest_who_never_confirmed_are_dropped(cast, browse, event, later):
    browse(cast.bruno).post(f"/trainings/{event.id}/letters/new", WORDS | {"groups": "confirmed"})
    make.registration(event, status="unconfirmed")
    db.session.commit()
    assert (retention.drop_held_letters(), retention.forget_unconfirmed()) == (0, 0)

    later(days=31)

    assert (retention.drop_held_letters(), retention.forget_unconfirmed()) == (3, 1)


def test_the_worker_does_it_every_minute(world, event, later):
    first = worker.do_chores(world, worker.OFTEN, worker.OFTEN_AFTER)
    again = worker.do_chores(world, worker.OFTEN, worker.OFTEN_AFTER)
    later(minutes=1)

    assert first == list(chores.EVERY_MINUTE) and again == [] and worker.do_chores(world, worker.OFTEN, worker.OFTEN_AFTER) == first


# ---- hours -----------------------------------------------------------------------------------------------------------


def test_hours_of_a_year_by_person_and_organisation_as_far_as_one_may_see(cast, browse, event):
    year = event.starts_at.year
    came(event, *db.session.scalars(select(Registration).where(Registration.status == "confirmed")))
    cast.bruno.language = cast.carla.language = "en"
    db.session.commit()

    names = {one.name: browse(one).get(f"/trainings/hours?year={year}").texts("//section[@aria-labelledby='people']//tbody/tr/th")
             for one in (cast.ana, cast.bruno, cast.carla, cast.dina)}

    assert names == {"Ana": ["Ana"], "Bruno": ["Ana", "Bruno"], "Carla": [], "Dina": ["Ana", "Bruno", "Guest"]}
    page = browse(cast.bruno).get(f"/trainings/hours?year={year}")
    assert page.texts("//section[@aria-labelledby='organisations']//tbody/tr/td[last()]") == ["2", "2"]
    books = [read(browse(cast.bruno).get(f"/trainings/hours.xlsx?year={year}{by}").body) for by in ("", "&by=organisation")]
    assert [book[1] for book in books] == [["Ana", "Bibliothèque de Lyon", "1", "2"], ["Bibliothèque de Lyon", "1", "1", "2"]]


@pytest.mark.long
def test_lists_of_four_take_the_statements_of_one(cast, browse, statements):
    event, bruno = make.event(cast.lyon), browse(cast.bruno)
    addresses = [f"/trainings/{event.id}/check-in", f"/trainings/{event.id}/letters", f"/trainings/hours?year={event.starts_at.year}"]

    def fill(number: int) -> list[int]:
        for _ in range(number):
            place = make.organisation("Library", parent=cast.lyon)
            came(event, make.registration(event, make.member("Zoe", "fr", place)))
            make.held_letter(event)
        db.session.commit()
        return [statements.of(bruno, address, only="SELECT") for address in addresses]

    assert fill(1) == fill(3) and max(fill(0)) <= 9
