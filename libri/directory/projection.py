"""Where on Earth becomes where on the map of Europe: the projection, the map's frame, and which places share a pin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, floor, radians, sin, sqrt

WIDTH = 1000
"""Width of the whole map, in the units of the viewBox of static/img/europe.svg."""

HEIGHT = 1000
"""Height of the whole map, in the same units; y grows southwards, as in every SVG."""

KILOMETRES = 4.1
"""Length of one unit at the centre of the projection."""

_EARTH_RADIUS = 6371.0088
_CENTRE = radians(52), radians(15)
# Chosen by looking: Iceland, the North Cape, Portugal, Crete, Cyprus and the east of Ukraine lie a finger's breadth inside.
_CENTRE_X, _CENTRE_Y = 533, 540


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the (x, y) of a place given in degrees (WGS 84), in units of the map; unrounded, and possibly outside it.

    Lambert's azimuthal equal-area projection, centred on 52° N 15° E: no country looks larger than it is.
    """
    phi, turn = radians(latitude), radians(longitude) - _CENTRE[1]
    sin_centre, cos_centre = sin(_CENTRE[0]), cos(_CENTRE[0])
    # 1 + the cosine of the angle from the centre; it is 0 only at the antipode, which no map of Europe asks for.
    nearness = max(1 + sin_centre * sin(phi) + cos_centre * cos(phi) * cos(turn), 1e-9)
    scale = _EARTH_RADIUS * sqrt(2 / nearness) / KILOMETRES
    east = scale * cos(phi) * sin(turn)
    north = scale * (cos_centre * sin(phi) - sin_centre * cos(phi) * cos(turn))
    return _CENTRE_X + east, _CENTRE_Y - north


def is_inside(x: float, y: float) -> bool:
    """Tell whether a point in units of the map lies on it; the Canaries and Guadeloupe, for example, do not."""
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def around(
    points: Iterable[tuple[float, float]], *, margin: float = 30, smallest: float = 120
) -> tuple[float, float, float]:
    """Return the square (left, top, side) that shows all (x, y) points, for `frame` of directory/_map.html.

    Everything is in units of the map. The margin is left free on each side; the square is never narrower than
    `smallest`, for below that the simplified borders would show, and never reaches beyond the map.
    """
    xs, ys = zip(*points, strict=True)
    side = min(
        max(max(xs) - min(xs) + 2 * margin, max(ys) - min(ys) + 2 * margin, smallest), WIDTH, HEIGHT
    )
    left = (min(xs) + max(xs) - side) / 2
    top = (min(ys) + max(ys) - side) / 2
    return min(max(left, 0), WIDTH - side), min(max(top, 0), HEIGHT - side), side


def gather(places: Iterable[Mapping], distance: float) -> list[list[Mapping]]:
    """Group places that would hide each other: no two groups have their centres closer than `distance` units.

    Each place has an "x" and a "y" in units of the map. The groups come in reading order, from north-west to
    south-east. A pin is 84 units wide where the map is narrowest (a phone) and 40 where it is widest; inside a frame,
    multiply by side / WIDTH. The work grows with the number of places, not with its square.
    """
    squares: dict[tuple[int, int], list[_Group]] = {}
    for place in places:
        group = _Group(place, distance)
        while near := _nearest(group, squares, distance):
            squares[near.square].remove(near)
            group = near.swallow(group)
        squares.setdefault(group.square, []).append(group)
    found = sorted((group for square in squares.values() for group in square), key=lambda group: group.x + group.y)
    return [group.places for group in found]


def centre(group: list[Mapping]) -> tuple[float, float]:
    """Return the mean (x, y) of the places of a group, in units of the map; a place of "count" 3 weighs three times."""
    number = sum(place.get("count", 1) for place in group)
    return (
        sum(place["x"] * place.get("count", 1) for place in group) / number,
        sum(place["y"] * place.get("count", 1) for place in group) / number,
    )


class _Group:
    """Places that share a pin; the sums are kept, so that a group of thousands costs no more than one of two."""

    def __init__(self, place: Mapping, distance: float) -> None:
        self.places, self.distance, self.weight = [place], distance, place.get("count", 1)
        self.sums = place["x"] * self.weight, place["y"] * self.weight
        self._settle()

    def _settle(self) -> None:
        self.x, self.y = self.sums[0] / self.weight, self.sums[1] / self.weight
        self.square = floor(self.x / self.distance), floor(self.y / self.distance)

    def swallow(self, other: _Group) -> _Group:
        """Take the places of the other group in, and return self."""
        self.places += other.places
        self.weight += other.weight
        self.sums = self.sums[0] + other.sums[0], self.sums[1] + other.sums[1]
        self._settle()
        return self


def _nearest(group: _Group, squares: Mapping, distance: float) -> _Group | None:
    """Return the group nearest to this one, if nearer than distance; it must lie in one of nine squares."""
    column, row = group.square
    near = [
        ((group.x - other.x) ** 2 + (group.y - other.y) ** 2, other)
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        for other in squares.get((column + i, row + j), ())
    ]
    squared, other = min(near, key=lambda found: found[0], default=(distance**2, None))
    return other if squared < distance**2 else None
