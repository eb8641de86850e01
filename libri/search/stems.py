"""What is left of a folded word without its ending, per language: Snowball's stemmers, and light ones of ours for lv, uk and pl.

The Latvian table follows the light stemmer of Apache Lucene (see NOTICE), written for words without accents.
"""

from __future__ import annotations

import threading

from .folding import fold

LANGUAGES = {"lv": "latin", "en": "latin", "fr": "latin", "it": "latin", "pl": "latin", "ro": "latin", "ru": "cyrillic", "uk": "cyrillic"}
"""The languages whose endings are known, and their script."""
_SNOWBALL = {"en": "english", "fr": "french", "it": "italian", "ro": "romanian", "ru": "russian"}
_VOWELS = frozenset("aeiouyаеиіоуюяыэє")
_LV = (("ajiem", 2), ("ajai", 2), ("ajam", 2), ("ajas", 2), ("ajos", 2), ("ajs", 2), ("iem", 1), ("aja", 2), ("ais", 1), ("ai", 1), ("ei", 1),
       ("am", 1), ("em", 1), ("im", 1), ("um", 1), ("us", 1), ("as", 1), ("es", 1), ("os", 1), ("ij", 1), ("is", 1), ("ie", 1),
       ("u", 1), ("a", 1), ("e", 1), ("i", 1), ("o", 1), ("s", 0))
"""Latvian endings, the longer first, each with the vowels that must stand before it."""
_UK = ("ування", "уванням", "ями", "ами", "ові", "еві", "єві", "ого", "ього", "ому", "ьому", "ими", "іми", "ій", "ий", "ої", "ою", "ею", "єю",
       "ах", "ях", "ам", "ям", "ів", "ей", "их", "іх", "им", "ім", "ую", "юю", "ом", "ем", "єм", "ти", "ться", "а", "я", "о", "е", "є", "у", "ю",
       "и", "і", "ь", "й")
_PL = ("iego", "iemu", "iami", "iach", "ego", "emu", "ymi", "imi", "ych", "ich", "iej", "ami", "ach", "owi", "iom", "iow", "iem", "ej", "ym",
       "im", "om", "ow", "em", "ie", "ia", "iu", "io", "a", "e", "i", "y", "o", "u")
_UK_FOLDED = tuple(sorted({ending.translate(str.maketrans("ї", "і")) for ending in _UK}, key=len, reverse=True))
_own = threading.local()


def stem(word: str, language: str) -> str:
    """A folded word without its ending."""
    if language in _LIGHT:
        return _LIGHT[language](word)
    return fold(_snowball(language).stemWord(word))


def _snowball(language: str):
    """The stemmer of a language, one for each thread because two may not use it at once."""
    known = _own.__dict__.setdefault("stemmers", {})
    if language not in known:
        import Stemmer

        known[language] = Stemmer.Stemmer(_SNOWBALL[language], 0)
    return known[language]


def _latvian(word: str) -> str:
    if word.endswith(("taja", "tajs", "taju", "taji", "tajam", "tajiem", "tajas", "tajai", "tajos")):  # a doer: lasītājs, lasītāja
        return word[:word.rindex("taj") + 3]
    vowels = _vowels(word)
    for ending, before in _LV:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and vowels - _vowels(ending) >= before:
            word = word[:-len(ending)]
            return word[:-1] if word.endswith(("bj", "pj", "mj", "vj", "ll", "nn")) else word  # gulbja → gulb, as in gulbis
    return word


def _vowels(text: str) -> int:
    return sum(letter in _VOWELS for letter in text)


def _ukrainian(word: str) -> str:
    if word.endswith(("ся", "сь")) and len(word) > 5:
        word = word[:-2]
    word = _without(word, _UK_FOLDED)
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word  # навчання → навчан, as in навчань


def _polish(word: str) -> str:
    return _without(word, _PL)


def _without(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and _vowels(word[:-len(ending)]):
            return word[:-len(ending)]
    return word


_LIGHT = {"lv": _latvian, "uk": _ukrainian, "pl": _polish}
