"""Pages of members: signing in, one's account, invitations."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)

from . import accept, account, again, data, drafts, invitations, notice, password, people, profile, second_factor, sessions, sign_in  # noqa: E402,F401
