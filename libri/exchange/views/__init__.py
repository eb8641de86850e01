"""Pages of the exchange: practices, translating, review, adoptions, discussions, following, moderation."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)
