"""What every form shares: our own error sentences, clean names, one effect per double press, and text that is never lost."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from functools import cache

from babel.support import NullTranslations, Translations
from flask import abort, g, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from markupsafe import Markup, escape
from sqlalchemy import bindparam, select, update
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import FileField, HiddenField, SelectMultipleField, StringField, validators, widgets
from wtforms.i18n import DefaultTranslations, messages_path
from wtforms.validators import ValidationError

from . import drafts
from .db import db, insert_into, now
from .i18n import lang
from .kept import Submission, kept_values, parts_of, signature_of
from .paging import whole

QUICKEST = 3
"""Seconds in which nobody fills in a form."""
QUOTE = '"'
_UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
                     "\ufeff\ufff9-\ufffb\ud800-\udfff]")
_NOT_IN_A_LINE = re.compile("[\u00ad\u034f\u115f\u1160\u3164\uffa0\U000e0000-\U000e007f]|\u200c(?<![\u0620-\u06ff]\u200c)|\u200c(?![\u0620-\u06ff])"
                            "|\u200d(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d)|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])")
"""Letters without a shape, and joiners but where they belong: inside emoji (ZWJ) and between Arabic letters (ZWNJ, as Persian is spelt)."""


# ---- validators with our own sentences -----------------------------------------------------------------------------

def required(message=_l("Fill in this field.")):
    """The field must not be empty."""
    return validators.DataRequired(message)


def at_most(letters: int):
    """At most so many characters."""
    return validators.Length(max=letters, message=_l("Shorten the text to %(max)d characters."))


def email(form, field) -> None:
    """An address that mail can reach, checked by its form only; no question to any server is asked."""
    from email_validator import EmailNotValidError, validate_email

    if not field.data:
        return
    try:
        field.data = validate_email(field.data, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as wrong:
        raise ValidationError(_l("Write the address as name@library.example.")) from wrong


def phone(form, field) -> None:
    """A telephone number with its country code; stored as +371 2612 3456."""
    import phonenumbers

    if not field.data:
        return
    try:
        number = phonenumbers.parse(field.data, None)
    except phonenumbers.NumberParseException as wrong:
        raise ValidationError(_l("Write the number with the country code, for example +371 26 123 456.")) from wrong
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(_l("Write the number with the country code, for example +371 26 123 456."))
    field.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def web_address(form, field) -> None:
    """A web address beginning with http:// or https://."""
    if not field.data:
        return
    parts = parts_of(field.data)
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in field.data:
        raise ValidationError(_l("Write the address as https://library.example."))


def one_of_these():
    """What a choice field answers to a value that was never offered."""
    return _l("Choose one of the offered answers.")


# ---- cleaning what was typed ---------------------------------------------------------------------------------------

def line(value: str | None) -> str:
    """One clean line: NFC, no control, zero-width or direction-changing characters, single spaces (S53)."""
    return " ".join(_NOT_IN_A_LINE.sub("", _UNSEEN.sub("", unicodedata.normalize("NFC", value or ""))).split())


def paragraphs(value: str | None) -> str:
    """Clean text of several lines: as `line`, but line ends stay."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", (value or "").replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(part.rstrip() for part in text.split("\n")).strip()


def attributes(**given) -> str:
    """The attributes of an element, written as WTForms writes them but in a fifth of its time."""
    named = sorted((widgets.core.clean_key(name), value) for name, value in given.items() if value is not False)
    return Markup(" ".join(name if value is True else f'{name}="{str(escape(value)).replace(QUOTE, "&quot;")}"' for name, value in named))


widgets.Input.html_params = staticmethod(attributes)


class CheckboxesField(SelectMultipleField):
    """Several choices as check boxes in a group."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def pre_validate(self, form):
        allowed = {value for value, *_ in self.iter_choices()}
        if self.data and not set(self.data) <= allowed:
            raise ValidationError(one_of_these())


# ---- the base form -------------------------------------------------------------------------------------------------

class LibriForm(FlaskForm):
    """A form whose double press has one effect (R7) and whose text comes back after an ended session (R9)."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form, formdata):
            """What was sent: text for fields of text, files for fields of files, and no JSON, which no form of ours sends."""
            if formdata is not _Auto:
                return formdata
            if request.method != "POST" or not (request.form or request.files):
                return None
            files = [(name, file) for name, file in request.files.items(multi=True) if isinstance(form._fields.get(name), FileField)]
            return CombinedMultiDict((MultiDict(files), request.form))

        def get_translations(self, form):
            """WTForms' own sentences, where none of ours takes their place; Flask-WTF would read its file for each request."""
            return DefaultTranslations(_sentences_of_wtforms(lang()))

    once = HiddenField(default=lambda: _new_once())
    autosave = False
    """Whether this form holds long texts, kept on the server while they are typed."""

    def __init__(self, formdata=..., **kwargs):
        self.was_kept, self.draft = False, None
        if formdata is not ...:
            super().__init__(formdata, **kwargs)
            return
        typed, self.draft = self._typed_before()
        self.was_kept = typed is not None and self.draft is None
        super().__init__(typed, **kwargs) if typed else super().__init__(**kwargs)

    @classmethod
    def _typed_before(cls) -> tuple[MultiDict | None, drafts.Draft | None]:
        """What was typed here and never taken: kept after an ended session, else the draft of this page, with that draft."""
        typed = kept_values() if request.method == "GET" else None
        draft = drafts.here() if typed is None and cls.autosave else None
        return (drafts.values_of(draft) if draft else typed), draft

    @classmethod
    def asked_rows(cls, name: str, most: int) -> int:
        """How many rows of fields the form was drawn with, as its field `name` says, and one more if that was asked for; else 0."""
        source = request.form if request.method == "POST" else cls._typed_before()[0] or {}
        wanted = whole(source.get(name), digits=3) or 0
        return min(wanted + (1 if wanted and "more" in source else 0), most)

    @classmethod
    def among_others(cls, *given, **kwargs):
        """The form on a page that has several: with what was kept for this page, when it was typed into this one."""
        form, kept = cls(*given, formdata=None, **kwargs), kept_values() if request.method == "GET" else None
        lines = [field.name for field in form if isinstance(field, StringField) and not isinstance(field, HiddenField)]
        if kept is None or not any(name in kept for name in lines):
            return form
        form = cls(*given, formdata=kept, **kwargs)
        form.was_kept = True
        return form

    def claim(self) -> bool:
        """Inside write_tx(): True for the first press of this form, False for its repetition; its draft is no longer needed."""
        self.forget_draft()
        nonce = (self.once.data or secrets.token_urlsafe(16))[:64]
        first = db.session.scalar(_first_press(), {"nonce": nonce, "at": now(), "location": ""})
        return first is not None  # an insert's rowcount says nothing on PostgreSQL

    def forget_draft(self) -> None:
        """Drop the draft of this page inside write_tx(), because its text is saved now."""
        if self.autosave and g.can.member_id is not None:
            drafts.forget(g.can.member_id, request.path)

    def led_to(self, location: str) -> str:
        """Remember where the first press led, and return that address."""
        db.session.execute(_LED_TO, {"this": (self.once.data or "")[:64], "location": location})
        return location

    def first_location(self, otherwise: str) -> str:
        """Where the first press of this form led."""
        return db.session.scalar(select(Submission.location).where(Submission.nonce == (self.once.data or "")[:64])) or otherwise


@cache
def _sentences_of_wtforms(language: str) -> NullTranslations:
    return Translations.load(messages_path(), [language], domain="wtforms")


def pressed() -> None:
    """Go on when a button of a page of ours was pressed, a form without fields; else answer 422."""
    if not LibriForm().validate_on_submit():
        abort(422)


class FormForAnybody(LibriForm):
    """A form that needs no account: what only programs do with it gives them away, and nothing is asked of people (P11)."""

    website = StringField(_l("Leave this field empty"), [at_most(1000)], render_kw={"autocomplete": "off", "tabindex": "-1"})
    """No person sees it; programs fill in whatever there is."""
    drawn = HiddenField(default=lambda: stamp_of(_second()))

    def validate_drawn(self, field):
        """Nobody reads, writes and sends a form within seconds; whoever did presses once more."""
        stamp = (field.data or "").partition(".")[0]
        is_ours = hmac.compare_digest((field.data or "").encode(), stamp_of(stamp).encode())
        if not is_ours:
            field.data = stamp_of(_second())
        if not is_ours or _second() - int(stamp) < QUICKEST:
            raise ValidationError(_l("That was quick. Please check what you wrote, and press the button once more."))

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.website.data)


def _second() -> int:
    return int(now().timestamp())


def stamp_of(second: int | str) -> str:
    """When a form was drawn, signed."""
    return f"{second}.{signature_of(str(second), 'drawn')}"


_LED_TO = update(Submission.__table__).where(Submission.nonce == bindparam("this")).values(location=bindparam("location"))


def _first_press():
    return insert_into(Submission.__table__).on_conflict_do_nothing().returning(Submission.nonce)


def _new_once() -> str:
    """A random name for this drawing of a form; it also says, signed, for whom it was drawn."""
    nonce, can = secrets.token_urlsafe(16), g.get("can")
    return f"{nonce}.{can.member_id}.{signature_of(nonce, can.member_id)}" if can and can.member_id else nonce
