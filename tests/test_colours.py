"""Text stands out 4.5 to 1, borders of fields and the ring of focus 3 to 1, in light and in dark (A16).

axe looks at the text of every page in both modes (tests/browser/test_every_page.py); it looks at no border and no ring.
"""

import re

import pytest

from .rules import ROOT

COLOURS = {name: (light, dark or light) for name, light, dark in re.findall(
    r"--([\w-]+): (?:light-dark\()?(#\w{6})(?:, (#\w{6})\))?;", (ROOT / "static/css/tokens.css").read_text("utf-8"))}
GROUNDS = ("paper", "surface", "sunken")
TEXTS = [(text, ground) for text in ("ink", "ink-soft", "primary", "bad") for ground in GROUNDS] + [
    ("on-primary", "primary"), ("on-band", "band"), ("on-band-soft", "band"), ("primary-strong", "primary-soft"),
    *((kind, f"{kind}-soft") for kind in ("good", "wait", "bad", "accent"))]
LINES = [(line, ground) for line in ("line-strong", "focus") for ground in GROUNDS]


def brightness(colour: str) -> float:
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted(map(brightness, (one, other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_stand_out(mode):
    ratios = {pair: (contrast(COLOURS[pair[0]][mode], COLOURS[pair[1]][mode]), least) for least, pairs in ((4.5, TEXTS), (3, LINES))
              for pair in pairs}

    assert {pair: ratio for pair, (ratio, least) in ratios.items() if ratio < least} == {}


@pytest.mark.parametrize("file", ["masthead", "site-footer", "welcome"])
def test_the_ring_of_focus_stands_out_on_the_dark_band(file):
    ring = re.search(r":focus-visible \{ outline-color: (#\w{6})", (ROOT / f"static/css/components/{file}.css").read_text("utf-8"))[1]

    assert min(contrast(ring, ground) for ground in COLOURS["band"]) >= 3
