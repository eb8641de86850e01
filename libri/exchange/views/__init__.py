"""Pages of the exchange: practices, translating, review, adoptions, discussions, following, moderation."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)

from . import adoptions, attachments, catalogue, edit_practice, exports, field_questions, history, names, new_practice, practice, replies, review, topic, topics, translating, wishes  # noqa: E402,F401
