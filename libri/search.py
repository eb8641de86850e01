"""One index for everything, in any inflection: for now, how words are folded so that accents and case do not matter."""

from __future__ import annotations

import unicodedata

_MAP = str.maketrans({"ё": "е", "ґ": "г", "ї": "і", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe",
                      "’": "'", "ʼ": "'", "`": "'", "й": "\ue000"})


def fold(text: str) -> str:
    """Lower case without accents, the same on every database: `Rēzekne` → `rezekne`; й stays a letter (X17, R18)."""
    mapped = unicodedata.normalize("NFKC", text).casefold().translate(_MAP)
    return "".join(c for c in unicodedata.normalize("NFD", mapped) if not unicodedata.combining(c)).replace("\ue000", "й")


def words(query: str, most: int = 8) -> list[str]:
    """The folded words of a query, at most `most`."""
    return fold(query[:200]).replace("'", "").split()[:most]


def like(word: str) -> str:
    """A LIKE pattern that finds `word` anywhere, its wildcards escaped by a backslash (S48)."""
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, "\\" + sign)
    return f"%{word}%"
