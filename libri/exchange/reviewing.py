"""The way of a practice from its authors to its readers: submitted, commented, given back, published, archived; who is told."""

from __future__ import annotations

from flask import g, url_for

from .. import audit, emails
from ..db import db
from ..members.models import Member
from ..notices.models import tell
from . import attachments, guard
from .following import hear_of_practice
from .models import Practice, SectionComment
from .opening import open_topic, renew_topic
from .queries import review as queries


class NotComplete(ValueError):
    """A photo lacks consent, licence or alternative text (F26)."""


def finds(practice: Practice) -> list[guard.Find]:
    """What may be personal data in everything readers will see."""
    sections = practice.original.fields() | {"facts": f"{practice.contact}\n{practice.group_size}"}
    photos = attachments.of("practice", [practice.id])[practice.id]
    return guard.check(sections | {"photos": "\n".join(f"{one.alternative}\n{one.name}" for one in photos)})


def incomplete_photos(practice: Practice) -> list:
    """The photos others may not see yet."""
    return [one for one in attachments.of("practice", [practice.id])[practice.id] if not one.is_complete]


def submit(practice: Practice) -> None:
    """Hand it to the review, inside write_tx(), and tell who reviews; raises WrongState."""
    practice.submit()
    practice.version += 1
    audit.record("practice.submitted", practice)
    reviewers = [practice.editor_id] if practice.editor_id else db.session.scalars(queries.office()).all()
    _tell(reviewers, "practice.submitted", practice, url_for("exchange.review_practice", practice_id=practice.id))


def name_editor(practice: Practice, editor_id: int | None) -> None:
    """Let a member review it, or the office again, inside write_tx()."""
    practice.editor_id = editor_id
    audit.record("practice.editor_named", practice, editor=editor_id)
    if editor_id is not None:
        _tell([editor_id], "practice.editor", practice, url_for("exchange.review_practice", practice_id=practice.id))


def comment(practice: Practice, section: str, words: str, member_id: int) -> SectionComment:
    """Add a remark on a section, inside write_tx(). The authors are told, once until they have looked."""
    new = SectionComment(practice_id=practice.id, section=section, text=words, member_id=member_id)
    db.session.add(new)
    db.session.flush()
    audit.record("practice.commented", practice, section=section)
    _tell(_authors(practice), "practice.commented", practice, url_for("exchange.edit_practice", practice_id=practice.id), once=True)
    return new


def request_changes(practice: Practice, words: str) -> None:
    """Give it back to its authors, inside write_tx(), with a letter whatever news they chose; raises WrongState."""
    practice.request_changes()
    practice.version += 1
    audit.record("practice.changes_requested", practice)
    address = url_for("exchange.edit_practice", practice_id=practice.id)
    told = _authors(practice)
    _tell(told, "practice.changes_requested", practice, address, by_letter=False, reason=words)
    for number in sorted(told - {_doer()}):
        member = db.session.get(Member, number)
        if member is not None and member.status == "active":
            emails.practice_returned(member, practice.original.title, words, address)


def publish(practice: Practice) -> None:
    """Show it to the network, inside write_tx(): it gets its discussion, its authors and followers are told.

    Raises WrongState, NotComplete.
    """
    is_new = practice.published_at is None
    if incomplete_photos(practice):
        raise NotComplete
    practice.publish()
    practice.version += 1
    open_topic(practice)
    renew_topic(practice)
    audit.record("practice.published", practice)
    address = url_for("exchange.practice", practice_id=practice.id)
    authors = _authors(practice)
    _tell(authors, "practice.accepted", practice, address)
    if is_new:
        _tell(hear_of_practice(practice, is_new=True) - authors, "practice.published", practice, address)


def archive(practice: Practice) -> None:
    """Take it out of the catalogue, inside write_tx(); raises WrongState."""
    practice.archive()
    practice.version += 1
    audit.record("practice.archived", practice)
    _tell(_authors(practice), "practice.archived", practice, url_for("exchange.practice", practice_id=practice.id))


def _authors(practice: Practice) -> set[int]:
    """The author; when that account is closed, the coordinators of the organisation."""
    author = db.session.get(Member, practice.author_id) if practice.author_id else None
    if author is not None and author.status == "active":
        return {author.id}
    return set(db.session.scalars(queries.writers(practice)))


def _doer() -> int | None:
    return g.can.member_id


def _tell(members, kind: str, practice: Practice, address: str, **values) -> None:
    title = practice.original.title
    tell(members, kind, address, practice, but=_doer(), title=title, language=practice.original_language, by=_doer(), **values)
