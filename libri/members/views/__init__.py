"""Pages of members: signing in, one's account, invitations."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)

from . import account, notice, password, profile, sign_in  # noqa: E402,F401
