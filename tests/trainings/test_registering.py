"""Registering oneself, colleagues and guests: the form, its questions, and what is never given away (E5, E6, E12, E23)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from libri import emails
from libri.db import db, now
from libri.members.models import Organisation
from libri.outbox import Letter
from libri.trainings import reaching
from libri.trainings.models import Answer, Registration, RegistrationEntry

from .. import make


@pytest.fixture
def event(cast):
    """An event of Ogre with two seats."""
    new = make.event(cast.ogre, capacity=2)
    db.session.commit()
    return new


def way(event, page: str = "registration") -> str:
    return f"/trainings/{event.id}/{page}"


def last_letter() -> Letter:
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one()


def test_one_registers_and_sees_how_it_stands(cast, browse, event):
    ana = browse(cast.ana)

    page = ana.follow(ana.get(way(event)).submit(way(event), access_needs="A seat in front"))

    assert page.h1 == "My registration" and "You have a seat." in page.messages and "A seat in front" in page.text


def test_a_double_press_registers_once(cast, browse, event):
    ana = browse(cast.ana)
    form = dict(ana.get(way(event)).document.xpath("//main//form[@method='post']")[0].form_values())

    first, second = (ana.post(way(event), form) for _ in range(2))

    assert first.location == second.location and first.location.startswith("/registrations/")
    assert db.session.scalar(select(func.count(Registration.id))) == 1


def test_a_second_form_leads_to_the_first_registration(cast, browse, event):
    ana = browse(cast.ana)
    pages = [ana.get(way(event)) for _ in range(2)]

    locations = {page.submit(way(event)).location for page in pages}

    assert len(locations) == 1 and db.session.scalar(select(func.count(Registration.id))) == 1


def test_the_letter_says_what_when_and_where_in_the_readers_language(cast, browse, event):
    browse(cast.ana).get(way(event)).submit(way(event))

    subject, text, html = emails.render(last_letter())

    assert event.title["en"] in subject and "Your seat is confirmed." in text and "Rīga" in text and "/registrations/" in html
    assert last_letter().values["calendars"][0]["method"] == "PUBLISH"


@pytest.mark.parametrize(("given", "said"), [
    ({"audience": "partnership"}, "Only people of this local partnership"),
    ({"audience_kinds": ["municipality"]}, "people who work here"),
    ({"audience_roles": ["coordinator"]}, "with this role")])
def test_who_may_come_is_said_instead_of_the_form(cast, browse, given, said):
    event = make.event(cast.ogre, **given)

    page = browse(cast.ana).get(way(event))

    assert "This event is not meant for you" in page.text and said in page.text and not page.document.xpath("//main//form")
    assert browse(cast.ana).post(way(event)).status == 403


def test_a_question_is_required_only_after_the_answer_it_belongs_to(cast, browse, event):
    lunch = make.question_of(event, "choice", "Do you stay for lunch?", options=["stay", "leave"], is_required=True)
    diet = make.question_of(event, "text", "What do you not eat?", is_required=True, shown_if_question_id=lunch.id, shown_if_values=["stay"])
    db.session.commit()
    page = browse(cast.ana).get(way(event))
    assert "Answer this only if you chose Stay at: Do you stay for lunch?" in page.text

    hungry = page.submit(way(event), **{f"q{lunch.id}": "stay"})
    away = page.submit(way(event), **{f"q{lunch.id}": "leave", f"q{diet.id}": "Typed before"})

    assert hungry.status == 422 and "Please answer this question." in hungry.text and away.status == 303
    assert dict(db.session.execute(select(Answer.question_id, Answer.value)).all()) == {lunch.id: "leave"}


def test_every_kind_of_question_is_kept_and_shown_again(cast, browse, event):
    given = {"text": "Plain", "long": "Two\nlines", "choice": "a", "choices": ["a", "b"], "yes_no": "yes", "number": "2,5", "date": "2026-09-01"}
    asked = {kind: make.question_of(event, kind, f"About {kind}", options=["a", "b"]) for kind in given}
    db.session.commit()
    ana = browse(cast.ana)

    page = ana.follow(ana.get(way(event)).submit(way(event), **{f"q{asked[kind].id}": value for kind, value in given.items()}))
    again = ana.get(page.browser.address + "/answers")

    assert all(f"About {kind}" in page.text for kind in given) and "1 September 2026" in page.text
    form = again.document.xpath("//main//form[@method='post']")[0]
    kept = {name: value for name, value in form.form_values() if name.startswith("q")}
    assert kept[f"q{asked['number'].id}"] == "2.5" and kept[f"q{asked['date'].id}"] == "2026-09-01"


def test_answers_change_until_the_date_and_nothing_is_overwritten(cast, browse, event, later):
    event.answers_until = now() + timedelta(days=1)
    one = make.registration(event, cast.ana)
    db.session.commit()
    page = f"/registrations/{one.id}/answers"
    ana, dina = browse(cast.ana).get(page), browse(cast.dina).get(page)

    assert dina.submit(page, access_needs="Ramp").status == 303
    conflict = ana.submit(page, access_needs="Captions")
    assert conflict.status == 409 and "Ramp" in conflict.text and "Captions" in conflict.source
    assert conflict.submit(page, access_needs="Ramp and captions").status == 303
    later(days=2)
    assert browse(cast.ana).get(page).location == f"/registrations/{one.id}"


def test_one_person_may_get_more_time_than_the_others(cast, browse, event, later):
    event.answers_until, cast.carla.language = now() - timedelta(days=1), "en"
    one = make.registration(event, cast.ana)
    page = browse(cast.carla).get(f"/registrations/{one.id}")
    assert browse(cast.ana).get(f"/registrations/{one.id}/answers").status == 303

    page.submit(f"/registrations/{one.id}/answers/until", until=(now() + timedelta(days=2)).date().isoformat())

    assert browse(cast.ana).get(f"/registrations/{one.id}/answers").status == 200


# ---- colleagues (E12) ------------------------------------------------------------------------------------------------


def test_a_coordinator_registers_a_colleague_and_the_log_says_so(cast, browse, event):
    cast.bruno.language = "en"
    bruno = browse(cast.bruno)
    page = bruno.get(way(event, "colleagues"))
    choice = page.document.xpath("//option[contains(., 'Ana')]/@value")[0]

    listed = bruno.follow(page.submit(way(event, "colleagues"), membership_id=choice))

    entry = db.session.scalars(select(RegistrationEntry).limit(1)).one()
    assert "Ana" in listed.text and entry.action == "made_for" and entry.by_id == cast.bruno.id
    assert "Somebody of your partnership entered you." in emails.render(last_letter())[1]


def test_a_coordinator_does_not_offer_people_of_others(cast, browse, event):
    page = browse(cast.carla).get(way(event, "colleagues"))

    assert not page.document.xpath("//option[contains(., 'Ana')]")


def test_the_coordinator_does_not_read_what_a_person_needs(cast, browse, event):
    one = make.registration(event, cast.ana, access_needs="A quiet room")

    assert "A quiet room" not in browse(cast.bruno).get(f"/registrations/{one.id}").source
    assert "A quiet room" in browse(cast.carla).get(f"/registrations/{one.id}").source


def test_the_online_link_is_only_for_those_confirmed(cast, browse):
    event = make.event(cast.ogre, capacity=1, mode="online", online_url="https://meet.example/7")
    seated, waiting = make.registration(event, cast.ana), make.registration(event, cast.bruno, "waiting")

    assert "https://meet.example/7" in browse(cast.ana).get(f"/registrations/{seated.id}").source
    assert "https://meet.example/7" not in browse(cast.bruno).get(f"/registrations/{waiting.id}").source


# ---- guests (E23) ----------------------------------------------------------------------------------------------------


@pytest.fixture
def open_event(cast):
    """An event anybody may come to, with one seat."""
    new = make.event(cast.ogre, audience="public", capacity=1)
    db.session.commit()
    return new


def ask_as_guest(browse, event, email: str = "nina@museum.example"):
    guest = browse(accept_language="en")
    sent = guest.get(way(event, "guest")).submit(way(event, "guest"), guest_name="Nina", guest_email=email, **make.drawn_long_ago())
    return guest, guest.follow(sent)


def link_in(letter: Letter, begins: str) -> str:
    text = emails.render(letter)[1]
    return next(line for line in text.splitlines() if begins in line).removeprefix("http://localhost")


def test_a_guest_takes_part_once_the_address_is_confirmed(browse, open_event):
    guest, page = ask_as_guest(browse, open_event)
    assert page.h1 == "Look into your mail" and db.session.scalar(select(Registration.status)) == "unconfirmed"

    link = link_in(last_letter(), "/registration/confirm/")
    question = guest.get(link)
    assert db.session.scalar(select(Registration.status)) == "unconfirmed"
    own = guest.follow(question.submit(link))

    assert own.h1 == "My registration" and db.session.scalar(select(Registration.status)) == "confirmed"
    assert guest.get(link).status == 410


def test_a_guest_cancels_by_the_link_and_the_seat_goes_on(cast, browse, open_event):
    guest, _page = ask_as_guest(browse, open_event)
    link = link_in(last_letter(), "/registration/confirm/")
    own = guest.follow(guest.get(link).submit(link))
    make.registration(open_event, cast.ana, "waiting")
    db.session.commit()

    own.submit(f"{own.browser.address}/cancel")

    assert list(db.session.scalars(select(Registration.status).order_by(Registration.arrived))) == ["cancelled", "offered"]


def test_the_page_does_not_say_who_is_registered_already(browse, open_event):
    make.registration(open_event, None, guest_name="Nina", guest_email="nina@museum.example", language="en")
    db.session.commit()

    _guest, page = ask_as_guest(browse, open_event)

    assert page.h1 == "Look into your mail" and db.session.scalar(select(func.count(Registration.id))) == 1
    assert "/guest/" in emails.render(last_letter())[1]


def test_who_has_an_account_takes_no_second_seat_as_a_guest_or_the_other_way_round(cast, browse, open_event):
    make.registration(open_event, cast.ana)
    nina = make.registration(open_event, None, "waiting", guest_name="B.", guest_email=cast.bruno.email, language="en")
    db.session.commit()

    _guest, page = ask_as_guest(browse, open_event, cast.ana.email.upper())
    assert page.h1 == "Look into your mail" and last_letter().member_id == cast.ana.id
    bruno = browse(cast.bruno).get(way(open_event, "registration")).submit(way(open_event, "registration"))

    assert bruno.location == reaching.own_page(nina) and db.session.scalar(select(func.count(Registration.id))) == 2


def test_nobodys_mailbox_is_filled_through_the_form_for_guests(browse, open_event):
    form, nina = browse().get(way(open_event, "guest")), {"guest_name": "Nina", "guest_email": "nina@museum.example"} | make.drawn_long_ago()

    assert [form.submit(**nina, once=str(number) * 22).status for number in range(4)] == [303, 303, 303, 429]


def test_a_guest_reads_no_names_of_members_in_the_log(cast, browse, open_event):
    nina = make.registration(open_event, None, guest_name="Nina", guest_email="nina@museum.example", language="en")
    db.session.add(RegistrationEntry(registration_id=nina.id, action="confirmed", by_id=cast.carla.id))
    db.session.commit()

    assert cast.carla.name not in browse(accept_language="en").get(reaching.own_page(nina)).text
    assert cast.carla.name in browse(cast.carla).get(f"/registrations/{nina.id}").text


def test_the_letter_in_the_outbox_does_not_hold_the_link(browse, open_event):
    ask_as_guest(browse, open_event)

    token = link_in(last_letter(), "/registration/confirm/").rsplit("/", 1)[1]
    assert token not in str(last_letter().values) + emails.render(last_letter(), secret=False)[1]


# ---- going -----------------------------------------------------------------------------------------------------------


def test_who_closes_the_account_leaves_the_seat_to_others(cast, browse, event):
    from libri.db import write_tx
    from libri.members import leaving
    from libri.members.models import Member

    make.registration(event, cast.ana)
    make.registration(event, cast.dina)
    make.registration(event, cast.carla, "waiting")
    db.session.commit()
    with write_tx() as session:
        leaving.close(session.get_one(Member, cast.ana.id))

    assert list(db.session.scalars(select(Registration.status).order_by(Registration.arrived))) == ["cancelled", "confirmed", "offered"]


def test_closed_registration_says_so(cast, browse, event):
    event.registration_closes = now() - timedelta(hours=1)

    page = browse(cast.ana).get(way(event))

    assert "The last day to register is over." in page.text and page.status == 200


def test_somebody_of_two_places_chooses_for_which_they_come(cast, browse, event):
    from libri.members.models import Membership

    db.session.add(Membership(member_id=cast.ana.id, organisation_id=cast.ogre_library.id))
    page = browse(cast.ana).get(way(event))

    page.submit(way(event), organisation_id=str(cast.ogre_library.id))

    assert db.session.scalar(select(Registration.partnership_id)) == db.session.get(Organisation, cast.ogre.id).root_id
