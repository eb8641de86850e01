"""What a screen reader is told, and what readers set for themselves: space, size, motion, colours, paper (A5, A6, A9–A11, A14–A18,
A21, A22): the eleven aspects of the simplified assessment that a machine can see (A26); axe adds contrast and names.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .steps import fill, press, settle
from .walk import own_addresses

FACTS = """() => {
  const all = selector => [...document.querySelectorAll(selector)], shown = e => e.checkVisibility();
  const words = e => e.textContent.trim(), brief = e => e.outerHTML.slice(0, 90), wrong = [];
  const say = (what, elements) => elements.forEach(e => wrong.push(what + ': ' + brief(e)));
  for (const [name, selector] of [['banner', 'body > header'], ['main', 'main'], ['footer', 'body > footer'], ['h1', 'h1'],
                                  ['messages', '#messages[role=status]'], ['announcement', '#announcement[role=status]']])
    if (all(selector).length !== 1) wrong.push(all(selector).length + ' × ' + name);
  const navigations = all('nav').map(e => e.getAttribute('aria-label') || words(document.getElementById(e.getAttribute('aria-labelledby'))));
  if (new Set(navigations).size !== navigations.length || navigations.some(name => !name)) wrong.push('navigations: ' + navigations);
  let before = 0;
  for (const heading of all('h1, h2, h3, h4').filter(shown)) {
    if (+heading.tagName[1] > before + 1) wrong.push('heading after h' + before + ': ' + brief(heading));
    before = +heading.tagName[1];
    if (!words(heading)) wrong.push('empty heading: ' + brief(heading));
  }
  const told = '[aria-hidden], [role=img][aria-label], [role=group][aria-label]';
  say('image without alternative', all(`img:not([alt]), svg:not(:is(${told}), :is(${told}) *)`));
  say('table without caption', all('table').filter(e => !e.caption || !words(e.caption)));
  say('header without scope', all('th:not([scope])'));
  say('scroller without name or focus', all('.table:not([aria-label][tabindex="0"])'));
  say('sorting unsaid', all('thead th:has(a)').filter(e => !['ascending', 'descending', 'none'].includes(e.getAttribute('aria-sort'))));
  say('cell without its header', all('.table td:not([data-label])').filter(e => words(e) && !e.querySelector('button')));
  say('group of choices without a fieldset', all('input[type=radio]').filter(e => !e.closest('fieldset')));
  if (/^[/](me|sign-in|password|invitation)|guest$/.test(location.pathname))
    say('own data without autocomplete', all('main input:is([type=email], [type=tel], [name=name])').filter(e => !e.getAttribute('autocomplete')));
  say('needed and called optional', all('main form[method=post] [required]').filter(e => e.labels[0]?.querySelector('.field__optional')));
  say('upload that is no file input', all('[type=file]').filter(e => e.hidden || !e.labels.length));
  say('sound or film without control', all('audio, video, marquee, blink'));
  say('group without legend', all('fieldset').filter(e => !e.querySelector(':scope > legend')));
  say('broken description', all('[aria-describedby], [aria-labelledby]').filter(e => ['aria-describedby', 'aria-labelledby'].some(
    name => (e.getAttribute(name) || '').split(' ').filter(Boolean).some(id => !document.getElementById(id)))));
  say('target under 24 px', all('a, button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio])').filter(e => {
    const box = e.getBoundingClientRect();
    return shown(e) && !e.closest('p, li, dd, td, th, h2, h3, .sr-only, svg') && box.width > 1 && (box.width < 24 || box.height < 24);
  }));
  return wrong;
}"""
"""What is wrong with the structure of a page; names of controls, roles and contrast are what axe looks at."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }"""
"""What a reader may set (WCAG 1.4.12)."""
CUT = """() => [...document.querySelectorAll('main :is(a, p, h1, h2, h3, li, dd, dt, label, legend, button, summary), .masthead *, .site-footer *')]
  .filter(e => { const s = getComputedStyle(e);
    const cuts = s.display !== 'inline' && s.overflow !== 'visible' && !/auto|scroll/.test(s.overflowX + s.overflowY);
    return cuts && e.checkVisibility() && e.clientWidth > 1 && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
      && !e.closest('svg'); })
  .map(e => e.outerHTML.slice(0, 90))"""
"""Text that its own box cuts off; a box of one pixel is there for screen readers."""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e), longest = list => Math.max(...list.split(',').map(parseFloat));
  return longest(s.transitionDuration) > .2 || (s.animationName !== 'none' && longest(s.animationDuration) > .2);
}).map(e => e.outerHTML.slice(0, 90))"""
RING = "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])(getComputedStyle(document.activeElement))"
LANGUAGES = ("en", "lv", "ru", "uk")
"""A page is read in one of them; axe looks at it in another."""
PAPER = ("/organisations/11", "/directory", "/venues")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", [None, "karla", "dina"])
def test_every_page_has_its_structure_and_survives_what_readers_set(site, visit, person, language):
    page = visit(person, language, width=320)

    wrong, cut, moving = {}, {}, {}
    for address in own_addresses(site.app, person)[LANGUAGES.index(language)::4]:
        page.goto(address)
        wrong[address] = page.evaluate(FACTS)
        moving[address] = page.evaluate(MOVING)
        page.evaluate("css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }", SPACED)
        cut[address] = page.evaluate(CUT) + ["sideways"] * page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth")

    for found in (wrong, cut, moving):
        assert {address: facts for address, facts in found.items() if facts} == {}


def test_names_of_organisations_and_texts_carry_their_language(visit):
    page = visit("karla", "en")
    page.goto("/directory?country=FR")
    assert set(page.locator("tbody th a").evaluate_all("links => links.map(link => link.lang)")) <= {"fr", "en"}

    page.goto("/about")

    assert page.locator("button[name=language]").evaluate_all("items => items.map(item => item.lang)") == ["lv", "en", "ru", "uk"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_happened_is_said_in_a_status(site, visit, scripts):
    number = settle(site, f"stasis{scripts}".lower())
    page = visit(f"stasis{scripts}".lower(), scripts=scripts)
    page.goto(f"/organisations/{number}")

    press(page, "This page is still true")

    expect(page.get_by_role("status").filter(has_text=re.compile(r"\w{4,}")).first).to_contain_text("confirmed")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_mistakes_are_listed_linked_and_tied_to_their_fields(site, visit, scripts):
    number = settle(site, f"kluda{scripts}".lower())
    page = visit(f"kluda{scripts}".lower(), scripts=scripts)
    page.goto(f"/organisations/{number}/contacts/new")
    fill(page, email="nobody", function="")
    press(page, "Add")

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("Please check the form")
    for name in ("email", "function"):
        field = page.locator(f"main [name={name}]")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.locator(f".error-summary a[href='#{field.get_attribute('id')}']")).to_be_visible()
        expect(field).to_have_accessible_description(re.compile("Fill in|Write the address"))
    expect(page.locator("main [name=email]")).to_have_value("nobody")


def test_forced_colours_keep_the_ring_of_focus(visit):
    page = visit("karla")
    page.emulate_media(forced_colors="active")
    page.goto("/directory")
    rings = []
    for selector in (".masthead__brand", "main [name=words]", "main form button", "tbody th a"):
        page.locator(selector).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        rings.append(page.evaluate(RING))

    assert all(style == "solid" and width >= 2 for style, width in rings), rings


def test_paper_shows_the_page_without_what_only_a_screen_needs(visit):
    page = visit("karla")
    page.emulate_media(media="print")

    for address in PAPER:
        page.goto(address)
        for hidden in (".masthead nav", ".site-menu", ".skip-link", ".filters", ".tabs", "main .button"):
            for part in page.locator(hidden).all():
                expect(part).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
