"""Pages of the directory: the list and map, an organisation's page, contact persons, venues, import."""

from flask import Blueprint

blueprint = Blueprint("directory", __name__)

from . import confirming, contacts, exports, help_me, imports, map, organisation, organisations, venues  # noqa: E402,F401
