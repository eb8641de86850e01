"""Two people, or two tabs of one person, write the same text at once: nobody's words are lost (R6)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .steps import discussion_of, fill, practice_of, press, settle, told

MINE, THEIRS = "Eleven people came back.", "Forty people came once."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_both_texts_of_one_section_are_kept(site, visit, plain, scripts):
    person = "vita" if scripts else "velga"
    address = practice_of(site, settle(site, person))
    mine, theirs = visit(person, scripts=scripts), plain("dina")
    for page in (mine, theirs):
        page.goto(f"{address}/edit/results")
    fill(mine, text=MINE)
    fill(theirs, text=THEIRS)
    press(theirs, "Save")
    told(theirs, "Saved.")

    press(mine, "Save")
    expect(mine.locator("main")).to_contain_text("Somebody else saved this section while you were writing")
    expect(mine.locator("section[aria-labelledby=theirs]")).to_contain_text(THEIRS)
    expect(mine.locator("section[aria-labelledby=mine]")).to_contain_text(MINE)
    expect(mine.locator("main [name=text]")).to_have_value(MINE)
    fill(mine, text=f"{THEIRS} {MINE}")
    press(mine, "Save")
    told(mine, "Saved.")

    theirs.goto(address)
    expect(theirs.locator("#results")).to_contain_text(f"{THEIRS} {MINE}")


def test_who_writes_different_sections_never_meets(site, plain):
    address = practice_of(site, settle(site, "valda"))
    mine, theirs = plain("valda"), plain("dina")
    mine.goto(f"{address}/edit/results")
    theirs.goto(f"{address}/edit/lessons")
    fill(mine, text=MINE)
    fill(theirs, text="Begin small.")
    for page in (theirs, mine):
        press(page, "Save")
        told(page, "Saved.")

    mine.goto(address)

    expect(mine.locator("#results")).to_contain_text(MINE)
    expect(mine.locator("#lessons")).to_contain_text("Begin small.")


def test_two_tabs_of_one_discussion_keep_both_texts(site, visit):
    settle(site, "vija")
    address = discussion_of(site, "vija", "How do we find helpers?", answered_by="karla")
    one = visit("vija")
    other = one.context.new_page()
    for page in (one, other):
        page.goto(f"{address}?at=0")
        page.locator("article.post a[href$='/edit']").first.click()
    fill(other, title=THEIRS, body=THEIRS)
    press(other, "Save")
    told(other, "Your text is saved.")

    fill(one, title=MINE)
    press(one, "Save")
    conflict = one.locator("main .notice--warning")
    expect(conflict).to_contain_text("Somebody else changed this page while you were writing")
    expect(conflict).to_contain_text(THEIRS)
    expect(one.locator("main [name=title]")).to_have_value(MINE)
    press(one, "Save")
    told(one, "Your text is saved.")

    expect(one.locator("h1")).to_have_text(MINE)
