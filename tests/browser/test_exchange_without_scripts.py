"""Without JavaScript (A4), by real clicks and typing: practices from the first minute to the translation, discussions, notices."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .steps import discussion_of, fill, follow, mistakes, practice_of, press, settle, tick, titled, told, unfold

# ---- practices -------------------------------------------------------------------------------------------------------


def test_a_practice_is_told_in_a_minute_filled_and_submitted(site, plain):
    settle(site, "inta", "member")
    page = plain("inta")
    page.goto("/practices")
    follow(page, "Tell about a practice")
    fill(page, title="Coffee in two languages")
    press(page, "Save the draft")
    assert len(mistakes(page)) == 3
    expect(page.locator("main [name=title]")).to_have_value("Coffee in two languages")

    fill(page, summary="We set four tables. Forty people came. Eleven of them still come.")
    tick(page, themes="language_learning", target_groups="newcomers_adults")
    press(page, "Save the draft")
    told(page, "Your draft is saved.")

    page.locator("main a[href$='/edit/lessons']").first.click()
    fill(page, text="Small tables work best.")
    press(page, "Save and go on")
    told(page, "Saved.")
    titled(page, "How others can do it")
    follow(page, "All sections and submitting")
    follow(page, "Check and submit")
    press(page, "Submit")

    told(page, "Your practice is with the review.")


def test_the_office_writes_a_comment_and_publishes(site, plain):
    address = practice_of(site, settle(site, "inga"), status="submitted", text={"title": "Reading to dogs"})
    page, author = plain("dina"), plain("inga")
    page.goto("/practices/review")
    follow(page, "Reading to dogs")
    part = page.locator("#part-results")
    part.locator("summary", has_text="Write a comment").click()
    part.locator("textarea").fill("How many came?")
    press(page, "Write the comment", "#part-results")
    told(page, "The comment stands beside the section.")

    author.goto(f"{address}/edit/results")
    expect(author.locator("main")).to_contain_text("How many came?")
    fill(author, text="Eleven children came.")
    press(author, "Save and go on")
    told(author, "Saved.")

    press(page, "Publish")
    told(page, "Look once more")
    expect(page.locator("#part-results")).to_contain_text("Eleven children came.")
    press(page, "Publish")

    told(page, "The practice is published.")
    titled(page, "Reading to dogs")


def test_a_reader_translates_a_practice(site, plain):
    page = plain("anna")
    page.goto(practice_of(site, settle(site, "iveta"), text={"title": "Stories on the bus"}))
    unfold(page, "Translations")
    follow(page, "Translate: Latvian")
    fill(page, title="Stāsti autobusā", summary="Mēs lasām, kamēr braucam.")
    press(page, "Save the translation")

    told(page, "Thank you. The translation is there for everyone.")
    titled(page, "Stāsti autobusā")
    expect(page.locator("h1")).to_have_attribute("lang", "lv")


def test_a_reader_asks_for_a_field_and_tells_of_trying(site, plain):
    address = practice_of(site, settle(site, "irma"), text={"title": "A shelf of thanks"})
    page, author = plain("anna"), plain("irma")
    page.goto(address)
    press(page, "Ask the authors: How do you know?")
    told(page, "The authors are asked.")
    follow(page, "We tried this")
    press(page, "Tell the network")
    assert len(mistakes(page)) == 1
    fill(page, changes="We had one shelf, not four.", cost="40 EUR")
    tick(page, would_repeat="with_changes")
    press(page, "Tell the network")
    told(page, "Others can now read what you tried.")
    expect(page.locator("#adoptions")).to_contain_text("We had one shelf, not four.")

    author.goto("/notices")
    expect(author.locator("main")).to_contain_text("Somebody tried your practice: A shelf of thanks")
    follow(author, "A reader asks for a detail of your practice: A shelf of thanks")
    fill(author, answer="We counted the thanks.")
    press(author, "Answer")

    told(author, "Your answer stands on the page.")
    expect(author.locator("#evidence")).to_contain_text("We counted the thanks.")


# ---- discussions -----------------------------------------------------------------------------------------------------


def test_a_question_is_asked_answered_and_settled(site, plain):
    settle(site, "ieva", "member")
    page = plain("ieva")
    page.goto("/discussions")
    follow(page, "Start a discussion")
    follow(page, "Question")
    fill(page, title="Who cleans the toys?", body="We have **forty** bears.")
    press(page, "Preview")
    expect(page.locator("#preview strong")).to_have_text("forty")
    press(page, "Publish")
    told(page, "Your discussion is open.")

    other = plain("anna")
    answer_and_mend(other, page.url)

    page.goto("/notices")
    page.get_by_role("link", name=re.compile("(reply in|quoted in): Who cleans the toys")).first.click()
    expect(page.locator(".post").nth(1)).to_contain_text("The pupils do, on Fridays.")
    press(page, "Thanks")
    expect(page.get_by_role("button", name="Thanks · 1")).to_have_attribute("aria-pressed", "true")
    press(page, "This is the answer")

    told(page, "This reply is marked as the answer.")
    expect(page.locator("main")).to_contain_text("To the accepted answer")


def answer_and_mend(page, address: str) -> None:
    """Follow a discussion, answer its first text with a quotation, and mend the answer."""
    page.goto(address)
    press(page, "Follow")
    told(page, "You follow this now.")
    follow(page, "Quote")
    quoted = page.locator("main [name=body]").input_value()
    assert quoted.startswith("> We have")
    fill(page, body=quoted + "The pupils do.")
    press(page, "Reply")
    expect(page.locator(".post blockquote")).to_contain_text("forty")
    follow(page, "Edit")
    fill(page, body=quoted + "The pupils do, on Fridays.")
    press(page, "Save")
    told(page, "Your text is saved.")


def test_a_text_is_reported_and_hidden_and_its_author_is_told_why(site, plain):
    settle(site, "ilga", "member")
    settle(site, "imants", "member")
    page, office, author = plain("ilga"), plain("dina"), plain("imants")
    address = discussion_of(site, "ilga", "Who needs large print?", answered_by="imants")
    page.goto(address)
    follow(page, "Report")
    fill(page, reason="It names a reader.")
    press(page, "Send to the office")
    told(page, "The office looks at it")
    titled(page, "My report")

    office.goto("/discussions/reports")
    follow(office, "Who needs large print?")
    expect(office.locator("main")).to_contain_text("Ask Mrs. Liepa")
    fill(office, reason="Please do not name readers.")
    press(office, "Hide the text")
    told(office, "The text is hidden.")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("This text was hidden by a moderator.")
    expect(page.locator("main")).not_to_contain_text("Liepa")

    author.goto("/notices")
    expect(author.locator(".news__item").first).to_contain_text("Please do not name readers.")
    press(author, "Mark all as read")
    told(author, "All notices are marked as read.")
    follow(author, "Your text was hidden in: Who needs large print?")

    expect(author.locator("main")).to_contain_text("Ask Mrs. Liepa")
