"""One thing of every kind, for the access table and for walking every page."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from libri.db import db, now
from libri.members.models import Membership

from . import make
from .cast import Cast


def make_things(who: dict) -> dict[str, dict]:
    """Add the things to the database; return who is who, and the ids that addresses of the table name in braces."""
    return {"cast": who, "things": _ids(Cast(who))}


def _ids(cast: Cast) -> dict[str, int]:
    draft = make.organisation("Draft library", status="draft")
    practice = make.practice(cast.lyon_library)
    submitted = make.practice(cast.lyon_library, status="submitted", published_at=None)
    topic = make.topic(cast.ana)
    event, asked = make.event(cast.lyon, answers_until=None), make.event(cast.lyon, needs_approval=True)
    guide = make.resource(cast.lyon_library, file=make.stored("guide.pdf"))
    hidden_guide = make.resource(cast.lyon_library, status="private", file=make.stored("plan.pdf"))
    came = make.came(make.event(cast.lyon, starts_at=now() - timedelta(days=3), gives_certificate=True), cast.ana)
    return {
        "came": came.id, "certificate": make.certificate(came).number, "held_letter": make.held_letter(event).id,
        "event": event.id, "draft_event": make.event(cast.lyon, status="draft").id, "public_event": make.event(cast.lyon, audience="public").id,
        "past_event": make.event(cast.lyon, starts_at=now() - timedelta(days=3)).id,
        "registration": make.registration(event, cast.ana).id, "event_question": make.question_of(event).id, "material": make.material(event).id,
        "reservation": make.reservation(make.event(cast.lyon), make.venue(cast.ogre)).id, "export": make.export(event, cast.bruno).id,
        "asked_event": asked.id, "request": make.registration(asked, cast.ana, "requested").id,
        "offer": make.registration(make.event(cast.lyon), cast.ana, "offered", offer_ends_at=now() + timedelta(days=2)).id,
        "resource": guide.id, "resource_file": guide.versions[0].id, "private_resource": hidden_guide.id,
        "private_file": hidden_guide.versions[0].id, "public_resource": make.resource(cast.lyon_library, is_public=True).id,
        "collection": make.collection(cast.lyon_library, guide).id, "public_collection": make.collection(cast.lyon_library, guide, is_public=True).id,
        "private_collection": make.collection(cast.lyon_library, guide, status="private").id,
        "report": make.report(make.reply(topic, cast.ana), cast.carla).id,
        "topic": topic.id, "reply": (reply := make.reply(topic, cast.ana)).id, "reply_version": make.earlier(reply).id,
        "practice_version": make.earlier(practice).id,
        "hidden_reply": make.reply(topic, cast.ana, is_shown=False).id,
        "locked_topic": make.topic(cast.ana, is_locked=True).id, "hidden_topic": make.topic(cast.ana, is_shown=False).id,
        "practice": practice.id, "public_practice": make.practice(cast.lyon_library, is_public=True).id,
        "failed_practice": make.practice(cast.lyon_library, is_public=True, life="did_not_work").id,
        "submitted_practice": submitted.id, "remark": make.remark(submitted, cast.dina).id, "photo": make.photo(practice).id,
        "draft_photo": make.photo(submitted).id,
        "draft_practice": make.practice(cast.lyon_library, status="draft", published_at=None).id,
        "adoption": make.adoption(make.practice(cast.ogre), cast.lyon_library).id,
        "hidden_adoption": make.adoption(make.practice(cast.ogre), cast.lyon_library, is_shown=False, hidden_reason="It names a reader.").id,
        "question": make.question(practice).id,
        "draft": draft.id, "hidden_contact": make.contact(draft).id,
        "own_contact": make.contact(cast.lyon_library, member_id=cast.ana.id).id,
        "lyon": cast.lyon.id, "lyon_library": cast.lyon_library.id, "ogre": cast.ogre.id,
        "ana": cast.ana.id, "carla": cast.carla.id,
        "table": make.table(cast.dina).id, "contact": make.contact(cast.lyon).id, "venue": make.venue(cast.lyon).id,
        "invitation": make.invitation(cast.lyon_library).id, "letter": make.letter(cast.ana).id,
        "membership": db.session.scalar(select(Membership.id).where(Membership.member_id == cast.ana.id)),
    }
