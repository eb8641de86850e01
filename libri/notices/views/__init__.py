"""Pages about notices: the list, and the link in letters that stops them."""

from flask import Blueprint

from ..words import plain, sentence

blueprint = Blueprint("notices", __name__, url_prefix="/notices", cli_group=None)
blueprint.add_app_template_global(sentence, "notice_sentence")
blueprint.add_app_template_global(plain, "notice_plainly")

from . import index, stop  # noqa: E402,F401
