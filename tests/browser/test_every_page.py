"""Every page in a real browser: axe finds nothing, nothing overflows a phone, nothing is asked of other servers (A1, A14, P10)."""

from __future__ import annotations

import pytest

from .conftest import AXE
from .walk import own_addresses

LOOKS = [("lv", 1280, False), ("en", 320, False), ("uk", 320, True), ("ru", 1280, True)]
"""Language, width and darkness: every language, both widths in both modes.

A page is looked at in one of them, the next page in the next; test_reading draws it in another language.
"""
AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations'],
    runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}))
  .violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | '))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{'dark' if look[2] else 'light'}")
@pytest.mark.parametrize("person", [None, "karla", "dina"])
def test_axe_finds_nothing_and_nothing_overflows_at_320_pixels(site, visit, person, look):
    language, width, dark = look
    page = visit(person, language, width, dark)
    page.add_init_script(AXE.read_text("utf-8"))

    found, wide = {}, {}
    for address in own_addresses(site.app, person)[LOOKS.index(look)::4]:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        found[address] = page.evaluate(AXE_RUN)
        page.set_viewport_size({"width": 320, "height": 900})
        wide[address] = page.evaluate(SIDEWAYS)

    assert {address: violations for address, violations in found.items() if violations} == {}
    assert {address: pixels for address, pixels in wide.items() if pixels > 0} == {}
    assert page.strange == []
