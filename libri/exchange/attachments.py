"""Photos and files of practices and replies: taken, listed, removed, and shown to whom their thing is shown (F15, F26, S44, S45).

Taking one has two halves, as in `files`: `take()` before the transaction, `add()` inside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, bindparam, func, select

from .. import files
from ..db import db
from ..files import NotTaken
from .models import Attachment

MOST = {"practice": 20, "reply": 10}
"""Attachments of one thing."""


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


def take(upload, member_id: int, organisation_id: int | None) -> files.Taken:
    """Check an uploaded file and store it, outside any transaction; raises NotTaken with a sentence for the person."""
    return files.take(upload, upload.filename, organisation_id=organisation_id, member_id=member_id, allowed=files.ATTACHMENT)


def add(object_kind: str, object_id: int, taken: files.Taken, member_id: int, *, alternative: str = "", credit: str = "", licence: str = "",
        has_consent: bool = False) -> Attachment:
    """Hang a taken file on a thing, inside write_tx(); raises NotTaken when the thing has enough."""
    hanging = select(func.count()).select_from(Attachment).where(Attachment.object_kind == object_kind, Attachment.object_id == object_id)
    if (db.session.scalar(hanging) or 0) >= MOST[object_kind]:
        raise NotTaken(_l("There are enough photos and files here. Remove one first."))
    new = Attachment(object_kind=object_kind, object_id=object_id, kind="photo" if taken.kind == "picture" else "file",
                     stored=files.add(taken), added_by_id=member_id, alternative=alternative, credit=credit, licence=licence,
                     has_consent=has_consent)
    db.session.add(new)
    db.session.flush()
    return new


_HANGING = (select(Attachment).where(Attachment.object_kind == bindparam("of"), Attachment.object_id.in_(bindparam("these", expanding=True)))
            .order_by(Attachment.kind.desc(), Attachment.id))


def of(object_kind: str, object_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The attachments of many things in one query, photos first: {id of the thing: […]}."""
    found = defaultdict(list)
    for one in db.session.scalars(_HANGING, {"of": object_kind, "these": list(object_ids)}):
        found[one.object_id].append(one)
    return found


def added_by(member_id: int) -> Select[tuple[files.StoredFile]]:
    """The files a member hung on practices and replies."""
    return select(files.StoredFile).join(Attachment).where(Attachment.added_by_id == member_id).order_by(files.StoredFile.id)


def remove(attachment: Attachment) -> list[str]:
    """Take an attachment away, inside write_tx(); return what `files.forget()` takes after it."""
    stored = attachment.stored
    db.session.delete(attachment)
    db.session.flush()
    return files.remove(stored)


def remove_of(object_kind: str, object_id: int) -> list[str]:
    """Take away all attachments of a thing, inside write_tx(); return what `files.forget()` takes after it."""
    return [digest for one in of(object_kind, [object_id])[object_id] for digest in remove(one)]
