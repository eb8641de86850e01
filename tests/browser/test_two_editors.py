"""Two people write one practice in two browsers at once: nobody's text is lost (R6)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .steps import fill, practice_of, press, settle, told

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
