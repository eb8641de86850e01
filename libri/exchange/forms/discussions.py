"""Forms of the discussions: the questions of the list, a new topic with the headings of its category, a reply, an edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from flask import request
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ...directory.forms.fields import ChoiceField, named, offered, sent, with_names
from ...directory.forms.filters import AddressForm, OneOf, Options, any_or
from ...directory.forms.filters import languages as by_name
from ...forms import CheckboxesField, LibriForm, at_most, line, paragraphs, required
from ...i18n import lang
from ...search import words
from ...text import LONGEST
from ...vocabularies import THEMES, WRITTEN_LANGUAGES
from ..queries.topics import EPOCH, Filters
from ..words import CATEGORIES

ONLY = {"unread": _l("Unread"), "followed": _l("Followed by me"), "unanswered": _l("Unanswered questions")}
HEADINGS = {
    "question": (_l("What do you want to know?"), _l("What have you tried?")),
    "experience": (_l("What did you do?"), _l("What came of it?"), _l("What would you do differently?")),
    "idea": (_l("What is the idea?"), _l("Whom would it help?"), _l("What is needed to try it?")),
    "partner_search": (_l("Who we are"), _l("What we look for"), _l("When")),
    "announcement": (_l("What is it about?"), _l("When and where?"), _l("What should readers do?")),
}
"""What a new topic of each category begins with (F1)."""
EXPLAINED = {
    "question": _l("You look for advice from others."),
    "experience": _l("You tried something and tell what came of it."),
    "idea": _l("You would like to try something new."),
    "partner_search": _l("You look for a library or town to do something together."),
    "announcement": _l("You tell the network about something that will happen."),
}
_KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,15})", re.ASCII)
_PICKED = re.compile(r"([0-9]{1,9}) – ", re.ASCII)


def template_of(category: str) -> str:
    """The headings of a category as Markdown, in the language being spoken."""
    return "\n\n".join(f"## {heading}\n" for heading in HEADINGS[category]) + "\n"


def filled(body: str, category: str) -> str:
    """The text without those headings of the category under which nothing was written."""
    for heading in HEADINGS.get(category, ()):
        body = re.sub(rf"^## {re.escape(str(heading))}[ \t]*\n*(?=^#|\Z)", "", body, flags=re.MULTILINE)
    return body.strip()


def languages() -> list[tuple[str, str]]:
    """Languages to say a text is in: those this person writes come first, then the others in their alphabet."""
    return _begun_by(_mine())


def _mine() -> list[str]:
    return list(dict.fromkeys([*current_user.writes, current_user.language]))


def _begun_by(mine: Sequence[str]) -> list[tuple[str, str]]:
    return sorted(by_name(), key=lambda pair: mine.index(pair[0]) if pair[0] in mine else len(mine))


@lru_cache(500)
def _offered(_language: str, mine: tuple[str, ...]) -> list[SelectChoice]:
    """The languages of a text as choices, made once for all who write the same ones."""
    return offered(_begun_by(mine))


def own_language(wanted: str = "") -> str:
    """What this person will most likely write in: `wanted` if they write it, else the first they write."""
    return wanted if wanted in current_user.writes else next(iter(current_user.writes), current_user.language)


def key_of(text: str | None) -> tuple[datetime, int] | None:
    """The place in the list that a page begins after, read from an address."""
    found = _KEY.fullmatch(text or "")
    return (EPOCH + timedelta(microseconds=int(found[1])), int(found[2])) if found else None


class FilterForm(AddressForm):
    """The questions of the list of topics; their answers stand in the address."""

    words = StringField(_l("Words of the title"), [at_most(200)], filters=[line])
    only = OneOf(_l("Which discussions"), choices=lambda: [("", _l("All")), *ONLY.items()])
    theme = OneOf(_l("Theme"), choices=lambda: any_or(THEMES.items()))
    language = OneOf(_l("Language of the text"), choices=lambda: any_or(languages()))

    @property
    def filters(self) -> Filters:
        """The answers that were understood, with the category of the tab."""
        good = {name: field.data or "" if not field.errors else "" for name, field in self._fields.items()}
        category = request.args.get("category", "")
        return Filters(category=category if category in CATEGORIES else "", theme=good["theme"], language=good["language"],
                       only=good["only"], words=tuple(words(good["words"])), text=good["words"])


def _text(label, **kwargs) -> TextAreaField:
    return TextAreaField(label, [required(), at_most(LONGEST)], filters=[paragraphs], render_kw={"dir": "auto", **kwargs})


class BodyForm(LibriForm):
    """A text in a language, kept while it is typed."""

    body = _text(_l("Your text"), rows=10)
    language = ChoiceField(_l("Language of the text"), widget=Options())
    autosave = True

    def __init__(self, *given, **kwargs):
        super().__init__(*given, **kwargs)
        self.language.choices = _offered(lang(), tuple(_mine()))
        if self.language.data not in WRITTEN_LANGUAGES and not self.is_submitted():
            self.language.data = own_language(self.language_wanted)

    language_wanted = ""


class TopicForm(BodyForm):
    """A new topic."""

    title = StringField(_l("Title"), [required(), at_most(120)], filters=[line], render_kw={"dir": "auto"})
    category = RadioField(_l("Category"), choices=offered(CATEGORIES))
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    organisation_id = ChoiceField(_l("In the name of"))
    resource = HiddenField()
    event = HiddenField()
    practice = StringField(_l("Practice it is about"), [at_most(200)], filters=[line], render_kw={"list": "practices", "dir": "auto"})

    def offer(self, organisations: list) -> None:
        """Let the writer choose in whose name they write; there is no such question when there is one answer."""
        if not organisations:
            del self.organisation_id
            return
        self.organisation_id.choices = named(with_names(organisations))
        self.organisation_id.data = self.organisation_id.data or str(organisations[0].id)

    @property
    def place(self) -> int | None:
        """The number of the organisation that was chosen."""
        return int(self.organisation_id.data) if "organisation_id" in self else None

    def validate_body(self, field) -> None:
        """Headings alone are no text."""
        field.data = filled(field.data, self.category.data)
        if not field.data:
            raise ValidationError(_l("Write your text under the headings."))

    @property
    def picked(self) -> int | None:
        """The number of the practice that was chosen from the list."""
        found = _PICKED.match(self.practice.data or "")
        return int(found[1]) if found else None


class ReplyForm(BodyForm):
    """A reply; `quotes` is the number of the text it answers."""

    body = _text(_l("Your reply"), rows=6)
    quotes = HiddenField()

    def __init__(self, language: str, *given, **kwargs):
        self.language_wanted = language
        super().__init__(*given, **kwargs)

    @property
    def quoted(self) -> int | None:
        """The number of the quoted text."""
        number = self.quotes.data or ""
        return int(number) if re.fullmatch("[0-9]{1,9}", number, re.ASCII) else None


class EditForm(BodyForm):
    """One's own text again. `version` is the one the page was drawn from; title and themes belong to opening texts only."""

    title = StringField(_l("Title"), [required(), at_most(120)], filters=[line], render_kw={"dir": "auto"})
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    version = HiddenField(validators=[sent])

    def __init__(self, *given, opens: bool, **kwargs):
        super().__init__(*given, **kwargs)
        if not opens:
            del self.title, self.themes
