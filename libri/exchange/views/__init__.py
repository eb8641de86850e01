"""Pages of the exchange: practices, translating, review, adoptions, discussions, following, moderation."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)

from . import (  # noqa: E402,F401
    adoptions,
    attachments,
    catalogue,
    edit_practice,
    exports,
    field_questions,
    following,
    history,
    moderating_topics,
    moderation,
    names,
    new_practice,
    practice,
    removing,
    replies,
    reply_files,
    reports,
    review,
    topic,
    topics,
    translating,
    translating_replies,
    used_resources,
    wishes,
)
