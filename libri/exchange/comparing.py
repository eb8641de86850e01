"""Two versions of a text as one: what went struck out, what came underlined (F19, R6)."""

from __future__ import annotations

import difflib
import re

from markupsafe import Markup

from .models import SECTIONS

MOST_PAIRS = 3_000_000
"""Pairs of words that are compared at most; longer texts are shown as gone and come in one piece."""


def marked(before: str, after: str) -> Markup:
    """Both texts as one, what went in <del> and what came in <ins>, word by word."""
    old, new = (re.findall(r"\n|\S+[^\S\n]*|[^\S\n]+", text) for text in (before, after))
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = _compared(old[head:len(old) - tail], new[head:len(new) - tail])
    return Markup("{}{}{}").format("".join(old[:head]), middle, "".join(old[len(old) - tail:]))


def _alike(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    return next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))


def _compared(old: list[str], new: list[str]) -> Markup:
    if len(old) * len(new) > MOST_PAIRS:
        return _gone_and_come("".join(old), "".join(new))
    parts = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        parts.append(Markup("{}").format(gone) if what == "equal" else _gone_and_come(gone, come))
    return Markup("").join(parts)


def _gone_and_come(gone: str, come: str) -> Markup:
    return (Markup("<del>{}</del>").format(gone) if gone else Markup("")) + (Markup("<ins>{}</ins>").format(come) if come else Markup(""))


def plain(value: str | list[str] | None) -> str:
    """A section as one text; steps stand on lines of their own."""
    return "\n".join(value) if isinstance(value, list) else value or ""


def differences(before: dict, after: dict) -> list[tuple[str, Markup]]:
    """The sections that differ, in the order of the template, each as (section, both texts as one)."""
    pairs = [(name, plain(before.get(name)), plain(after.get(name))) for name in SECTIONS]
    return [(name, marked(old, new)) for name, old, new in pairs if old != new]
