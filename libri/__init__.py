"""LiBri – Library Bridges: the intranet of a network of public libraries and municipalities."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, g
from flask_compress import Compress
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from . import assets, config, files, i18n, logs, pages
from .db import db, migrate

ROOT = Path(__file__).parent.parent


def create_app(**overrides) -> Flask:
    """Make the application: settings, tools, features, in that order. Raises config.BadSetting."""
    app = Flask("libri", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.config.from_mapping(config.from_environment() | overrides)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    if app.config["PROXY_HOPS"]:
        hops = app.config["PROXY_HOPS"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    logs.init_app(app)
    db.init_app(app)
    migrate.init_app(app, db)
    i18n.init_app(app)
    pages.init_app(app)
    files.init_app(app)
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=4, COMPRESS_MIN_SIZE=500, COMPRESS_STREAMS=False)
    Compress(app)
    _add_features(app)
    pages.csrf.init_app(app)
    assets.init_app(app, pages.HEADERS)
    _add_template_globals(app)
    return app


def _add_features(app: Flask) -> None:
    from .directory import leaving as directory_leaving
    from .directory import searching as directory_searching
    from .directory.views import blueprint as directory
    from .exchange import attachments
    from .exchange import leaving as exchange_leaving
    from .exchange import searching as exchange_searching
    from .exchange.views import blueprint as exchange
    from .home.views import blueprint as home
    from .members import gate
    from .members.views import blueprint as members
    from .notices import lookalikes
    from .notices.views import blueprint as notices
    from .office.views import blueprint as office
    from .resources import searching as resources_searching
    from .resources.queries import resources as resources_queries
    from .resources.views import blueprint as resources
    from .trainings import leaving as trainings_leaving
    from .trainings import materials
    from .trainings import searching as trainings_searching
    from .trainings.views import blueprint as trainings

    gate.init_app(app)
    for searching in (exchange_searching, directory_searching, trainings_searching, resources_searching):
        searching.register()
    # members are below and may not call upwards
    app.extensions["when_a_member_goes"] = (directory_leaving.forget, exchange_leaving.forget, trainings_leaving.forget)
    app.extensions["when_a_member_is_named"] = (lookalikes.look_at_member,)
    app.extensions["files_of_a_member"] = (attachments.added_by, resources_queries.files_of, materials.added_by)
    for blueprint in (home, members, notices, directory, resources, exchange, trainings, office):
        app.register_blueprint(blueprint)


def _add_template_globals(app: Flask) -> None:
    class Macros:
        """The macros of ui.html, loaded at first use, for every template and every block drawn alone."""

        def __getattr__(self, name):
            macro = self.__dict__[name] = getattr(app.jinja_env.get_template("ui.html").module, name)
            return macro

    app.jinja_env.globals["ui"] = Macros()
    app.jinja_env.globals["csrf_token"] = lambda: g.get("csrf_token") or generate_csrf()  # every form of a page asks
