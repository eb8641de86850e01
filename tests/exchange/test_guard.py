"""The guard that warns of personal data before others read a text."""

import pytest

from libri.exchange import guard

from .. import make
from .reread import again


@pytest.mark.parametrize(("words", "kind"), [
    ("Write to anna.berzina@library.example please", "email"), ("anna.berzina (at) library.example", "email"), ("ａｎｎａ＠library.example", "email"),
    ("Call +371 26 123 456 today", "phone"), ("Call 00371 26123456", "phone"), ("tālr. 2612 3456", "phone"), ("26123456", "phone"),
    ("tel. 67 843 200", "phone"), ("06 12 34 56 78", "phone"),
    ("Personal code 010190-12345.", "personal_code"), ("010190 – 12345", "personal_code"), ("010190\u201112345", "personal_code"),
    ("321234-12345", "personal_code"), ("RSSMRA85T10A562S", "personal_code"),
    ("LV80BANK0000435195001", "bank_account"), ("LV80 BANK 0000 4351 9500 1", "bank_account"), ("PESEL 44051401359", "long_number")])
def test_what_may_be_personal_is_found(words, kind):
    assert [find.kind for find in guard.check({"need": words})] == [kind]


@pytest.mark.parametrize("words", [
    "From 2023–2024 we met 38 times.", "400 EUR a year, 12 000 visits", "8–18 people at 17.30", "ISBN 978-9934-0-1234-5", "2023-09-15",
    "Four tables of 5, every 6 weeks", "10.12.2024.–20.12.2024.", "In 2024 2025 visitors came", "1 000 000 books", "Bring tea @ five"])
def test_ordinary_numbers_are_left_alone(words):
    assert guard.check({"need": words}) == []


def test_an_address_ends_where_its_sentence_ends():
    found = guard.check({"summary": "Write to ilze@skola.example. Volunteers lead the talk."})

    assert [find.words for find in found] == ["ilze@skola.example"]


def test_a_section_of_steps_is_read_too():
    found = guard.check({"steps": ["We asked.", "We wrote to ilze@skola.example."], "need": "Nothing."})

    assert [(find.section, find.words) for find in found] == [("steps", "ilze@skola.example")]


def test_the_author_is_warned_and_can_go_on(cast, browse):
    draft = make.practice(cast.lyon_library, cast.ana, status="draft", published_at=None, text={"need": "Ask 010190-12345."})
    address = f"/practices/{draft.id}/submit"

    page = browse(cast.ana).get(address)
    answer = page.submit(address)

    assert page.has_link(f"/practices/{draft.id}/edit/need") and "010190-12345" in page.text and "Submit anyway" in page.text
    assert (answer.status, draft.status) == (303, "submitted")


def test_what_was_not_shown_is_not_waved_through(cast, browse):
    draft = make.practice(cast.lyon_library, cast.ana, status="draft", published_at=None)
    address = f"/practices/{draft.id}/submit"
    page = browse(cast.ana).get(address)
    again(draft).original.need = "Ask ilze@skola.example."

    answer = page.submit(address)

    assert (answer.status, draft.status) == (422, "draft")
    assert "ilze@skola.example" in answer.text
