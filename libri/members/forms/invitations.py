"""What coordinators fill in to invite people and to say what they are in an organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from ...forms import LibriForm, at_most, email, line, paragraphs, required
from ...i18n import LANGUAGES
from ...vocabularies import ROLES
from .. import passwords
from .offers import offered

ROWS_LETTERS = 200_000


class _Offer(LibriForm):
    """What every invitation says: role, function, language of the letter, own words."""

    role = RadioField(_l("Role"), choices=offered(ROLES.items()), default="member")
    function = StringField(_l("Function"), [at_most(120)], filters=[line])
    language = SelectField(_l("Language of the letter"), choices=offered(LANGUAGES.items()))
    words = TextAreaField(_l("Own words"), [at_most(1000)], filters=[paragraphs], render_kw={"rows": 4, "maxlength": 1000})


class InviteForm(_Offer):
    """An invitation for one address."""

    email = EmailField(_l("E-mail"), [required(), at_most(254), email], filters=[line], render_kw={"autocomplete": "off"})


class InviteManyForm(_Offer):
    """Invitations for many addresses, pasted or as a file; `checked` tells what the person has seen in the report."""

    rows = TextAreaField(_l("Addresses"), [at_most(ROWS_LETTERS)], filters=[paragraphs], render_kw={"rows": 10, "spellcheck": "false"})
    table = FileField(_l("Table as a CSV file"), render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"})
    checked = HiddenField()


class MembershipForm(LibriForm):
    """What somebody is in an organisation."""

    role = RadioField(_l("Role"), choices=offered(ROLES.items()))
    function = StringField(_l("Function"), [at_most(120)], filters=[line])
    version = HiddenField()


class NewAccountForm(LibriForm):
    """An account made by accepting an invitation."""

    name = StringField(_l("Name"), [required(), at_most(120)], filters=[line], render_kw={"autocomplete": "name"})
    language = SelectField(_l("Language of LiBri"), choices=offered(LANGUAGES.items()))
    password = PasswordField(_l("Password"), [required(), at_most(1000)], render_kw={"autocomplete": "new-password"})

    def is_good_for(self, address: str, organisation_names: list[str]) -> bool:
        """Whether nothing speaks against this password; else the field carries the reason (S22)."""
        trouble = passwords.trouble_with(self.password.data, (self.name.data, address.split("@")[0], *organisation_names))
        if trouble:
            self.password.errors = [trouble]
        return trouble is None
