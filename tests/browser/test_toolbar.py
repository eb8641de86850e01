"""The buttons above a text: fetched when the text comes near, and doing what they say (quality.md, weight of a cold visit)."""

from __future__ import annotations

from playwright.sync_api import expect

from .steps import discussion_of, settle


def test_the_buttons_come_with_the_text_and_mark_what_is_chosen(site, visit):
    settle(site, "tija")
    settle(site, "raja")
    page, fetched = visit("tija"), []
    page.on("request", lambda request: fetched.append(request.url) if "markdown-toolbar" in request.url else None)
    page.set_viewport_size({"width": 600, "height": 200})
    page.goto(discussion_of(site, "tija", "Who makes the tea?", "raja"))

    assert not fetched
    page.locator("textarea[name=body]").scroll_into_view_if_needed()
    page.locator("textarea[name=body]").fill("tea")
    page.locator("textarea[name=body]").select_text()
    page.get_by_role("button", name="Bold").click()

    expect(page.locator("textarea[name=body]")).to_have_value("**tea**")
    assert len(fetched) == 1
