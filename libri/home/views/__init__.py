"""The blueprint of the first pages and of the search; see the modules, by noun."""

from flask import Blueprint, request
from flask_login import current_user

from . import health

blueprint = Blueprint("home", __name__)
blueprint.register_blueprint(health.blueprint)


@blueprint.after_request
def may_be_kept_by_the_browser(response):
    """A guest's own browser may keep a public page, if it asks anew each time; personal pages stay `no-store`."""
    if response.status_code == 200 and request.method in ("GET", "HEAD") and not current_user.is_authenticated:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(("Cookie", "Accept-Language"))
    return response


from . import pages, search  # noqa: E402, F401
