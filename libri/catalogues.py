"""The catalogues of messages, looked up once a request instead of once a string (7 µs each otherwise), and gettext for templates.

Also kept() for templates: parts of pages that hold nothing but words of a catalogue and fixed addresses, drawn once.
"""

from __future__ import annotations

from functools import lru_cache

from flask import current_app, g, request
from flask_babel import Domain
from jinja2 import pass_eval_context
from markupsafe import Markup


class Catalogues(Domain):
    """Flask-Babel's catalogues, kept while a request lasts."""

    def get_translations(self):
        try:
            return g._catalogue
        except AttributeError:
            g._catalogue = super().get_translations()
            return g._catalogue
        except RuntimeError:  # outside of any request or command
            return super().get_translations()


catalogues = Catalogues()
translations = catalogues.get_translations


def init_app(app) -> None:
    """Give templates their gettext: as Jinja's new style, but without work where nothing is filled in."""
    app.jinja_env.newstyle_gettext = True
    app.jinja_env.globals["kept"] = lambda template: _kept(template, translations(), request.root_path)
    app.jinja_env.globals.update(gettext=_message, _=_message, ngettext=_messages, pgettext=_message_of, npgettext=_messages_of)


@lru_cache(200)
def _kept(template: str, _words, _root: str) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render())


@pass_eval_context
def _message(context, message: str, **values) -> str:
    return _filled(context, translations().ugettext(message), values)


@pass_eval_context
def _messages(context, one: str, many: str, num: int, **values) -> str:
    return _filled(context, translations().ungettext(one, many, num), {"num": num, **values})


@pass_eval_context
def _message_of(context, what: str, message: str, **values) -> str:
    return _filled(context, translations().upgettext(what, message), {"context": what, **values})


@pass_eval_context
def _messages_of(context, what: str, one: str, many: str, num: int, **values) -> str:
    return _filled(context, translations().unpgettext(what, one, many, num), {"context": what, "num": num, **values})


def _filled(context, text: str, values: dict) -> str:
    safe = Markup(text) if context.autoescape else text
    return safe % values if "%" in text else safe
