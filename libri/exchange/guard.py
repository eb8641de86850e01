"""The guard: looks for what may be somebody's personal data in a text before others read it, and warns (F26, issue).

It warns and never forbids: a general address of a library may stand there on purpose.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

KINDS = {
    "email": _l("An e-mail address"),
    "personal_code": _l("A personal code"),
    "bank_account": _l("A bank account"),
    "phone": _l("A telephone number"),
    "long_number": _l("A long number that may belong to a person"),
}
_DASH = "\u2010-\u2015\u2212\\-"
_YEARS = rf"(?:19|20)\d\d[\s{_DASH}]?(?:19|20)\d\d"
PATTERNS = (
    ("email", re.compile(r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\{at\})\s?[\w-]+"
                         r"(?:(?:\.|\s?(?:\(dot\)|\[dot\])\s?)[\w-]+)+", re.IGNORECASE)),
    ("personal_code", re.compile(rf"(?<!\d)\d{{6}}\s?[{_DASH}]\s?\d{{5}}(?!\d)")),
    ("personal_code", re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE)),
    ("bank_account", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")),
    ("phone", re.compile(rf"(?<![\w+])(?:\+|00)\d[\d\s().{_DASH}/]{{6,18}}\d(?!\d)")),
    ("phone", re.compile(rf"(?<![\d.,{_DASH}])(?!{_YEARS})[26]\d(?:\d\d[\s{_DASH}]?\d{{4}}|\s?\d{{3}}\s?(?!000)\d{{3}})"
                         rf"(?![\d{_DASH}]|[.,]\d)")),
    ("phone", re.compile(r"(?<!\d)0\d(?:[\s.-]?\d{2,3}){3,4}(?!\d)")),
    ("long_number", re.compile(r"(?<![\d.,])\d{9,15}(?![\d,]|\.\d)")),
)
"""What is looked for, first come first served: codes of Latvia, Italy; accounts; numbers with a country code or as dialled here;
and whole numbers of nine digits and more, such as the personal codes of Poland, Romania, France, Lithuania and Estonia."""


@dataclass(frozen=True)
class Find:
    """Something in a section that may be personal."""

    section: str
    kind: str
    words: str


def check(sections: Mapping[str, str | list[str]]) -> list[Find]:
    """What may be personal in these sections, by section, in the order it stands there."""
    return [Find(section, kind, words) for section, value in sections.items()
            for kind, words in _in_text("\n".join(value) if isinstance(value, list) else value or "")]


def _in_text(text: str) -> Iterable[tuple[str, str]]:
    seen = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    found: list[tuple[int, int, str]] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(seen):
            begin, end = match.span()
            if all(end <= one or begin >= other for one, other, _kind in found):
                found.append((begin, end, kind))
    return [(kind, seen[begin:end].strip()) for begin, end, kind in sorted(found)]


def fingerprint(finds: Iterable[Find]) -> str:
    """A short name of these finds, so that "go on anyway" speaks of what was shown and of nothing newer."""
    return hashlib.sha256(repr(sorted((f.section, f.kind, f.words) for f in finds)).encode()).hexdigest()[:16]
