"""Everything works by keyboard alone, in order, with focus in sight and no trap (A3, A6, A15)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD
from .steps import settle
from .walk import one_of_each, own_addresses

IN_SIGHT = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), look = getComputedStyle(e);
  const ringed = [e, e.parentElement, ...e.querySelectorAll('*')].map(getComputedStyle)
    .some(s => e.type === 'date' || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || parseFloat(s.strokeWidth || 0) >= 2);
  const points = [[.5, .5], [.1, .5], [.5, .2], [.9, .8]].map(
    ([x, y]) => [box.left + box.width * x, Math.max(box.top, 0) + (Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)) * y]);
  const seen = points.some(([x, y]) => { const top = document.elementFromPoint(x, y);
    return top && (e.contains(top) || top.contains(e) || top.closest('label') || top.closest('svg')); });
  const name = (e.id ? '#' + e.id : '') + ' ' + e.tagName + ' ' + (e.textContent || e.name || '').trim().slice(0, 30);
  return {name, ringed, seen, inFooter: !!e.closest('.site-footer')};
}"""
"""Of what has focus: its name, whether a ring of 2 px or more is around it, whether nothing lies over it.

The button inside a date field has a ring that no script can see.
"""
MOMENT = 100  # ms; longer than a frame

MOST_STOPS = 400


def keys(page, *names: str) -> None:
    """Press these keys, one after the other."""
    for name in names:
        page.keyboard.press(name)


def tab_to(page, selector: str, back: bool = False) -> None:
    """Press Tab until this has focus."""
    for _stop in range(MOST_STOPS):
        keys(page, "Shift+Tab" if back else "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def write(page, text: str) -> None:
    """Type over what stands in the field that has focus."""
    keys(page, "ControlOrMeta+a")
    page.keyboard.type(text)


def sign_in_by_keys(page, person: str) -> None:
    page.goto("/sign-in")
    tab_to(page, "main [name=email]")
    page.keyboard.type(f"{person}@paraugs.example")
    keys(page, "Tab")
    page.keyboard.type(PASSWORD)
    keys(page, "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_the_skip_link_comes_first_and_leads_to_the_content(visit):
    page = visit("karla")
    page.goto("/directory")

    keys(page, "Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    keys(page, "Enter")
    expect(page.locator("main")).to_be_focused()
    keys(page, "Tab")

    assert page.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_menu_opens_and_escape_gives_focus_back(visit, key):
    page = visit("karla")
    page.goto("/about")
    tab_to(page, "details:has(button[name=language]) > summary")
    keys(page, key, "Tab")
    expect(page.locator("button[name=language]").first).to_be_focused()

    keys(page, "Escape")

    expect(page.locator("button[name=language]").first).to_be_hidden()
    expect(page.locator("details:has(button[name=language]) > summary")).to_be_focused()


def test_a_menu_closes_when_focus_leaves_it(visit):
    page = visit("karla")
    page.goto("/about")
    tab_to(page, "details:has(button[name=language]) > summary")
    keys(page, "Enter")

    tab_to(page, "details:has(form[action$=sign-out]) > summary")

    expect(page.locator("button[name=language]").first).to_be_hidden()


def test_one_signs_in_finds_a_partner_and_the_list_follows_while_typing(visit):
    page = visit()
    sign_in_by_keys(page, "karla")
    page.goto("/directory")
    tab_to(page, "main [name=words]")
    expect(page.locator("#announcement")).to_have_text("")
    page.keyboard.type("montpellier")

    expect(page).to_have_url(re.compile("words=montpellier"))
    expect(page.locator("#announcement")).to_have_text(re.compile(r"^\d+ "))
    expect(page.locator("main [name=words]")).to_be_focused()
    page.keyboard.type("zzz")
    expect(page.locator("#announcement")).to_have_text(re.compile("^0 "))
    write(page, "Ogre")
    expect(page).to_have_url(re.compile("words=Ogre"))
    expect(page.locator("main tbody th a").first).to_contain_text("Ogre")
    tab_to(page, "main tbody th a")
    keys(page, "Enter")

    expect(page.locator("h1")).to_contain_text("Ogre")


def test_the_next_part_of_a_list_takes_focus_along(visit):
    page = visit("karla")
    page.goto("/directory")
    first = page.locator("tbody th").first.inner_text()
    tab_to(page, ".pages__next")
    keys(page, "Enter")
    expect(page.locator("tbody th").first).not_to_have_text(first)

    expect(page.locator("#organisation_list :focus, #organisation_list:focus")).to_have_count(1)


def test_an_organisation_is_edited_and_its_entry_confirmed(site, visit):
    number = settle(site, "taste")
    page = visit("taste")
    page.goto(f"/organisations/{number}")
    tab_to(page, "main a[href$='/edit']")
    keys(page, "Enter")
    expect(page).to_have_url(re.compile("/edit$"))
    tab_to(page, "main [name=city]")
    write(page, "Jelgava")
    tab_to(page, "main form button[type=submit]")
    keys(page, "Enter")

    expect(page.locator("main .page-head")).to_contain_text("Jelgava")
    tab_to(page, "main article form[action$=confirmation] button")
    keys(page, "Space")
    expect(page.locator("#messages")).to_contain_text("The entry is confirmed.")


def test_a_question_is_opened_and_answered(site, visit):
    number = settle(site, "tastatura")
    page = visit("tastatura")
    page.goto(f"/organisations/{number}/venues/new")
    for name, text in (("name", "Hall"), ("room_0_capacity", "20")):
        tab_to(page, f"main [name={name}]")
        page.keyboard.type(text)
    keys(page, "Enter")
    expect(page.locator("h1")).to_contain_text("Tastatura library")
    tab_to(page, "#venues .confirm > summary")
    keys(page, "Space", "Tab")
    expect(page.locator("#venues .confirm__question button")).to_be_focused()

    keys(page, "Enter")

    expect(page.locator("#venues")).to_contain_text("No venue is offered here.")


def test_mistakes_take_focus_and_lead_to_the_field(site, visit):
    number = settle(site, "kludina")
    page = visit("kludina")
    page.goto(f"/organisations/{number}/contacts/new")
    tab_to(page, "main form.form button[type=submit]")
    keys(page, "Enter")

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    keys(page, "Tab", "Enter")

    expect(page.locator("main [name=function]")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes(visit):
    page = visit("karla", width=360)
    page.goto("/about")
    tab_to(page, ".masthead__fold")
    keys(page, "Enter", "Tab")
    expect(page.locator(".site-menu__close")).to_be_focused()
    keys(page, "Escape")
    expect(page.locator(".masthead__fold")).to_be_focused()
    expect(page.locator("#site-menu")).to_be_hidden()

    keys(page, "Enter")
    tab_to(page, "#site-menu a[href='/directory']")
    keys(page, "Enter")

    expect(page).to_have_url(re.compile("/directory$"))


@pytest.mark.parametrize("width", [1280, 360])
def test_tab_comes_through_every_page_with_focus_in_sight(site, visit, width):
    page = visit("karla", width=width)

    page.goto("/about")
    troubles = stops(page)
    for address in one_of_each(site.app, own_addresses(site.app, "karla"))[width == 360::2]:
        page.goto(address)
        page.locator("main").focus()  # as the skip link does; the way there is the same on every page
        troubles += [f"{address} {trouble}" for trouble in stops(page)]

    assert troubles == []


def stops(page) -> list[str]:
    """What is wrong on the way by Tab from where focus is into the footer."""
    wrong = []
    for _stop in range(MOST_STOPS):
        keys(page, "Tab")
        stop = page.evaluate(IN_SIGHT)
        if not (stop["ringed"] and stop["seen"]):
            page.wait_for_timeout(MOMENT)
            stop = page.evaluate(IN_SIGHT)
        wrong += [f"{stop['name']}: no ring"] * (not stop["ringed"]) + [f"{stop['name']}: hidden"] * (not stop["seen"])
        if stop["inFooter"]:
            return wrong
    return [*wrong, "the footer is never reached"]
