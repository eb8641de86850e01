"""Which base form irregular words have, per language: simplemma's dictionaries, folded and cut down to what the stems do not say.

The lists are compiled once a machine and read from disk in place, so that a process holds none of them in memory.
"""

from __future__ import annotations

import logging
import mmap
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path

from .folding import fold
from .stems import LANGUAGES, stem

FOLDER = Path(__file__).parent / "lemmas"
FORMAT = 2
"""To be raised when folding or stems change, so that the lists are compiled anew."""

RARE = {"pl": ("by", "bym", "byś", "my", "cie", "łem", "łam", "łeś", "łaś")}
"""Endings of verb forms of which a dictionary has a million and a search none."""
_log = logging.getLogger("libri")


def stems_of_lemmas(word: str, language: str) -> list[str]:
    """The stems of the base forms of a folded word that its own stem does not give."""
    content = _list(language)
    wanted = word.encode() + b"\t"
    low, high = 0, len(content)
    while low < high:  # `low` is always the beginning of a line
        middle = content.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = content.find(b"\n", middle)
        if content[middle:min(end, middle + len(wanted))] < wanted:
            low = end + 1
        else:
            high = middle
    found = []
    while content[low:low + len(wanted)] == wanted:
        end = content.find(b"\n", low)
        found.append(content[low + len(wanted):end].decode())
        low = end + 1
    return found


@cache
def _list(language: str) -> mmap.mmap | bytes:
    """The list of a language where it lies on the disk; without one, words are still found by their stems."""
    file = file_of(language)
    try:
        if not file.is_file():
            _compile_apart(language)
        with file.open("rb") as opened:
            return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError, subprocess.CalledProcessError):
        _log.exception("the base forms of %s cannot be read", language)
        return b""


def file_of(language: str) -> Path:
    """Where the list of a language is."""
    return FOLDER / f"{language}.{FORMAT}.txt"


def compile_list(language: str) -> None:
    """Write the list of a language, whole or not at all; processes may do it at the same time."""
    lines = sorted(_irregular(language))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as part:
        part.writelines(lines)
    os.chmod(part.name, 0o644)
    os.replace(part.name, file_of(language))


def _irregular(language: str) -> set[bytes]:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    @lru_cache(4)
    def base_of(lemma: str) -> str:
        return stem(fold(lemma).replace("'", ""), language)

    lines, rare = set(), RARE.get(language, ())
    for form, lemma in DefaultDictionaryFactory(1).get_dictionary(language).items():
        if form.endswith(rare) or (rare and form.startswith("nie") and len(form) > 9):
            continue
        word, base = fold(form).replace("'", ""), base_of(lemma)
        if word.isalnum() and base.isalnum() and base != word and base != stem(word, language):
            lines.add(f"{word}\t{base}\n".encode())
    return lines


def compile_all() -> None:
    """Compile the lists that are not there yet, two at a time."""
    with ThreadPoolExecutor(2) as at_once:
        list(at_once.map(_compile_apart, [code for code in sorted(LANGUAGES, reverse=True) if not file_of(code).is_file()]))


def _compile_apart(language: str) -> None:
    """In a process of its own, which gives its memory back."""
    call = "import sys; from libri.search.lemmas import compile_list; compile_list(sys.argv[1])"
    subprocess.run([sys.executable, "-c", call, language], check=True, cwd=Path(__file__).parents[2])
