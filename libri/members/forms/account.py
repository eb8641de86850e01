"""What people type to secure their account: a password, an address, the code of an app."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField

from ...forms import LibriForm, at_most, email, line, required
from .signing_in import NewPasswordForm


class ChangePasswordForm(NewPasswordForm):
    """The current password, if there is one, and the new one."""

    current_password = PasswordField(_l("Current password"), [required(), at_most(1000)], render_kw={"autocomplete": "current-password"})


class AddressForm(LibriForm):
    """The address the account shall have."""

    email = EmailField(_l("New e-mail"), [required(), at_most(254), email], filters=[line], render_kw={"autocomplete": "email"})


class SetUpForm(LibriForm):
    """The first code of the app; the app's secret travels along, encrypted."""

    setup_token = HiddenField()
    code = StringField(_l("Code"), [required(), at_most(40)],
                       render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"})
