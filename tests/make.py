"""Builders: one call makes a whole, valid thing and adds it to the session; the test names only what matters to it."""

from __future__ import annotations

from itertools import count

import pyotp
from sqlalchemy import select

from libri import forms, tickets
from libri.config import NOTICE_VERSION
from libri.db import db, now
from libri.directory.models import ContactPerson, ImportDraft, Room, VenueOffer
from libri.exchange import following, opening
from libri.exchange.indexing import index_practice
from libri.exchange.models import (
    Adoption,
    Attachment,
    FieldQuestion,
    Practice,
    PracticeText,
    PracticeVersion,
    ReadMark,
    Reply,
    ReplyVersion,
    Report,
    SectionComment,
    Topic,
)
from libri.exchange.queries import adoptions
from libri.members import two_factor
from libri.members.models import Invitation, Member, Membership, Organisation
from libri.notices.models import Notice
from libri.outbox import Letter

from .make_files import collection, edition, resource, stored  # noqa: F401
from .make_trainings import came, certificate, event, export, held_letter, material, question_of, registration, reservation  # noqa: F401

_number = count(1)


def organisation(name: str, parent: Organisation | None = None, **given) -> Organisation:
    """An active public library in Latvia unless said otherwise."""
    values = {"kind": "public_library", "country": "LV", "city": "Rīga", "status": "active", "languages": ["lv"], "themes": [],
              "code": f"org-{next(_number)}"} | given
    new = Organisation(name=name, **values)
    db.session.add(new)
    db.session.flush()
    new.place_under(parent)
    new.index_names()
    db.session.flush()
    return new


def member(name: str, reads: str, at: Organisation | None, role: str = "member", **given) -> Member:
    """A member who has read the notice; `reads` is the language they read and write."""
    values = {"email": f"{name.lower()}{next(_number)}@library.example", "language": "en", "reads": [reads], "writes": [reads],
              "notice_version": NOTICE_VERSION, "notice_read_at": now()} | given
    new = Member(name=name, **values)
    if at is not None:
        new.memberships = [Membership(organisation_id=at.id, role=role, function="librarian")]
    db.session.add(new)
    db.session.flush()
    return new


def contact(at: Organisation, function: str = "Reading room librarian", **given) -> ContactPerson:
    """A contact person with name and e-mail shown to the network."""
    values = {"name": f"Contact {next(_number)}", "email": f"contact{next(_number)}@library.example", "languages": ["lv"],
              "visibility": {"name": "network", "email": "network"}, "consented_on": now().date(), "confirmed_on": now()} | given
    new = ContactPerson(organisation_id=at.id, function=function, **values)
    db.session.add(new)
    db.session.flush()
    return new


def venue(at: Organisation, capacity: int = 40, **given) -> VenueOffer:
    """A venue offer with one room."""
    new = VenueOffer(organisation_id=at.id, **({"name": "Reading hall", "rooms": [Room(capacity=capacity, equipment=["projector"])]} | given))
    db.session.add(new)
    db.session.flush()
    return new


def invitation(at: Organisation, email: str = "nina@library.example", **given) -> Invitation:
    """An open invitation as member."""
    new = Invitation(email=email, organisation_id=at.id, **given)
    db.session.add(new)
    db.session.flush()
    return new


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def second_factor(member: Member) -> list[str]:
    """Turn on the second factor of a member, with SECRET in the app; return the recovery codes."""
    codes = two_factor.turn_on(member, SECRET, 0)
    db.session.flush()
    return codes


def code(steps: int = 0) -> str:
    """What the app shows now, or so many steps of 30 seconds later."""
    return pyotp.TOTP(SECRET).at(int(now().timestamp()) + 30 * steps)


def ticket(purpose: str, member: Member, hours: float = 1, extra: str = "") -> str:
    """The token of a link in a letter to a member."""
    return tickets.issue(purpose, member.id, hours, extra).token()


def drawn_long_ago() -> dict[str, str]:
    """What a form for anybody holds when a person took their time."""
    return {"drawn": forms.stamp_of(0)}


def letter(to: Member, kind: str = "password_changed", **given) -> Letter:
    """A letter that waits in the outbox."""
    new = Letter(kind=kind, to_address=to.email, language=to.language, member_id=to.id, **given)
    db.session.add(new)
    db.session.flush()
    return new


def table(owner: Member, *rows: list[str]) -> ImportDraft:
    """A table waiting to be imported: with a header and `rows`, else one that lacks a column."""
    new = ImportDraft(member_id=owner.id, filename="partners.csv", rows=list(rows) or [["id"], ["org-x"]])
    db.session.add(new)
    db.session.flush()
    return new


def practice(at: Organisation, author: Member | None = None, *, text: dict | None = None, **given) -> Practice:
    """A published, complete practice in English, for members only; `text` names sections of its original."""
    values = {"original_language": "en", "status": "published", "themes": ["language_learning"], "target_groups": ["newcomers_adults"],
              "country": at.country, "city": at.city, "published_at": now()} | given
    language = values["original_language"]
    sections = {"title": f"Language café {next(_number)}", "summary": "We talk at four tables.", "need": "People rarely meet anyone to talk to.",
                "steps": ["We asked.", "We set the tables.", "We talked."], "resources": "One librarian.", "results": "Many came.",
                "lessons": "Small tables work best."} | (text or {})
    new = Practice(organisation_id=at.id, author_id=author.id if author else None, **values)
    new.texts = [PracticeText(language=language, changed_by_id=new.author_id, **sections)]
    db.session.add(new)
    db.session.flush()
    index_practice(new)
    return new


def translation(practice: Practice, language: str, **given) -> PracticeText:
    """A translation by a person of the practice as it is now."""
    values = {"title": f"Title in {language}", "summary": f"Summary in {language}", "need": "Why", "origin": "human",
              "translates_number": practice.number or 1} | given
    new = PracticeText(practice_id=practice.id, language=language, **values)
    db.session.add(new)
    index_practice(practice)
    db.session.flush()
    return new


def adoption(practice: Practice, at: Organisation, **given) -> Adoption:
    """That an organisation tried a practice; no result stands yet."""
    new = Adoption(practice_id=practice.id, organisation_id=at.id, **({"language": "en", "changes": "Two tables instead of four"} | given))
    db.session.add(new)
    db.session.flush()
    adoptions.recount(practice.id)
    return new


def photo(practice: Practice, **given) -> Attachment:
    """A photo of a practice; what is stored of it is no real picture."""
    values = {"kind": "photo", "alternative": "Tables", "licence": "CC-BY-4.0", "has_consent": True} | given
    values.setdefault("stored", stored("photo.webp", b"no real picture", width=40, height=30))
    new = Attachment(object_kind="practice", object_id=practice.id, **values)
    db.session.add(new)
    db.session.flush()
    return new


def remark(practice: Practice, by: Member, words: str = "Who said so?", section: str = "need") -> SectionComment:
    """An open remark of the review on a section."""
    new = SectionComment(practice_id=practice.id, section=section, text=words, member_id=by.id)
    db.session.add(new)
    db.session.flush()
    return new


def words_about(practice: Practice, words: str, author: Member | None = None, **given) -> Reply:
    """A reply in the discussion of a practice."""
    new = opening.open_topic(practice).add_reply(author.id if author else None, words, "en", None)
    for name, value in given.items():
        setattr(new, name, value)
    db.session.add(new)
    db.session.flush()
    return new


def topic(author: Member | None, title: str = "How do you begin?", body: str = "We look for advice.", *, replies: int = 0,
          read_by: Member | None = None, **given) -> Topic:
    """An open question with its opening text and so many replies of the same author."""
    values = {"category": "question", "language": "en"} | {name: value for name, value in given.items() if name != "last_at"}
    new = Topic(title=title, author_id=author.id if author else None, **values)
    if author is not None:
        new.organisation_id = db.session.scalar(select(Membership.organisation_id).where(Membership.member_id == author.id))
    db.session.add(new)
    db.session.flush()
    shown = new.is_shown is not False
    db.session.add(new.open_with(body, function="librarian" if author is None else ""))
    for number in range(replies):
        db.session.add(new.add_reply(new.author_id, f"Reply number {number + 1}", "en", new.organisation_id))
    new.is_shown, new.last_at = shown, given.get("last_at", new.last_at)
    if read_by is not None:
        db.session.add(ReadMark(member_id=read_by.id, topic_id=new.id, number=new.last_number))
    db.session.flush()
    return new


def reply(topic: Topic, author: Member | None, body: str = "Begin with one table.", **given) -> Reply:
    """A reply in English."""
    new = topic.add_reply(author.id if author else None, body, given.pop("language", "en"), topic.organisation_id)
    for name, value in given.items():
        setattr(new, name, value)
    db.session.add(new)
    db.session.flush()
    return new


def question(practice: Practice, field: str = "evidence", **given) -> FieldQuestion:
    """That a reader asked for a missing field."""
    new = FieldQuestion(practice_id=practice.id, field=field, **given)
    db.session.add(new)
    db.session.flush()
    return new


def earlier(thing: Reply | Practice, words: str = "As it was before") -> ReplyVersion | PracticeVersion:
    """An earlier version of a text, with these words."""
    new = (ReplyVersion(reply_id=thing.id, body=words, at=now()) if isinstance(thing, Reply) else
           PracticeVersion(practice_id=thing.id, language=thing.original_language, number=thing.number, fields={"need": words}))
    if isinstance(thing, Practice):
        thing.number += 1
    db.session.add(new)
    db.session.flush()
    return new


def report(thing: Reply | Practice | Adoption, by: Member, reason: str = "It names a reader.", **given) -> Report:
    """An open report on a text."""
    new = Report(object_kind=thing.__tablename__, object_id=thing.id, member_id=by.id, reason=reason, **given)
    db.session.add(new)
    db.session.flush()
    return new


def notice(to: Member, thing, kind: str = "topic.reply", **given) -> Notice:
    """An unread notice about a thing."""
    new = Notice(member_id=to.id, kind=kind, object_kind=thing.__tablename__, object_id=thing.id, **(
        {"address": f"/discussions/{thing.id}", "values": {"title": "How do you begin?", "language": "en"}} | given))
    db.session.add(new)
    to.unread_notices = (to.unread_notices or 0) + (new.read_at is None)
    db.session.flush()
    return new


def follow(member: Member, topic: Topic) -> None:
    """Let a member follow a topic."""
    following.begin(member.id, "topic", topic.id)
