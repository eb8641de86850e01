"""Pages of the exchange: practices, translating, review, adoptions, discussions, following, moderation."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)

from . import adoptions, catalogue, exports, field_questions, practice  # noqa: E402,F401
