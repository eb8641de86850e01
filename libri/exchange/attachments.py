"""Photos and files of practices and replies: taken, listed, removed, and shown to whom their thing is shown (F15, F26, S44, S45).

Taking one has two halves: `take()` reads, checks, draws and stores before the transaction; `add()` writes the row inside it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from .. import files
from ..db import db
from ..forms import line
from . import photos, sniffing
from .models import Attachment
from .sniffing import NotTaken

LARGEST = 8 * 1024 * 1024
"""Bytes of one file as it is sent (S40)."""
MOST = {"practice": 20, "reply": 10}
"""Attachments of one thing."""
QUOTA = 500 * 1024 * 1024
"""Bytes one member may have stored."""
NEW_SECONDS = 3600
OWNER = "upload"

@dataclass(frozen=True)
class Rules:
    """Who may see an attachment of a kind of thing, who may describe or remove it, and the page it is removed from."""

    see: Callable[[Attachment], bool]
    change: Callable[[Attachment], bool]
    home: Callable[[int], str]


RULES: dict[str, Rules] = {}
"""The rules of each kind of thing; the views of that thing register them with `rules()`."""


def rules(object_kind: str, see: Callable[[Attachment], bool], change: Callable[[Attachment], bool], home: Callable[[int], str]) -> None:
    """Say who may see and who may change what hangs on a kind of thing, and where its page is (by the thing's id)."""
    RULES[object_kind] = Rules(see, change, home)


@dataclass(frozen=True)
class Taken:
    """A file that was checked and stored and waits for its row."""

    kind: str
    file: str
    thumbnail: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


def take(upload, member_id: int) -> Taken:
    """Check an uploaded file and store it, outside any transaction; raises NotTaken with a sentence for the person."""
    content, name = upload.read(LARGEST + 1), clean_name(upload.filename)
    if not content:
        raise NotTaken(_l("This file is empty. Choose another one."))
    if len(content) > LARGEST:
        raise NotTaken(_l("This file is larger than 8 MB. Choose a smaller one."))
    if _stored_by(member_id) + len(content) > QUOTA:
        raise NotTaken(_l("You have stored 500 MB. Remove files you no longer need first."))
    owner, suffix = f"{OWNER}-{member_id}", sniffing.suffix_of(name)
    if suffix in sniffing.PICTURES:
        photo = photos.drawn(content)
        return Taken("photo", files.store(owner, photo.large, "webp"), files.store(owner, photo.small, "webp"),
                     f"{name.rpartition('.')[0]}.webp", "image/webp", len(photo.large) + len(photo.small), photo.width, photo.height)
    media_type = sniffing.check(name, content)
    return Taken("file", files.store(owner, content, suffix), "", name, media_type, len(content))


def clean_name(name: str | None) -> str:
    """A file's own name, only for people to read: no folders, no unseen signs, at most 150 letters with its ending (S45)."""
    last = line((name or "").replace("\\", "/").rpartition("/")[2]).strip(". ") or "file"
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:140]}{dot}{suffix[:9]}" if dot else last[:150]


def add(object_kind: str, object_id: int, taken: Taken, member_id: int, *, alternative: str = "", credit: str = "", licence: str = "",
        has_consent: bool = False) -> Attachment:
    """Hang a taken file on a thing, inside write_tx(); raises NotTaken when the thing has enough."""
    hanging = select(func.count()).select_from(Attachment).where(Attachment.object_kind == object_kind, Attachment.object_id == object_id)
    if (db.session.scalar(hanging) or 0) >= MOST[object_kind]:
        raise NotTaken(_l("There are enough photos and files here. Remove one first."))
    new = Attachment(object_kind=object_kind, object_id=object_id, added_by_id=member_id, alternative=alternative, credit=credit,
                     licence=licence, has_consent=has_consent, **vars(taken))
    db.session.add(new)
    db.session.flush()
    return new


def of(object_kind: str, object_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The attachments of many things in one query, photos first: {id of the thing: […]}."""
    found = defaultdict(list)
    hanging = select(Attachment).where(Attachment.object_kind == object_kind, Attachment.object_id.in_(list(object_ids)))
    for one in db.session.scalars(hanging.order_by(Attachment.kind.desc(), Attachment.id)):
        found[one.object_id].append(one)
    return found


def remove(attachment: Attachment) -> list[str]:
    """Take an attachment away, inside write_tx(); return the names of files to remove after it (`forget_files`)."""
    names = [name for name in (attachment.file, attachment.thumbnail) if name]
    db.session.delete(attachment)
    db.session.flush()
    return names


def remove_of(object_kind: str, object_id: int) -> list[str]:
    """Take away all attachments of a thing, inside write_tx(); return the names of files to remove after it."""
    return [name for one in of(object_kind, [object_id])[object_id] for name in remove(one)]


def forget_files(names: Iterable[str]) -> None:
    """Delete stored files that no attachment shows any more, after the transaction; the same content may hang elsewhere."""
    names = list(names)
    shown = _shown(names)
    for name in names:
        if name not in shown:
            files.remove(name)


def _shown(names: list[str]) -> set[str]:
    rows = db.session.execute(
        select(Attachment.file, Attachment.thumbnail).where(or_(Attachment.file.in_(names), Attachment.thumbnail.in_(names))))
    return {name for row in rows for name in row}


def _stored_by(member_id: int) -> int:
    return db.session.scalar(select(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.added_by_id == member_id)) or 0


def sweep(clock: Callable[[], float] = time.time) -> int:
    """Delete files of an upload that was never finished; return how many (S47)."""
    old = [name for name in files.owned_by(OWNER) if clock() - _stored_at(name) > NEW_SECONDS]
    left = [name for start in range(0, len(old), 500) for name in _left(old[start:start + 500])]
    for name in left:
        files.remove(name)
    return len(left)


def _left(names: list[str]) -> list[str]:
    shown = _shown(names)
    return [name for name in names if name not in shown]


def _stored_at(name: str) -> float:
    try:
        return files.path(name).stat().st_mtime
    except (FileNotFoundError, ValueError):
        return float("inf")
