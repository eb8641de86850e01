"""What a screen reader hears of pages people work with, and after a part was replaced, is slow or fails (A7, A8, A19, A25).

The trees are kept in tests/browser/trees; after a wanted change write them anew: LIBRI_TREES=write pytest tests/browser/test_heard.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from libri.db import db
from libri.members.models import Organisation
from libri.trainings.models import Event

from .. import make
from .steps import number_of, practice_of, settle

TREES = Path(__file__).with_name("trees")
STORY_PEOPLE = re.compile(r" *listitem  level=1\n *link “(?!Dina|Karla|Anna|Oksana|Bruno)\w+”\n(?=( *listitem| *link|$))")
"""People whom other stories add to those one can sign in as."""
SILENT = {"StaticText", "InlineTextBox", "none", "generic", "LineBreak", "ListMarker", "MenuListPopup", "option", "LabelText", "strong"}
SAID = ("level", "required", "invalid", "expanded", "pressed", "checked", "disabled")


def heard(page) -> str:
    """The tree the browser hands to a screen reader, one line for each thing in <main> that has a role; numbers and dates are N."""
    nodes = {node["nodeId"]: node for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]}
    main = next(node for node in nodes.values() if node.get("role", {}).get("value") == "main" and not node.get("ignored"))
    return "".join(_lines(nodes, main, 0))


def _lines(nodes: dict, node: dict, depth: int):
    role, name = (node.get(key, {}).get("value", "") for key in ("role", "name"))
    is_said = not node.get("ignored") and role not in SILENT
    if is_said:
        states = [f"{one['name']}={one['value'].get('value')}" for one in node.get("properties", []) if one["name"] in SAID]
        name = re.sub(r"\d+([./: ]*\d+)*", "N", name)
        yield "  " * depth + " ".join([role, f"“{name}”" * bool(name), *sorted(states)]).rstrip() + "\n"
    for child in node.get("childIds", []):
        if child in nodes:
            yield from _lines(nodes, nodes[child], depth + is_said)


TASKS = {
    "sign in": (None, lambda site: "/sign-in"),
    "find a partner on a phone": ("karla", lambda site: "/directory?words=nantes"),
    "register": ("karla", lambda site: f"/trainings/{_open_event(site)}/registration"),
    "ask": ("karla", lambda site: "/discussions/new?category=question"),
    "upload": ("karla", lambda site: practice_of(site, number_of(site, "org-lv-mun-ogre"), status="draft") + "/attachments"),
}
"""Who does it, and on which page."""


def _open_event(site) -> int:
    with site.app.app_context():
        ogre = db.session.scalar(select(Event.organiser_id).limit(1))
        event = make.event(db.session.get_one(Organisation, ogre), title={"en": "Reading aloud"}, capacity=1)
        make.question_of(event, "choice", "What do you eat?", options=["soup", "salad"])
        db.session.commit()
        return event.id


@pytest.mark.parametrize("task", TASKS)
def test_a_page_is_heard_as_it_was_when_somebody_listened(site, visit, task):
    person, address = TASKS[task]
    page, kept = visit(person, width=360), TREES / f"{task.replace(' ', '_')}.txt"
    page.goto(address(site))

    page.wait_for_function("!document.querySelector('markdown-toolbar:not(:defined)')")

    now_heard = STORY_PEOPLE.sub("", heard(page)) if task == "sign in" else heard(page)
    if os.environ.get("LIBRI_TREES") == "write":
        kept.write_text(now_heard, "utf-8")

    assert now_heard == kept.read_text("utf-8")


def roster(site, visit, person: str):
    """A page of a coordinator on which two people with a seat are checked in."""
    number = settle(site, person)
    with site.app.app_context():
        event = make.event(db.session.get_one(Organisation, number))
        for name in ("Ieva", "Juris"):
            make.registration(event, guest_name=name, search_text=name.casefold())
        db.session.commit()
        event_id = event.id
    page = visit(person)
    page.goto(f"/trainings/{event_id}/check-in")
    return page


def test_focus_stays_on_the_button_that_was_replaced_or_goes_to_the_next_one(site, visit):
    page = roster(site, visit, "vieta")
    first = page.locator(".roster button").first
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_contain_text("Take back")
    expect(first).to_be_focused()

    page.evaluate("""() => document.addEventListener('htmx:beforeSwap', event => {
      event.detail.serverResponse = event.detail.serverResponse.replace(/<li class="roster__one"[^]*?<\\/li>/, ''); }, {once: true})""")
    page.keyboard.press("Enter")

    expect(page.locator(".roster button")).to_have_count(1)
    expect(page.locator(".roster button")).to_be_focused()


def test_a_slow_answer_says_that_it_is_coming_and_a_failed_one_keeps_what_was_written(site, visit):
    page, waiting = roster(site, visit, "gaida"), []
    page.route("**/check-in*", lambda route: waiting.append(route))
    page.locator("#words").fill("Ieva")

    expect(page.locator("#check_in_list")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#check_in_list")).to_have_attribute("data-wait", re.compile("Loading"))
    waiting.pop().abort()

    expect(page.locator("#messages[role=status]")).to_contain_text("That did not work. What you wrote is still here.")
    expect(page.locator("#check_in_list")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#words")).to_have_value("Ieva")
    expect(page.locator("#words")).to_be_focused()


def test_five_minutes_before_the_session_ends_it_is_said_and_one_press_prolongs_it(visit):
    """A19, R9."""
    page = visit("karla")
    page.clock.install()
    page.goto("/about")
    page.clock.fast_forward("54:00")
    expect(page.locator("#session-warning[role=status]")).to_have_text("")
    page.clock.fast_forward("01:30")
    expect(page.locator("#session-warning")).to_contain_text("You will be signed out in five minutes or less.")

    page.get_by_role("button", name="Stay signed in").click()

    expect(page.locator("#session-warning")).to_have_text("")
    expect(page).to_have_url(re.compile("/about$"))
