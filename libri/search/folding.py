"""How words are folded, so that accents, case and apostrophes do not matter: the same on every database (X17, R18)."""

from __future__ import annotations

import unicodedata

_OWN = {"ё": "е", "ґ": "г", "ї": "і", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
        "’": "'", "ʼ": "'", "`": "'", "‘": "'", "й": "й"}


class _Folded(dict):
    """What each letter becomes, worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        kept = "".join(c for c in unicodedata.normalize("NFD", sign) if not unicodedata.combining(c))
        self[number] = kept = _OWN.get(sign, kept)
        return kept


class _Levelled(dict):
    """What each letter becomes when every letter must stay one."""

    def __missing__(self, number: int) -> str:
        kept = fold(chr(number))
        self[number] = kept = kept if len(kept) == 1 else chr(number).lower()[:1]
        return kept


_LETTERS, _ONE_BY_ONE = _Folded(), _Levelled()


def fold(text: str) -> str:
    """Lower case without accents, the same on every database: `Rēzekne` → `rezekne`; й stays a letter (X17, R18)."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)


def level(text: str) -> str:
    """A text folded letter by letter, so that each stays at its place; the few that fold to none or two stay as they are."""
    return text.translate(_ONE_BY_ONE)


def words(query: str, most: int = 8) -> list[str]:
    """The folded words of a query, at most `most`."""
    return fold(query[:200]).replace("'", "").split()[:most]


def like(word: str) -> str:
    """A LIKE pattern that finds `word` anywhere, its wildcards escaped by a backslash (S48)."""
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, "\\" + sign)
    return f"%{word}%"
