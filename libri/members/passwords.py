"""Passwords: hashed with argon2id, long enough, not among the commonest, not made of our own names (S20–S23)."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from ..search import fold

LEAST, MOST = 12, 200
COMMON = Path(__file__).parent / "common_passwords.bin"
"""Made by `libri setup` from the list of the commonest passwords: sorted 8-byte beginnings of SHA-256 digests."""
DIGEST = 8
OURS = ("libri", "librarybridges", "bibliotekutilti", "biblioteka", "library", "kisc", "tikls", "network")
"""Words of the network that are no good as passwords, as `_plain` writes them."""
LATIN = str.maketrans(dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшщюяыэ", "abvggdeezziiiiklmnoprstufhccssuaye", strict=True))
                      | dict.fromkeys("ьъ-' ", ""))
"""Cyrillic letters as a Latvian would write them without marks."""

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def normal(password: str) -> str:
    """NFC, so that ā typed on two systems is the same password."""
    return unicodedata.normalize("NFC", password)


def hash_of(password: str) -> str:
    """The argon2id hash to keep; takes about 35 ms, so never inside write_tx()."""
    return hasher.hash(normal(password))


@cache
def _nobody() -> str:
    return hasher.hash("a hash for accounts that do not exist")


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether `password` fits; takes the same time when there is no such account or no password (S19)."""
    try:
        return hasher.verify(password_hash or _nobody(), normal(password)[:1000]) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def digest(password: str) -> bytes:
    """What the list of common passwords holds of each."""
    return hashlib.sha256(password.encode()).digest()[:DIGEST]


@cache
def _common() -> bytes:
    return COMMON.read_bytes()


def is_common(password: str) -> bool:
    """Whether the password, in lower case, is in the list of the commonest; raises FileNotFoundError before `libri setup`."""
    wanted, table = digest(normal(password).casefold()), _common()
    low, high = 0, len(table) // DIGEST
    while low < high:
        middle = (low + high) // 2
        found = table[middle * DIGEST:(middle + 1) * DIGEST]
        if found == wanted:
            return True
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False


def _plain(text: str) -> str:
    """Folded, in Latin letters, without spaces: `Библиотека`, `Bibliotēka` and `biblioteka` are one word (S22)."""
    return fold(text).translate(LATIN)


def trouble_with(password: str, own_words: tuple[str, ...] = ()) -> str | None:
    """What speaks against a new password, in the reader's language, or None. `own_words`: name, mailbox, organisation."""
    if len(normal(password)) < LEAST:
        return _("Choose at least 12 characters. Several words in a row are easy to remember.")
    if len(normal(password)) > MOST:
        return _("Choose at most 200 characters.")
    if is_common(password) or len(set(password)) < 5:
        return _("This password is among the first that strangers try. Choose another one.")
    folded = _plain(password)
    for word in [*OURS, *(_plain(w) for text in own_words for w in (text, *text.split()))]:
        if len(word) >= 4 and word in folded and len(folded) - len(word) < 10:
            return _("This password is too close to a name others know. Choose another one.")
    return None
