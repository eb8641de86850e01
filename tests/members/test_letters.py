"""The letters about an account can be read in every language and hold no secret in the outbox (S50)."""

import pytest

from libri import emails, tickets
from libri.db import db
from libri.i18n import LANGUAGES

from .. import make


def letters_to(ana) -> list:
    return [
        emails.sign_in_link(ana, tickets.issue("sign_in", ana.id, 1)),
        emails.new_password(ana, tickets.issue("new_password", ana.id, 1)),
        emails.confirm_address(ana, "ana@new.example", tickets.issue("confirm_address", ana.id, 1)),
        emails.password_changed(ana), emails.address_changed(ana, "ana@old.example", "ana@new.example"),
        emails.second_factor_changed(ana, True), emails.second_factor_changed(ana, False),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_drawn_as_text_and_html(cast, language):
    cast.ana.language = language
    letters = letters_to(cast.ana)
    db.session.flush()

    drawn = [emails.render(letter) for letter in letters]

    assert all(subject.strip() and "\n" not in subject.strip() for subject, _, _ in drawn)
    assert all("{" not in text and "&#" not in text for _, text, _ in drawn)
    assert all(f'lang="{language}"' in html for _, _, html in drawn)


def test_the_office_reads_letters_without_the_secret_in_them(cast):
    letter = letters_to(cast.ana)[0]
    db.session.flush()

    sent, shown = emails.render(letter)[1], emails.render(letter, secret=False)[1]

    token = tickets.known("sign_in", sent.split("/sign-in/link/")[1].split()[0])
    assert token.subject_id == cast.ana.id
    assert tickets.known("sign_in", shown.split("/sign-in/link/")[1].split()[0]) is None
    assert letter.values.keys() == {"ticket"}


def test_no_word_that_people_typed_becomes_a_link(cast):
    contact = make.contact(cast.lyon, function="Blocked: evil.example/in")
    letter = emails.contact_listed(contact, "host@library.example", "en", "https://evil.example")
    db.session.commit()

    assert not any("evil.example" in part for part in emails.render(letter))
