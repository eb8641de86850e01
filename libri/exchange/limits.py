"""How often a member writes, thanks and reports (S69): who writes more is told when to send it again, and keeps the text."""

from __future__ import annotations

from flask import g, make_response
from flask_babel import ngettext
from werkzeug.exceptions import TooManyRequests

from .. import throttle


def spend(what: str) -> None:
    """Count one more of `what` (post, thanks, report) for the reader, inside write_tx(); raises TooManyRequests."""
    throttle.spend(f"{what}.member", str(g.can.member_id))


def answer(field, wait: TooManyRequests, draw):
    """The form drawn again with what was typed, a sentence beside `field`, and when to send it again."""
    minutes = -(-int(wait.retry_after or 60) // 60)
    field.errors = [ngettext("You have sent a lot within an hour. Your text is kept here: send it again in %(num)s minute.",
                             "You have sent a lot within an hour. Your text is kept here: send it again in %(num)s minutes.", minutes)]
    response = make_response(draw())
    response.headers["Retry-After"] = str(wait.retry_after)
    return response
