"""Pages of the resources: the list, one resource, its versions and languages, collections."""

from flask import Blueprint

blueprint = Blueprint("resources", __name__)

from . import collections, edit, files, index, items, languages, new, packing, show, versions  # noqa: E402,F401
