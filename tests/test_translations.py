"""The four catalogues are complete and true, and no page shows a word that did not pass through them (N39, A12, A13)."""

import re
from gettext import c2py

import pytest
from babel import Locale
from babel.support import Translations
from flask_babel import get_domain
from sqlalchemy import String, cast, select

from libri import translating
from libri.db import db
from libri.directory.models import VenueOffer
from libri.exchange.models import Attachment, PracticeText, Topic
from libri.i18n import LANGUAGES
from libri.members.models import Member, Organisation
from libri.resources.models import Collection, Resource
from libri.trainings.models import Event
from libri.vocabularies import COUNTRIES, WRITTEN_LANGUAGES

from .test_access import ROWS

OWN_NAMES = (Organisation.name, Member.name, VenueOffer.name, PracticeText.title, Topic.title, Attachment.alternative,
             cast(Resource.title, String), cast(Collection.title, String))
"""What people call their own things; it stands in titles and labels too."""
ALLOWED = {"LiBri", "CSV", "XLSX", "vCard", "PDF", "UTF", "ID", "MB", "EU", "KISC", "SVG", "ZIP", "JSON", "QR", "HTML", "OK", "UTC"}
"""What stays the same in every language: names and formats."""
KEPT_AS_IS = ("bdi", "textarea", "time", "code", "script", "*[@translate='no']", "*[@lang and not(self::html)]")
SKIPPED = " or ".join(f"ancestor-or-self::{place}" for place in KEPT_AS_IS)


def test_the_catalogues_are_current_and_complete():
    assert translating.check() == []


@pytest.mark.parametrize(("code", "number", "form"), [
    ("lv", 0, 0), ("lv", 1, 1), ("lv", 2, 2), ("lv", 10, 0), ("lv", 11, 0), ("lv", 21, 1), ("lv", 22, 2), ("lv", 111, 0),
    ("ru", 1, 0), ("ru", 2, 1), ("ru", 5, 2), ("ru", 11, 2), ("ru", 12, 2), ("ru", 21, 0), ("ru", 22, 1), ("ru", 112, 2),
    ("uk", 0, 2), ("uk", 1, 0), ("uk", 4, 1), ("uk", 14, 2), ("uk", 21, 0),
])
def test_plural_forms_follow_cldr(code, number, form):
    names = {"lv": ("zero", "one", "other"), "ru": ("one", "few", "many"), "uk": ("one", "few", "many")}[code]

    rule = c2py(translating.PLURALS[code][1])(number)

    assert rule == form
    assert names[form] == Locale.parse(code).plural_form(number)


class Pseudo(Translations):
    """A catalogue that puts every message between marks."""

    def ugettext(self, message):
        return f"⟦{message}⟧"

    def ungettext(self, one, many, n):
        return f"⟦{one if n == 1 else many}⟧"

    def upgettext(self, context, message):
        return self.ugettext(message)

    def unpgettext(self, context, one, many, n):
        return self.ungettext(one, many, n)


@pytest.fixture
def pseudo(cast, app):
    """English becomes the pseudo-language for this test."""
    with app.test_request_context():
        cache = get_domain().cache
    cache["en", "messages"] = Pseudo()
    cast.dina.language = cast.ana.language = "en"
    yield cast
    del cache["en", "messages"]


def bare_words(page, own: str) -> list[str]:
    """Readable words of a page outside the marks, user text, dates, names from CLDR, and `own` names (in titles and labels)."""
    root = page.document
    pieces = [str(text) for text in root.xpath(f"//text()[not(parent::*[{SKIPPED}])]")]
    pieces += [str(value) for name in ("title", "aria-label", "alt", "placeholder", "data-confirm")
               for value in root.xpath(f"//@{name}[not(parent::*[{SKIPPED}])]")]
    cldr = " ".join([*(Locale("en").territories.get(c, "") for c in COUNTRIES), *(Locale("en").languages.get(c, "") for c in WRITTEN_LANGUAGES)])
    known = ALLOWED | set(re.findall(r"[^\W\d_]{2,}", f"{cldr} {own} {' '.join(LANGUAGES.values())}"))
    left = re.sub(r"⟦[^⟧]*⟧", " ", " ".join(pieces).replace("⟦⟦", "⟦"))
    return [word for word in re.findall(r"[^\W\d_]{3,}", left) if word not in known]


@pytest.mark.long
@pytest.mark.parametrize("person", ["nobody", "ana", "dina"])
def test_every_word_of_every_page_is_translatable(pseudo, things, browse, person):
    browser = browse(getattr(pseudo, person, None), accept_language="en")

    pages = {row[2]: browser.get(row[2].format(**things)) for row in ROWS if row[1] == "GET" and row[2] != "/_design"}
    own = " ".join(str(name) for column in (*OWN_NAMES, Event.title) for name in db.session.scalars(select(column)))
    found = {address: bare_words(page, own) for address, page in pages.items() if page.is_html and page.status == 200}

    assert {address: words for address, words in found.items() if words} == {}
