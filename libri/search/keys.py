"""The keys of a word: its folded form, its stem, the stem of its base form. Texts and queries get them by the same function."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .folding import fold
from .lemmas import stems_of_lemmas
from .stems import LANGUAGES, stem

SHORTEST_PREFIX = 3
"""Letters from which the beginning of a word finds it."""
LONGEST = 40
"""Letters of a word that count; nothing longer is written by people."""
_WORD = re.compile(r"[^\W_]+(?:['’ʼ‘`][^\W_]+)*")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_USUAL = re.compile("[0-9a-z'\u0430-\u045f]*")
_BY_SCRIPT = {script: tuple(code for code, other in LANGUAGES.items() if other == script) for script in ("latin", "cyrillic")}
_STOP = """un ar no uz par ka ko kas ir vai bet pie pec ari lai es mes the and of to in for is are on with how what a an i we do et de la le les
du des pour en dans est il lo gli di da per con che e o w z na dla jak si cu pe din pentru ce и в на с по для как что к о из не а у від з та й
до про як що за або чи і или"""
STOP = frozenset(_STOP.split())
"""Words too common to be asked for beside others, in all eight languages."""


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text, folded, with where each begins and ends; an apostrophe joins Cyrillic parts and parts Latin ones."""
    for found in _WORD.finditer(text):
        word = fold(found.group())
        if "'" not in word or _CYRILLIC.search(word):
            if whole := _whole(word.replace("'", "")):
                yield whole[:LONGEST], found.start(), found.end()
            continue
        start = found.start()
        for part in re.split(r"['’ʼ‘`]", found.group()):
            if whole := _whole(fold(part)):
                yield whole[:LONGEST], start, start + len(part)
            start += len(part) + 1


def _whole(word: str) -> str:
    """A word without signs at which SQLite would part it: some fold to several words (ﷺ), and it knows no letters younger than itself."""
    if _USUAL.fullmatch(word):
        return word
    return "".join(sign for sign in word if unicodedata.ucd_3_2_0.category(sign)[0] in "LN")


def folded(text: str, shortest: int = 2) -> list[str]:
    """The folded words of a text, without single letters."""
    return [word for word, _start, _end in spans(text) if len(word) >= shortest or word.isdigit()]


@lru_cache(30_000)
def keys(word: str, language: str = "") -> frozenset[str]:
    """Everything a folded word is found by, as a word of `language`; of every language in its script when none is said."""
    known = LANGUAGES.get(language)
    if word.isdigit():
        return frozenset((word,))
    script = "cyrillic" if _CYRILLIC.search(word) else "latin"
    found = {word}
    for code in (language,) if known == script else _BY_SCRIPT[script]:
        found.add(stem(word, code))
        found.update(stems_of_lemmas(word, code))
    return frozenset(found)
