"""Typing mistakes: the words that are known, by three of their letters, and which of them somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, select, update

from ..db import db, insert_into, write_tx
from .models import SearchDocument, SearchGram, SearchWord
from .querying import holds, of_one_key

SHORTEST = 4
"""Letters from which a word can be mended."""
MOST = 8
"""Words somebody may have meant that are tried."""
AT_ONCE, AT_A_TIME = 5_000, 100
"""Words in one statement, and those asked about within the transaction of somebody who saves."""


_KNOWN = select(SearchWord.word, SearchWord.is_doubtful).where(SearchWord.word.in_(bindparam("words", expanding=True)))


def grams(word: str) -> set[str]:
    """The runs of three letters of a word, with its beginning marked."""
    marked = f" {word}"
    return {marked[at:at + 3] for at in range(len(marked) - 2)}


def learn(words: Iterable[str]) -> None:
    """Remember words of a document, inside write_tx()."""
    wanted = {word for word in words if len(word) >= SHORTEST and not word.isdigit()}
    if not wanted:
        return
    known: dict[str, bool] = {}
    for some in _portions(sorted(wanted)):
        known.update((row.word, row.is_doubtful) for row in db.session.execute(_KNOWN, {"words": some}))
    for some in _portions([word for word, is_doubtful in known.items() if is_doubtful]):
        db.session.execute(update(SearchWord).where(SearchWord.word.in_(some)).values(is_doubtful=False))
    fresh = sorted(wanted - known.keys())
    if fresh:
        db.session.execute(insert_into(SearchWord.__table__).on_conflict_do_nothing(), [{"word": word, "is_doubtful": False} for word in fresh])
        runs = [{"gram": gram, "word": word} for word in fresh for gram in sorted(grams(word))]
        db.session.execute(insert_into(SearchGram.__table__).on_conflict_do_nothing(), runs)


def doubt(words: Iterable[str]) -> None:
    """Forget those of these words that no document has any more, after one lost them, inside write_tx().

    Of a long text that is left to the worker, as it asks the index about each word.
    """
    doubtful = sorted(word for word in words if len(word) >= SHORTEST)
    if len(doubtful) <= AT_A_TIME:
        _forget(doubtful)
        return
    for some in _portions(doubtful):
        db.session.execute(update(SearchWord).where(SearchWord.word.in_(some)).values(is_doubtful=True))


def _forget(words: list[str]) -> int:
    db.session.flush()
    gone = [word for word in words if db.session.scalar(select(SearchDocument.id).where(holds(of_one_key(word))).limit(1)) is None]
    for some in _portions(gone):
        db.session.execute(delete(SearchGram).where(SearchGram.word.in_(some)))
        db.session.execute(delete(SearchWord).where(SearchWord.word.in_(some)))
    return len(gone)


def forget() -> int:
    """Forget doubtful words that no document has any more and return how many; a chore, in portions that let others write between."""
    forgotten = 0
    while True:
        with write_tx() as session:
            doubtful = list(session.scalars(select(SearchWord.word).where(SearchWord.is_doubtful).order_by(SearchWord.word).limit(AT_ONCE // 10)))
            forgotten += _forget(doubtful)
            session.execute(update(SearchWord).where(SearchWord.word.in_(doubtful)).values(is_doubtful=False))
        if len(doubtful) < AT_ONCE // 10:
            return forgotten


def _portions(words: list[str]) -> Iterable[list[str]]:
    return (words[at:at + AT_ONCE] for at in range(0, len(words), AT_ONCE))


def like(word: str) -> list[str]:
    """Known words spelt almost like this one, the likeliest first: one letter wrong below six letters, else two."""
    if len(word) < SHORTEST:
        return []
    far = 1 if len(word) < 6 else 2
    parts = sorted(grams(word))
    shared = func.count().label("shared")
    rows = db.session.execute(
        select(SearchGram.word, shared).where(SearchGram.gram.in_(parts), func.length(SearchGram.word).between(len(word) - far, len(word) + far))
        .group_by(SearchGram.word).having(shared >= max(1, len(parts) - 3 * far)).order_by(shared.desc(), SearchGram.word).limit(200)).all()
    near = [(distance(word, row.word, far), -row.shared, row.word) for row in rows]
    return [found for off, _shared, found in sorted(near) if 0 < off <= far][:MOST]


def distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, wrong or changed round between two words; anything above `most` counts as `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = list(range(len(other) + 1)), None
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if last is not None and i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        last, before = before, row
    return min(before[-1], most + 1)
