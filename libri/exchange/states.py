"""How far each part of a practice is: filled, empty or too long; what to write next."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl

from .models import LIMITS, REQUIRED, SECTIONS, STEPS, Practice, SectionComment
from .words import SECTIONS as HEADINGS

PARTS = (*SECTIONS, "facts")
"""The pages of the full template, in order."""
LABELS = {**HEADINGS, "facts": _l("Facts"), "photos": _l("Photos and files")}
STATES = {
    "filled": (_pl("section", "Filled"), "good"),
    "empty": (_pl("section", "Empty"), "neutral"),
    "missing": (_pl("section", "Needed"), "wait"),
    "wrong": (_l("Too long"), "bad"),
    "few": (_l("Too few or too many steps"), "bad"),
}
"""State → its word and the kind of its mark."""


@dataclass(frozen=True)
class Part:
    """One page of the full template in the list of all."""

    name: str
    label: object
    state: str
    comments: int

    @property
    def word(self):
        return STATES[self.state][0]

    @property
    def kind(self) -> str:
        return STATES[self.state][1]


def parts(practice: Practice, remarks: list[SectionComment]) -> list[Part]:
    """Every part with its state and the number of remarks still open."""
    return [Part(name, LABELS[name], state_of(practice, name),
                 sum(remark.section == name and remark.settled_at is None for remark in remarks)) for name in PARTS]


def state_of(practice: Practice, name: str) -> str:
    """One of STATES."""
    if name == "facts":
        if not practice.themes or not practice.target_groups:
            return "missing"
        return "filled"
    value = getattr(practice.original, name)
    if not value:
        return "missing" if name in REQUIRED else "empty"
    if name == "steps" and not STEPS[0] <= len(value) <= STEPS[1]:
        return "few"
    return "filled" if practice.original.fits(name) else "wrong"


def beside(name: str) -> tuple[str | None, str | None]:
    """The parts before and after one."""
    here = PARTS.index(name)
    return (PARTS[here - 1] if here else None), (PARTS[here + 1] if here + 1 < len(PARTS) else None)


def limit_of(section: str) -> int:
    """Characters of the title, words of the others."""
    return LIMITS[section]
