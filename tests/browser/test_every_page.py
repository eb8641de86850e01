"""Every page in a real browser: axe finds nothing, nothing overflows a phone, nothing is asked of other servers (A1, A14, P10)."""

from __future__ import annotations

import pytest

from .conftest import AXE
from .walk import addresses

LOOKS = [("lv", 1280, False), ("lv", 360, True), ("en", 360, False), ("ru", 1280, True), ("uk", 360, False)]
"""Language, width and darkness: every language, both widths, both modes."""
AXE_RUN = """async () => (await axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}))
  .violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | '))"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{'dark' if look[2] else 'light'}")
@pytest.mark.parametrize("person", [None, "karla", "dina"])
def test_axe_finds_nothing(site, visit, person, look):
    language, width, dark = look
    page = visit(person, language, width, dark)
    source = AXE.read_text("utf-8")

    found = {}
    for address in addresses(site.app, person):
        page.goto(address)
        page.evaluate(source)
        found[address] = page.evaluate(AXE_RUN)

    assert {address: violations for address, violations in found.items() if violations} == {}
    assert page.strange == []


@pytest.mark.parametrize("language", ["lv", "uk"])
@pytest.mark.parametrize("person", [None, "karla", "dina"])
def test_nothing_overflows_at_320_pixels(site, visit, person, language):
    page = visit(person, language, width=320)

    wide = {}
    for address in addresses(site.app, person):
        page.goto(address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert {address: pixels for address, pixels in wide.items() if pixels > 0} == {}
