"""One thing of every kind, for the access table and for walking every page."""

from __future__ import annotations

from sqlalchemy import select

from libri.db import db
from libri.members.models import Membership

from . import make
from .cast import Cast


def make_things(who: dict) -> dict[str, dict]:
    """Add the things to the database; return who is who, and the ids that addresses of the table name in braces."""
    return {"cast": who, "things": _ids(Cast(who))}


def _ids(cast: Cast) -> dict[str, int]:
    draft = make.organisation("Draft library", status="draft")
    return {
        "draft": draft.id, "hidden_contact": make.contact(draft).id,
        "own_contact": make.contact(cast.lyon_library, member_id=cast.ana.id).id,
        "lyon": cast.lyon.id, "lyon_library": cast.lyon_library.id, "ogre": cast.ogre.id,
        "ana": cast.ana.id, "carla": cast.carla.id,
        "table": make.table(cast.dina).id, "contact": make.contact(cast.lyon).id, "venue": make.venue(cast.lyon).id,
        "invitation": make.invitation(cast.lyon_library).id, "letter": make.letter(cast.ana).id,
        "membership": db.session.scalar(select(Membership.id).where(Membership.member_id == cast.ana.id)),
    }
