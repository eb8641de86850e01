"""What moderators do to texts: approve first ones, hide with a reason, show again (F12–F14). All inside write_tx()."""

from __future__ import annotations

from flask import g, has_request_context
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, or_, select

from .. import audit, emails
from ..db import Fact, db, now
from ..members.models import Member, Membership, Organisation
from ..notices.models import tell
from . import adopting, telling
from .models import Adoption, Practice, PracticeText, Reply, Topic
from .queries import adoptions, unread

Text = Reply | Practice | Adoption
"""What somebody wrote that can be reported, hidden and shown again."""
FIRST_POSTS_WAIT = "first_posts_wait"
DEEDS = {
    "adoption.hidden": _l("Text hidden"),
    "adoption.reported": _l("Text reported"),
    "adoption.restored": _l("Text shown again"),
    "adoption.settled": _l("Reports on a text settled"),
    "first_posts.wait": _l("First texts of new members wait"),
    "first_posts.free": _l("First texts of new members are shown at once"),
    "notices.stopped": _l("Letters about news stopped"),
    "practice.hidden": _l("Practice hidden"),
    "practice.reported": _l("Practice reported"),
    "practice.restored": _l("Practice shown again"),
    "practice.settled": _l("Reports on a practice settled"),
    "practice.version_removed": _l("Earlier version of a practice removed"),
    "practice.versions_removed": _l("Earlier versions of a practice deleted"),
    "reply.approved": _l("First text approved"),
    "reply.changed": _l("Text changed"),
    "reply.hidden": _l("Text hidden"),
    "reply.refused": _l("First text not shown"),
    "reply.reported": _l("Text reported"),
    "reply.restored": _l("Text shown again"),
    "reply.settled": _l("Reports on a text settled"),
    "reply.version_removed": _l("Earlier version of a text removed"),
    "reply.versions_removed": _l("Earlier versions of a text deleted"),
    "report.noted": _l("Note on a report"),
    "topic.closed": _l("Discussion closed"),
    "topic.locked": _l("Discussion locked"),
    "topic.moved": _l("Discussion moved to another category"),
    "topic.opened": _l("Discussion begun"),
    "topic.opened_again": _l("Discussion opened again"),
    "topic.pinned": _l("Discussion put first"),
    "topic.unlocked": _l("Discussion unlocked"),
    "topic.unpinned": _l("Discussion no longer first"),
    "topic.watched": _l("Unanswered question put before members"),
}
"""What was done, in the words of the audit trail."""


_FIRST_POSTS_WAIT = select(Fact.value).where(Fact.name == FIRST_POSTS_WAIT)


class NotWaiting(ValueError):
    """The text does not wait for approval any more."""


# ---- first texts of new members (F14) --------------------------------------------------------------------------------


def first_posts_wait() -> bool:
    """Whether the office wants to see the first text of every new member before others do."""
    return bool((db.session.scalar(_FIRST_POSTS_WAIT) or {}).get("on"))


def let_first_posts_wait(on: bool) -> None:
    """Switch the waiting of first texts on or off."""
    db.session.merge(Fact(name=FIRST_POSTS_WAIT, value={"on": on}))
    audit.record("first_posts.wait" if on else "first_posts.free")


def waits(member_id: int) -> bool:
    """Whether what this member writes now waits for the office: they are new, and the office says so (F14).

    Somebody is new until one text of theirs was shown or one practice published. A text that waits has `is_waiting`; when it
    opens a topic, the topic has `is_shown` off too (Topic.open_with, Topic.add_reply). Call `tell_office` then, and
    `telling.topic_opened` or `reply_written` only for a text that does not wait: approving does it for the others.
    """
    if not first_posts_wait() or (has_request_context() and g.can.moderate() and g.can.member_id == member_id):
        return False
    shown = exists().where(Reply.author_id == member_id, Reply.is_shown, ~Reply.is_waiting)
    published = exists().where(Practice.author_id == member_id, Practice.published_at.is_not(None))
    return not db.session.scalar(select(or_(shown, published)))


def tell_office(topic: Topic, reply: Reply) -> None:
    """Tell the office that a first text waits for it."""
    tell(office(), "text.waits", telling.address("exchange.moderate", kind="reply", number=reply.id), reply,
         title=topic.title, language=topic.language, by=reply.author_id)


def approve(topic: Topic, reply: Reply) -> None:
    """Show a text that waited, to everybody; raises NotWaiting."""
    if not reply.is_waiting:
        raise NotWaiting
    reply.is_waiting = False
    if reply.number == 0:
        topic.is_shown, topic.created_at = True, now()  # it begins now that others can answer, also for the watch (N12)
    topic.last_at, topic.last_author_id = now(), reply.author_id
    unread.take_back(topic.id, reply.number, reply.author_id)
    audit.record("reply.approved", reply)
    tell([reply.author_id], "text.approved", telling.address_of(topic, reply), topic, title=topic.title, language=topic.language)
    (telling.reply_written if reply.number else telling.topic_opened)(topic, reply)


def refuse(topic: Topic, reply: Reply, reason: str) -> None:
    """Do not show a text that waited, and say why; raises NotWaiting."""
    if not reply.is_waiting:
        raise NotWaiting
    reply.is_waiting, reply.is_shown, reply.hidden_reason = False, False, reason
    if reply.number == 0:
        topic.is_shown, topic.hidden_reason = False, reason
    audit.record("reply.refused", reply)
    _say_why(reply, "text.refused", reason)


# ---- hiding ----------------------------------------------------------------------------------------------------------


def hide(thing: Text, reason: str) -> None:
    """Hide a text and tell its author why; the opening of a topic hides the topic, a practice its discussion."""
    if isinstance(thing, Practice):
        thing.hide(reason)
        _show_topic(thing, False, reason)
    elif isinstance(thing, Adoption):
        _show_adoption(thing, False, reason)
    else:
        topic = db.session.get_one(Topic, thing.topic_id)
        thing.is_shown, thing.hidden_reason = False, reason
        if thing.number == 0:
            topic.is_shown, topic.hidden_reason = False, reason
        elif topic.accepted_number == thing.number:
            topic.take_back_answer()
    audit.record(f"{thing.__tablename__}.hidden", thing)
    _say_why(thing, "text.hidden", reason)


def _show_topic(practice: Practice, is_shown: bool, reason: str = "") -> None:
    """Hide or show the discussion of a practice with it, because its opening text says the same."""
    if practice.topic_id is not None:
        topic = db.session.get_one(Topic, practice.topic_id)
        topic.is_shown, topic.hidden_reason = is_shown, reason


def _show_adoption(adoption: Adoption, is_shown: bool, reason: str = "") -> None:
    """Hide or show what somebody told of trying a practice; the practice counts what is shown."""
    adoption.is_shown, adoption.hidden_reason = is_shown, reason
    db.session.flush()
    adoptions.recount(adoption.practice_id)


def restore(thing: Text) -> None:
    """Show a hidden text again and tell its author."""
    if isinstance(thing, Practice):
        thing.show_again()
        _show_topic(thing, True)
    elif isinstance(thing, Adoption):
        _show_adoption(thing, True)
    else:
        topic = db.session.get_one(Topic, thing.topic_id)
        thing.is_shown, thing.hidden_reason = True, ""
        if thing.number == 0:
            topic.is_shown, topic.hidden_reason = True, ""
    audit.record(f"{thing.__tablename__}.restored", thing)
    tell([thing.author_id], "text.restored", _own(thing), thing, **named(thing))


def _say_why(thing: Text, kind: str, reason: str) -> None:
    """A notice and, whatever they chose about news, a letter: a decision about somebody's text reaches them with its reason."""
    where, said = _own(thing), named(thing)
    tell([thing.author_id], kind, where, thing, by_letter=False, reason=reason, **said)
    author = db.session.get(Member, thing.author_id) if thing.author_id else None
    if author is not None and author.status == "active":
        emails.text_hidden(author, where, said["title"], reason, was_waiting=kind == "text.refused")


def _own(thing: Text) -> str:
    """Where its author sees what became of a text; visiting that page reads the notice."""
    return telling.address("exchange.own_text", kind=thing.__tablename__, number=thing.id)


def is_hidden(thing: Text) -> bool:
    """Whether a moderator hid it."""
    return bool(thing.hidden_reason) if isinstance(thing, Practice) else not thing.is_shown


def address_of(thing: Text) -> str:
    """Where a text stands."""
    if isinstance(thing, Practice):
        return telling.address("exchange.practice", practice_id=thing.id)
    if isinstance(thing, Adoption):
        return adopting.address(thing)
    here = {"at": thing.number} if thing.number else {}
    return telling.address("exchange.topic", topic_id=thing.topic_id, **here) + f"#reply-{thing.id}"


def named(thing: Text) -> dict[str, str]:
    """Title and language of what somebody wrote, or of the practice they tried."""
    if not isinstance(thing, Reply):
        number = thing.id if isinstance(thing, Practice) else thing.practice_id
        title, language = db.session.execute(select(PracticeText.title, PracticeText.language).join(PracticeText.practice).where(
            Practice.id == number, PracticeText.language == Practice.original_language)).one()
        return {"title": title, "language": language}
    title, language = db.session.execute(select(Topic.title, Topic.language).where(Topic.id == thing.topic_id)).one()
    return {"title": title, "language": language}


def office() -> set[int]:
    """Numbers of the members who moderate: the coordinators of the coordinating body."""
    return set(db.session.scalars(select(Membership.member_id).join(Organisation).where(
        Organisation.kind == "coordinator", Organisation.status.in_(("active", "draft")), Membership.role == "coordinator")))
