"""Without JavaScript (A4), by real clicks and typing: everything that is written about an organisation."""

from __future__ import annotations

from playwright.sync_api import expect

from libri import tickets
from libri.db import db
from libri.directory.models import ContactPerson

from .conftest import PASSWORD
from .steps import fill, follow, mistakes, press, settle, titled, told, unfold


def test_an_organisation_is_described_in_every_language(site, plain):
    number = settle(site, "edite")
    page = plain("edite")
    page.goto(f"/organisations/{number}")
    follow(page, "Edit the page")
    fill(page, website="not an address")
    press(page, "Save")
    assert "Website" in mistakes(page)[0]

    for summary in page.locator("main .disclosure > summary").all():
        summary.click()
    texts = {"lv": "Mēs lasām kopā.", "en": "We read together.", "ru": "Мы читаем вместе.", "uk": "Ми читаємо разом."}
    fill(page, website="https://library.example", **{f"description_{code}": text for code, text in texts.items()})
    press(page, "Save")
    titled(page, "Edite library")

    for code, text in texts.items():
        page.goto(f"/organisations/{number}?in={code}")
        expect(page.locator(f"main .prose[lang={code}]")).to_contain_text(text)
    follow(page, "History")
    expect(page.locator("main article").first).to_contain_text("We read together.")


def test_of_two_editors_the_second_sees_both_texts(site, plain):
    number = settle(site, "pirma")
    first, second = plain("pirma"), plain("pirma")
    for page in (first, second):
        page.goto(f"/organisations/{number}/edit")
    fill(first, city="Ikšķile")
    press(first, "Save")
    titled(first, "Pirma library")

    fill(second, city="Lielvārde")
    press(second, "Save")

    expect(second.locator("main .notice--warning")).to_contain_text("Ikšķile")
    expect(second.locator("main [name=city]")).to_have_value("Lielvārde")
    press(second, "Save")
    expect(second.locator("main .page-head")).to_contain_text("Lielvārde")


def test_a_contact_person_is_added_changed_moved_confirmed_and_followed(site, plain):
    number = settle(site, "ilze")
    page = plain("ilze")
    page.goto(f"/organisations/{number}")
    follow(page, "Add a contact person")
    fill(page, function="Story teller", name="Marta")
    press(page, "Add")
    assert "agreed" in " ".join(mistakes(page))
    fill(page, consented_on="2026-01-15")
    press(page, "Add")
    card = page.locator("article.card", has_text="Story teller")
    expect(card).to_contain_text("Marta")

    card.get_by_role("link", name="Edit").click()
    fill(page, function="Teller of stories")
    press(page, "Save")
    card = page.locator("article.card", has_text="Teller of stories")
    card.get_by_role("button", name="Move up").click()
    expect(page.locator("#people article").first).to_contain_text("Teller of stories")
    card.get_by_role("button", name="Still correct").click()
    told(page, "confirmed")

    card.get_by_role("link", name="End or hand over").click()
    page.get_by_label("Head of the reading room").check()
    press(page, "End the appointment")
    expect(page.locator("#people article")).to_have_count(1)


def test_an_entry_is_confirmed_by_the_link_of_a_letter_without_signing_in(site, plain):
    number = settle(site, "vilma")
    with site.app.app_context():
        contact = db.session.query(ContactPerson).filter_by(organisation_id=number).one()
        token = tickets.issue("confirm_contact", contact.id, 24).token()
        db.session.commit()
    page = plain()

    page.goto(f"/contact/confirm/{token}")
    expect(page.locator("main")).to_contain_text("Head of the reading room")
    press(page, "Yes, this is still correct")

    titled(page, "Thank you")


def test_a_venue_with_two_rooms_is_offered_changed_and_withdrawn(site, plain):
    number = settle(site, "olga")
    page = plain("olga")
    page.goto(f"/organisations/{number}")
    follow(page, "Offer a venue")
    fill(page, name="House of books", room_0_name="Hall", room_0_capacity="60", room_1_name="Attic", room_1_capacity="12")
    page.locator("main [name=room_0_equipment]").first.check()
    press(page, "Add another room")
    expect(page.locator("main [name=room_3_name]")).to_be_attached()
    press(page, "Offer")
    expect(page.locator("#venues")).to_contain_text("Attic")

    page.locator("#venues").get_by_role("link", name="Edit").click()
    fill(page, room_1_capacity="15")
    press(page, "Save")
    expect(page.locator("#venues")).to_contain_text("15 seats")
    unfold(page, "Withdraw the offer")
    press(page, "Withdraw the offer", "#venues .confirm__question")

    expect(page.locator("#venues")).to_contain_text("No venue is offered here.")


def test_text_written_after_the_session_ended_is_there_after_signing_in(site, plain):
    number = settle(site, "rita")
    page, other = plain("rita"), plain("rita")
    page.goto(f"/organisations/{number}/edit")
    fill(page, description_en="Three hours of careful writing.")
    other.goto("/me/sessions")
    press(other, "Sign out all other devices")
    told(other, "signed out")

    press(page, "Save")
    titled(page, "Sign in")
    fill(page, email="rita@paraugs.example", password=PASSWORD)
    press(page, "Sign in")

    titled(page, "Edit the page of the organisation")
    expect(page.locator("main [role=status]").first).to_contain_text("What you typed is here again")
    expect(page.locator("main [name=description_en]")).to_have_value("Three hours of careful writing.")
    press(page, "Save")
    expect(page.locator("main .prose").first).to_contain_text("careful writing")
