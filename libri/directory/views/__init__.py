"""Pages of the directory: the list and map, an organisation's page, contact persons, venues, import."""

from flask import Blueprint

blueprint = Blueprint("directory", __name__)

from . import exports, help_me, imports, map, organisations  # noqa: E402,F401
