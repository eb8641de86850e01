"""A practice as its reader sees it: which sections are there, what is missing or answered, where it was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g
from flask_babel import lazy_gettext as _l

from ..db import db
from ..directory.projection import WIDTH, around, is_inside, project
from .cards import shows_place
from .models import SECTIONS as ORDER
from .models import Adoption, FieldQuestion, Practice, PracticeText
from .queries import adoptions as queries
from .words import SECTIONS

FACTS = {
    "cost_band": _l("Cost"),
    "staff_hours": _l("Staff hours a month"),
    "group_size": _l("Size of the group"),
    "frequency_per_year": _l("How often a year"),
    "started": _l("Started"),
}
"""Facts beside the text that a reader may ask for."""
ASKABLE = {**{name: SECTIONS[name] for name in ORDER if name not in ("title", "summary")}, **FACTS}
"""What a reader may ask for, and its heading."""
KILOMETRES_APART = 0.5
"""Units of the map below which two towns are one point and no line is drawn."""


@dataclass(frozen=True)
class Section:
    """One part of the text, or the place where it is missing."""

    name: str
    heading: object
    value: object
    lang: str
    question: FieldQuestion | None

    @property
    def answer(self) -> str:
        return self.question.answer if self.question is not None else ""


@dataclass(frozen=True)
class Tried:
    """An adoption as the reader sees it; without organisation and city when those are hidden from them."""

    adoption: Adoption
    knows_place: bool
    may_edit: bool


def is_missing(practice: Practice, name: str) -> bool:
    """Whether the practice says nothing there, in the language it was written in."""
    value = getattr(practice, name) if name in FACTS else getattr(practice.original, name)
    return value is None or value in ("", [])


def sections(practice: Practice, text: PracticeText, questions: dict[str, FieldQuestion]) -> list[Section]:
    """The parts of the text in their order, with the missing ones where they belong."""
    original = practice.original
    said = [(name, text if getattr(text, name) else original) for name in ORDER if name not in ("title", "summary")]
    return [Section(name, SECTIONS[name], getattr(source, name), source.language, questions.get(name)) for name, source in said]


def missing_facts(practice: Practice, questions: dict[str, FieldQuestion]) -> list[Section]:
    """The facts beside the text that are missing."""
    missing = [name for name in FACTS if is_missing(practice, name)]
    return [Section(name, FACTS[name], None, practice.original_language, questions.get(name)) for name in missing]


def tried(practice_id: int) -> list[Tried]:
    """The adoptions of a practice, for members only: what they say is for the network."""
    if not g.can.read_network():
        return []
    found = db.session.scalars(queries.of(practice_id)).all()
    return [Tried(one, not one.hides_city or g.can.edit_adoption(one), g.can.edit_adoption(one)) for one in found if g.can.see_adoption(one)]


def roads(practice: Practice, adoptions: Sequence[Tried]) -> dict | None:
    """The lines from the practice's town to those that tried it, in units of the map; None when none can be drawn."""
    here = _point(practice.organisation) if shows_place(practice, practice.organisation) else None
    there = {}
    for one in adoptions:
        point = _point(one.adoption.organisation) if one.knows_place and one.adoption.is_shown else None
        if here and point and abs(point[0] - here[0]) + abs(point[1] - here[1]) > KILOMETRES_APART:
            there.setdefault(one.adoption.organisation.city, {"x": point[0], "y": point[1], "city": one.adoption.organisation.city})
    if not there:
        return None
    frame = around([here, *((end["x"], end["y"]) for end in there.values())])
    countries = {practice.country, *(one.adoption.organisation.country for one in adoptions if one.knows_place and one.adoption.is_shown)}
    return {"here": _placed(here, frame) | {"city": practice.organisation.city}, "frame": frame, "countries": sorted(countries),
            "ends": [_placed((end["x"], end["y"]), frame) | {"city": end["city"]} for end in there.values()]}


def _point(organisation) -> tuple[float, float] | None:
    if organisation.latitude is None or organisation.longitude is None:
        return None
    x, y = project(organisation.latitude, organisation.longitude)
    return (x, y) if is_inside(x, y) else None


def _placed(point: tuple[float, float], frame: tuple[float, float, float]) -> dict:
    """A point of the map on the sheet, which is always 1000 wide."""
    left, top, side = frame
    return {"x": round((point[0] - left) * WIDTH / side, 1), "y": round((point[1] - top) * WIDTH / side, 1)}
