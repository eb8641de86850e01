"""What the exchange does when a member closes their account: texts stay under "former member", what shows the person goes."""

from __future__ import annotations

import re

from sqlalchemy import select, update

from .. import text
from ..db import db
from ..members.models import Member
from .models import Reply, ReplyTranslation, ReplyVersion, Thanks

SOMEBODY = "@…"
"""What stands in a text where it called a former member by name."""


def forget(member: Member) -> None:
    """Take back thanks and the name in mentions, inside write_tx(); the map of personal data does the rest."""
    thanked = select(Thanks.reply_id).where(Thanks.member_id == member.id)
    db.session.execute(update(Reply).where(Reply.id.in_(thanked)).values(thanks_count=Reply.thanks_count - 1))
    mention = re.compile(rf"\[@[^\]\n]{{1,120}}\]\(/members/{member.id}\)")
    for table in (Reply, ReplyVersion, ReplyTranslation):
        for one in db.session.scalars(select(table).where(table.body.contains(f"](/members/{member.id})", autoescape=True))):
            one.body = mention.sub(SOMEBODY, one.body)
            if hasattr(one, "html"):
                one.html = text.render(one.body)
    db.session.flush()
