"""What people type when they sign in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField

from ...db import db
from ...forms import LibriForm, at_most, line, required
from .. import passwords
from ..queries.account import organisation_names


class SignInForm(LibriForm):
    """Address and password; `next` is where to go afterwards."""

    email = EmailField(_l("E-mail"), [required(), at_most(254)], filters=[line], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), [required(), at_most(1000)], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class LinkForm(LibriForm):
    """The address a sign-in link or a new password is asked for."""

    email = EmailField(_l("E-mail"), [required(), at_most(254)], filters=[line], render_kw={"autocomplete": "username"})
    next = HiddenField()


class CodeForm(LibriForm):
    """The second step: six digits of the app, or a recovery code."""

    code = StringField(_l("Code"), [required(), at_most(40)],
                       render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"})
    next = HiddenField()


class AgainForm(LibriForm):
    """The password once more, before a sensitive change."""

    password = PasswordField(_l("Password"), [required(), at_most(1000)], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class NoticeForm(LibriForm):
    """One button: the privacy notice was read."""

    next = HiddenField()


class NewPasswordForm(LibriForm):
    """A new password, typed once; the browser can show it."""

    password = PasswordField(_l("New password"), [required(), at_most(1000)], render_kw={"autocomplete": "new-password"})

    def is_good_for(self, member) -> bool:
        """Whether nothing speaks against this password for `member`; else the field carries the reason."""
        own = [member.name or "", (member.email or "").split("@")[0]]
        if member.id is not None:
            own += db.session.scalars(organisation_names(member.id))
        trouble = passwords.trouble_with(self.password.data, tuple(own))
        if trouble:
            self.password.errors = [trouble]
        return trouble is None
