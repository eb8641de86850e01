"""What the pages of writing and reviewing ask for."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload, raiseload

from ...members.models import Member, Membership, Organisation
from ...permissions import Can
from ..models import FieldQuestion, Practice, PracticeText, PracticeVersion, SectionComment

VERSIONS_AT_ONCE = 50


def locked(practice_id: int) -> Select:
    """The row of a practice, held until the end of the transaction."""
    return select(Practice).where(Practice.id == practice_id).options(raiseload("*")).with_for_update()


def waiting(can: Can) -> Select:
    """Practices that wait for this reviewer, the longest waiting first, with title, organisation, author and open comments."""
    author, editor = _person("author"), _person("editor")
    comments = (select(func.count()).select_from(SectionComment)
                .where(SectionComment.practice_id == Practice.id, SectionComment.settled_at.is_(None)).scalar_subquery())
    found = (select(Practice.id, Practice.submitted_at, Practice.original_language, PracticeText.title,
                    Organisation.name, Organisation.names, Organisation.languages, author.c.name.label("author"),
                    author.c.status.label("author_status"), editor.c.name.label("editor"), comments.label("comments"))
             .join(PracticeText, (PracticeText.practice_id == Practice.id) & (PracticeText.language == Practice.original_language))
             .join(Organisation, Organisation.id == Practice.organisation_id)
             .outerjoin(author, author.c.id == Practice.author_id).outerjoin(editor, editor.c.id == Practice.editor_id)
             .where(Practice.status == "submitted"))
    if not can.is_office:
        found = found.where(Practice.editor_id == can.member_id)
    return found.order_by(Practice.submitted_at, Practice.id).limit(200)


def _person(name: str):
    return select(Member.id, Member.name, Member.status).subquery(name)


def comments(practice_id: int, only_open: bool = False) -> Select:
    """The remarks on a practice with who made them, oldest first."""
    found = select(SectionComment).where(SectionComment.practice_id == practice_id)
    if only_open:
        found = found.where(SectionComment.settled_at.is_(None))
    return found.options(joinedload(SectionComment.member), raiseload("*")).order_by(SectionComment.id)


def questions(practice_id: int) -> Select:
    """What readers asked for and nobody has answered."""
    return select(FieldQuestion.field).where(FieldQuestion.practice_id == practice_id, FieldQuestion.answered_at.is_(None))


def possible_editors(practice: Practice) -> Select:
    """(id, name) of members who may be named: active, not the author; those who read the language come first in the list."""
    return (select(Member.id, Member.name, Member.reads)
            .where(Member.status == "active", Member.id != (practice.author_id or 0)).order_by(Member.name, Member.id))


def office() -> Select:
    """Ids of the people of the office."""
    return (select(Membership.member_id).join(Organisation)
            .where(Membership.role == "coordinator", Organisation.kind == "coordinator", Organisation.status.in_(("active", "draft"))))


def writers(practice: Practice) -> Select:
    """Ids of those who write a practice when its author is gone: the coordinators of its organisation."""
    return select(Membership.member_id).where(Membership.organisation_id == practice.organisation_id, Membership.role == "coordinator")


def versions(practice_id: int, language: str) -> Select:
    """(version, name, status of who wrote it, name of who removed it) of a text's earlier states, newest first."""
    remover = aliased(Member)
    return (select(PracticeVersion, Member.name, Member.status, remover.name.label("removed_by"))
            .outerjoin(Member, Member.id == PracticeVersion.member_id).outerjoin(remover, remover.id == PracticeVersion.removed_by_id)
            .where(PracticeVersion.practice_id == practice_id, PracticeVersion.language == language)
            .order_by(PracticeVersion.number.desc()).limit(VERSIONS_AT_ONCE))


def person(member_id: int | None) -> Select:
    """(name, status) of a member."""
    return select(Member.name, Member.status).where(Member.id == (member_id or 0))
