"""The pins of the map: towns with organisations, gathered where they would hide each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor

from sqlalchemy import Row

from .projection import WIDTH, around, centre, gather, is_inside, project

APART = 40
"""Units between two pins of the whole map; inside a frame in proportion."""

Frame = tuple[float, float, float]


def frame_of(rows: Sequence[Row]) -> Frame:
    """The part of the map that shows these towns."""
    points = [point for row in rows if (point := _point(row))]
    return around(points) if points else (0, 0, WIDTH)


def pins(rows: Iterable[Row], address: Callable[[dict], str], frame: Frame = (0, 0, WIDTH)) -> list[dict]:
    """What directory/_map.html draws. `address` says where a pin leads, from what stands there: id, or area."""
    towns = [{"x": point[0], "y": point[1], "count": row.count, "row": row} for row in rows if (point := _point(row))]
    return [_pin(group, address) for group in gather(towns, APART * frame[2] / WIDTH)]


def _point(row: Row) -> tuple[float, float] | None:
    if row.latitude is None or row.longitude is None:
        return None
    x, y = project(row.latitude, row.longitude)
    return (x, y) if is_inside(x, y) else None


def _pin(group: list, address) -> dict:
    x, y = centre(group)
    rows, number = [town["row"] for town in group], sum(town["count"] for town in group)
    if number == 1:
        return {"x": x, "y": y, "label": rows[0].name, "count": 1, "url": address({"id": rows[0].id})}
    largest = max(rows, key=lambda row: row.count)
    return {"x": x, "y": y, "label": largest.city, "count": number, "url": address({"area": area(rows)})}


def area(rows: Sequence[Row]) -> str:
    """South, west, north, east around these towns, as an address carries them; rounded outwards."""
    down, up = (lambda degrees: floor(degrees * 1000) / 1000), (lambda degrees: ceil(degrees * 1000) / 1000)
    lowest, highest = (down(min(row.south for row in rows)), down(min(row.west for row in rows))), (
        up(max(row.north for row in rows)), up(max(row.east for row in rows)))
    return ",".join(f"{side:g}" for side in (*lowest, *highest))
