"""Pages of members: signing in, one's account, invitations."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)

from . import account, again, drafts, notice, password, profile, second_factor, sessions, sign_in  # noqa: E402,F401
