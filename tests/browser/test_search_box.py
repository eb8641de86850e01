"""The box of the search: suggestions by keyboard alone, the same search without scripts, nothing for axe to say."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_a_suggestion_is_chosen_with_the_arrow_keys(visit):
    page = visit()
    page.goto("/practices")
    box = page.locator("header [name=q]")
    box.focus()
    page.keyboard.type("kafejn")

    expect(page.locator("[role=option]").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(0)
    page.keyboard.type("ic")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#suggestion-1")).to_have_attribute("aria-selected", "true")
    address = page.locator("#suggestion-1").get_attribute("data-href")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


def test_enter_alone_searches_and_filters_follow(visit):
    page = visit()
    page.goto("/about")
    page.locator("header [name=q]").fill("kafejnīcas")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Search")
    expect(page.locator("#q")).to_have_value("kafejnīcas")
    page.locator(".kinds a").nth(1).click()
    expect(page).to_have_url(re.compile("kind="))
    expect(page.locator(".kinds [aria-current]")).to_have_count(1)
