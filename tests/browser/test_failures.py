"""What cannot be sent or fetched is said, and everything typed stays."""

from __future__ import annotations

from playwright.sync_api import expect

FAILURE = "That did not work. What you wrote is still here. Please try again."


def test_a_file_that_cannot_be_sent(visit):
    page = visit("karla")
    page.goto("/resources/new")
    page.get_by_label("Title", exact=True).fill("Task cards")
    page.locator("#upload").set_input_files({"name": "cards.txt", "mimeType": "text/plain", "buffer": b"One card"})

    page.route("**/resources/new", lambda route: route.abort())
    page.locator("main form button:not([type=button])").last.click()

    expect(page.locator("#messages .notice--error")).to_have_text(FAILURE)
    expect(page.get_by_label("Title", exact=True)).to_have_value("Task cards")
    expect(page.locator("[data-upload]")).to_be_hidden()


def test_what_a_page_asks_by_itself_takes_no_failure_away(visit):
    page = visit("karla")
    page.goto("/resources/new")
    page.evaluate("document.getElementById('title').dispatchEvent(new CustomEvent('libri:failed', {bubbles: true}))")

    with page.expect_response("**/resources/similar*"):
        page.get_by_label("Title", exact=True).fill("Task cards")
        page.keyboard.press("Tab")

    expect(page.locator("#similar")).to_be_attached()
    page.wait_for_timeout(300)
    expect(page.locator("#messages .notice--error")).to_have_text(FAILURE)


def test_a_list_that_cannot_be_fetched(visit):
    page = visit()
    page.goto("/practices")

    page.route("**/practices?*", lambda route: route.abort())
    page.locator("#words").fill("kafejnīca")
    page.keyboard.press("Enter")

    expect(page.locator("#messages .notice--error")).to_have_text(FAILURE)
    expect(page.locator("#words")).to_have_value("kafejnīca")
