"""Pages of the office: what waits, members, letters, the audit trail, contacts to confirm, organisations, invitations."""

from flask import Blueprint

blueprint = Blueprint("office", __name__, url_prefix="/office", cli_group=None)

from . import audit_trail, index, letters, lists, members  # noqa: E402,F401
