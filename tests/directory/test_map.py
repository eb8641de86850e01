"""The map of Europe: places fall inside their country, and pins do not hide each other."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from libri.directory.projection import around, gather, is_inside, project

ROOT = Path(__file__).parents[2]
SVG = (ROOT / "static/img/europe.svg").read_text(encoding="utf-8")
PATHS = dict(re.findall(r'<path id="(\w+)"[^>]* d="([^"]+)"', SVG))
with (ROOT / "libri/sample/organisations.csv").open(encoding="utf-8", newline="") as file:
    ORGANISATIONS = list(csv.DictReader(file))

# Liepāja stands on a spit that Natural Earth draws 0.9 km too narrow; on the map it is 0.2 units off the shore.
TOLERANCE = 0.25


def edges(country):
    """Return the sides of every ring of a country, as pairs of points."""
    for ring in PATHS[country].split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
        points = [(numbers[0], numbers[1])]
        for step in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + step[0], points[-1][1] + step[1]))
        yield from pairwise([*points, points[0]])


def lies_in(point, country):
    """Count the sides that a ray from the point westwards crosses: an odd number means inside."""
    x, y = point
    return (
        sum(
            (y1 > y) != (y2 > y) and x > x1 + (y - y1) / (y2 - y1) * (x2 - x1)
            for (x1, y1), (x2, y2) in edges(country)
        )
        % 2
        == 1
    )


def distance_to(point, country):
    """Return how far a point is from the nearest side, in units of the map."""

    def distance(start, end):
        start, along, to = complex(*start), complex(*end) - complex(*start), complex(*point)
        part = ((to - start) * along.conjugate()).real / abs(along) ** 2 if along else 0
        return abs(to - start - along * max(0, min(1, part)))

    return min(distance(*edge) for edge in edges(country))


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (44.948, 34.104, "UA"),
        (44.605, 33.522, "UA"),
        (48.003, 37.805, "UA"),
        (42.663, 21.165, "XK"),
        (35.34, 33.32, "CY"),
    ],
    ids=["Simferopol", "Sevastopol", "Donetsk", "Prishtina", "Kyrenia"],
)
def test_a_place_that_some_maps_draw_elsewhere_is_in_its_country(latitude, longitude, country):
    place = project(latitude, longitude)

    assert [code for code in PATHS if lies_in(place, code)] == [country]


@pytest.mark.parametrize("organisation", ORGANISATIONS, ids=[row["id"] for row in ORGANISATIONS])
def test_an_organisation_is_in_its_country(organisation):
    place = project(float(organisation["latitude"]), float(organisation["longitude"]))

    assert is_inside(*place)
    assert (
        lies_in(place, organisation["country"])
        or distance_to(place, organisation["country"]) <= TOLERANCE
    )


def test_the_canaries_and_guadeloupe_are_not_on_the_map():
    assert not is_inside(*project(28.1, -15.4))
    assert not is_inside(*project(16.2, -61.5))


def test_the_drawing_is_small_and_leaves_its_looks_to_the_page():
    assert len(SVG.encode()) <= 30_000
    assert not re.search(r"<style|<text|<script|\bstyle=", SVG)
    assert "Natural Earth" in SVG


def test_places_that_would_hide_each_other_share_a_pin_from_north_west_to_south_east():
    south, north, neighbour = {"x": 500, "y": 700}, {"x": 100, "y": 100}, {"x": 105, "y": 100}

    groups = gather([south, north, neighbour], distance=40)

    assert groups == [[north, neighbour], [south]]


def test_a_frame_shows_all_its_points_and_nothing_beyond_the_map():
    left, top, side = around([(990, 500), (900, 520)], margin=30)

    assert (left, side) == (850, 150)
    assert top == 435


def test_one_place_alone_still_has_a_frame():
    assert around([(500, 500)], smallest=120) == (440, 440, 120)
