"""Translating a practice: beside its original, by hand or from suggestions, by two at once, and what lags behind."""

import pytest
from sqlalchemy import select

from libri import search, throttle
from libri.audit import AuditEntry
from libri.db import db
from libri.exchange.models import Practice, PracticeText, PracticeVersion
from libri.notices.models import Notice
from tests import make

ENGLISH = {"title": "Language café", "summary": "We meet and talk.", "need": "People rarely meet.",
           "steps": ["Find tables", "Invite", "Talk"], "resources": "One librarian", "results": "38 meetings", "lessons": "Five at a table"}


@pytest.fixture
def practice(cast) -> Practice:
    """A published English practice of the Ogre library, written by Carla."""
    found = make.practice(cast.ogre_library, cast.carla, text=ENGLISH, original_language="en", status="published")
    db.session.commit()
    return found


def page_of(practice, language="fr", rest=""):
    return f"/practices/{practice.id}/translate/{language}{rest}"


def text_of(practice, language="fr") -> PracticeText:
    return db.session.scalars(select(PracticeText).filter_by(practice_id=practice.id, language=language)).one()


def notices(kind: str) -> list[int]:
    return list(db.session.scalars(select(Notice.member_id).where(Notice.kind == kind).order_by(Notice.member_id)))


def change_original(practice, **sections) -> None:
    """The original gets its next version, as saving it does."""
    original = text_of(practice, "en")
    db.session.add(PracticeVersion(practice_id=practice.id, language="en", number=practice.number, fields=original.fields()))
    practice.number += 1
    for name, value in sections.items():
        setattr(original, name, value)
    db.session.commit()


def test_the_original_stands_beside_each_field(cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice))

    assert page.status == 200
    assert page.texts("//*[@class='pair']/details/p[@lang='en']") == [
        "Language café", "We meet and talk.", "People rarely meet.", "Find tables", "Invite", "Talk", "One librarian", "38 meetings",
        "Five at a table"]
    assert set(page.document.xpath("//*[@class='pair']//textarea/@lang | //*[@class='pair']//input/@lang")) == {"fr"}
    assert page.document.xpath("//form[@data-autosave]")


def test_a_translation_is_there_for_everyone_and_names_its_translator(cast, browse, practice):
    answer = browse(cast.ana).get(page_of(practice)).submit(
        page_of(practice), title="Café des langues", summary="On parle.", step_1="Tables", step_2="Inviter", step_3="Parler")

    text = text_of(practice)
    assert (answer.status, answer.location) == (303, f"/practices/{practice.id}?in=fr")
    assert (text.title, text.steps, text.need) == ("Café des langues", ["Tables", "Inviter", "Parler"], "")
    assert (text.origin, text.translator_id, text.reviewer_id, text.translates_number) == ("human", cast.ana.id, None, 1)
    assert list(db.session.scalars(search.matching("practice", "cafés de langue"))) == [practice.id]


def test_the_terms_of_the_network_stand_beside(browse, cast, practice):
    cast.ana.writes = ["uk", "fr"]
    db.session.commit()

    page, other = (browse(cast.ana).get(page_of(practice, language)) for language in ("uk", "fr"))

    assert page.document.xpath("//dt[.='temporary protection']/following-sibling::dd[@lang='uk']/text()") == ["тимчасовий захист"]
    assert not other.document.xpath("//dd[@lang='fr']")


def test_the_organisation_of_the_practice_is_told(cast, browse, practice):
    browse(cast.ana).get(page_of(practice)).submit(page_of(practice), title="Café")

    assert notices("practice.translated") == [cast.carla.id]
    assert db.session.scalars(select(AuditEntry).filter_by(action="practice.translated")).one().details == {"language": "fr", "number": 1}


def test_a_double_press_saves_once(cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice))
    page.submit(page_of(practice), title="Café")

    again = page.submit(page_of(practice), title="Café")

    assert again.status == 303
    assert (text_of(practice).version, notices("practice.translated")) == (1, [cast.carla.id])


def test_the_text_before_is_kept(cast, browse, practice):
    make.translation(practice, "fr", title="Vieux", translator_id=cast.ana.id, changed_by_id=cast.ana.id)
    db.session.commit()

    browse(cast.bruno).get(page_of(practice)).submit(page_of(practice), title="Neuf")

    kept = db.session.scalars(select(PracticeVersion).filter_by(practice_id=practice.id, language="fr")).one()
    text = text_of(practice)
    assert (kept.fields["title"], kept.number, kept.member_id) == ("Vieux", 1, cast.ana.id)
    assert (text.title, text.version, text.origin, text.translator_id, text.reviewer_id) == ("Neuf", 2, "human", cast.ana.id, cast.bruno.id)


def test_a_machine_translation_that_somebody_saves_is_checked_by_them(cast, browse, practice):
    make.translation(practice, "fr", origin="machine")
    db.session.commit()

    browse(cast.ana).get(page_of(practice)).submit(page_of(practice), title="Café")

    assert (text_of(practice).origin, text_of(practice).reviewer_id, text_of(practice).translator_id) == ("reviewed", cast.ana.id, None)


def test_the_title_is_needed_and_steps_go_together(cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice)).submit(page_of(practice), title=" ", step_1="Tables", need="Pourquoi")

    assert page.status == 422
    assert page.document.xpath("//*[@aria-invalid]/@id") == ["title", "step_2", "step_3"]
    assert page.document.xpath("string(//*[@id='need'])").strip() == "Pourquoi"


def test_two_translators_both_keep_their_text(cast, browse, practice):
    make.translation(practice, "fr", title="Café", summary="", need="")
    db.session.commit()
    mine = browse(cast.ana).get(page_of(practice))
    browse(cast.bruno).get(page_of(practice)).submit(page_of(practice), title="Le sien", lessons="Cinq")

    page = mine.submit(page_of(practice), title="Le mien")

    assert page.status == 409 and "Le sien" in page.text
    assert page.document.xpath("//*[@id='title']/@value") == ["Le mien"]
    assert page.document.xpath("string(//*[@id='lessons'])").strip() == "Cinq"
    assert page.submit(page_of(practice)).status == 303
    assert (text_of(practice).title, text_of(practice).lessons, text_of(practice).version) == ("Le mien", "Cinq", 3)


def test_two_who_begin_at_once_both_keep_their_text(cast, browse, practice):
    mine = browse(cast.ana).get(page_of(practice))
    browse(cast.bruno).get(page_of(practice)).submit(page_of(practice), title="Le sien", summary="Résumé")

    page = mine.submit(page_of(practice), title="Le mien")

    assert page.status == 409 and "Le sien" in page.text
    assert page.document.xpath("//*[@id='title']/@value") == ["Le mien"]
    assert text_of(practice).title == "Le sien"


def test_nobody_translates_into_a_language_they_do_not_write(cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice, "lv"))

    assert page.status == 403 and page.has_link("/me")
    assert browse(cast.ana).post(page_of(practice, "lv"), {"title": "x"}).status == 403


@pytest.mark.parametrize("language", ["en", "xx", "FR"])
def test_the_original_and_unknown_languages_are_not_translated_here(language, cast, browse, practice):
    cast.ana.writes = ["en", "fr"]

    assert browse(cast.ana).get(page_of(practice, language)).status == 404


def test_a_practice_that_is_not_published_is_not_translated(cast, browse, practice):
    practice.status = "submitted"
    cast.carla.writes = ["fr"]
    db.session.commit()

    assert browse(cast.ana).get(page_of(practice)).status == 404
    assert browse(cast.carla).get(page_of(practice)).status == 403


@pytest.mark.parametrize("hidden", ["version", "number"])
@pytest.mark.parametrize("value", [None, "", "x", "-1", "9" * 30])
def test_a_form_that_came_in_pieces_saves_nothing(hidden, value, cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice)).submit(page_of(practice), **{"title": "Café", hidden: value})

    assert page.status == 422
    assert db.session.query(PracticeText).count() == 1


# ---- older than the original -----------------------------------------------------------------------------------------


def test_what_changed_in_the_original_since_is_shown(cast, browse, practice):
    make.translation(practice, "fr")
    change_original(practice, results="40 meetings")
    change_original(practice, lessons="Four at a table")

    page = browse(cast.ana).get(page_of(practice))

    assert (page.texts("//dd//del"), page.texts("//dd//ins")) == (["38", "Five"], ["40", "Four"])


def test_a_translation_that_is_still_right_is_noted_as_such(cast, browse, practice):
    make.translation(practice, "fr")
    change_original(practice, results="38 meetings.")

    answer = browse(cast.ana).get(page_of(practice)).submit(page_of(practice, rest="/still-right"))

    assert answer.status == 303
    assert (text_of(practice).translates_number, text_of(practice).version, text_of(practice).title) == (2, 1, "Title in fr")


def test_still_right_speaks_of_the_original_that_was_seen(cast, browse, practice):
    make.translation(practice, "fr")
    change_original(practice, results="40 meetings")
    page = browse(cast.ana).get(page_of(practice))
    change_original(practice, results="50 meetings")

    page.submit(page_of(practice, rest="/still-right"))

    assert text_of(practice).translates_number == 2
    assert text_of(practice).is_behind(db.session.get_one(Practice, practice.id))


def test_saving_follows_the_original_that_was_seen(cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice))
    change_original(practice, results="40 meetings")

    page.submit(page_of(practice), title="Café")

    assert text_of(practice).translates_number == 1


@pytest.mark.parametrize("number", ["", "x", "9" * 20])
def test_still_right_needs_a_number_and_a_translation(number, cast, browse, practice):
    assert browse(cast.ana).post(page_of(practice, rest="/still-right"), {"number": "1"}).status == 422
    make.translation(practice, "fr")
    db.session.commit()

    assert browse(cast.ana).post(page_of(practice, rest="/still-right"), {"number": number}).status == 422


# ---- what a machine suggests -----------------------------------------------------------------------------------------


def test_without_a_provider_there_is_no_button(cast, browse, practice):
    page = browse(cast.ana).get(page_of(practice))

    assert not page.document.xpath("//button[@name='suggest']")


def test_a_machine_fills_the_empty_fields_and_marks_them(cast, browse, practice, provider):
    page = browse(cast.ana).get(page_of(practice)).submit(page_of(practice), suggest="yes", title="Mon café")

    assert page.status == 200 and db.session.query(PracticeText).count() == 1
    assert page.document.xpath("//*[@id='title']/@value") == ["Mon café"]
    assert page.document.xpath("string(//*[@id='step_1'])").strip() == "[fr] Find tables"
    assert "Machine suggestion" in page.document.xpath("string(//*[@id='step_1-hint'])")
    assert not page.document.xpath("//*[@id='title-hint']")
    assert "Language café" not in provider.asked[0]["q"]


def test_what_a_machine_suggested_must_be_checked_and_is_then_called_so(cast, browse, practice, provider):
    suggested = browse(cast.ana).get(page_of(practice)).submit(page_of(practice), suggest="yes")

    refused = suggested.submit(page_of(practice), suggest=None)
    answer = refused.submit(page_of(practice), suggest=None, checked="y")

    assert refused.status == 422 and refused.document.xpath("//*[@id='checked'][@aria-invalid]")
    text = text_of(practice)
    assert answer.status == 303
    assert (text.origin, text.title, text.reviewer_id) == ("reviewed", "[fr] Language café", cast.ana.id)


@pytest.mark.long
@pytest.mark.parametrize("mode", ["error", "words", "fewer"])
def test_a_failing_machine_says_so_and_loses_nothing(mode, cast, browse, practice, provider):
    provider.mode = mode

    page = browse(cast.ana).get(page_of(practice)).submit(page_of(practice), suggest="yes", title="Mon café", need="Parce que")

    assert page.status == 200 and "gave no answer" in page.messages
    assert page.document.xpath("//*[@id='title']/@value") == ["Mon café"]
    assert page.document.xpath("string(//*[@id='need'])").strip() == "Parce que"
    assert page.submit(page_of(practice), suggest=None).status == 303


def test_when_everything_has_text_nothing_is_asked(cast, browse, practice, provider):
    filled = dict.fromkeys(("title", "summary", "need", "step_1", "step_2", "step_3", "resources", "results", "lessons"), "Texte")

    page = browse(cast.ana).get(page_of(practice)).submit(page_of(practice), suggest="yes", **filled)

    assert page.status == 200 and "nothing to suggest" in page.messages
    assert provider.asked == []


def test_one_person_cannot_ask_without_end(cast, browse, practice, provider, monkeypatch):
    monkeypatch.setitem(throttle.LIMITS, "machine.member", (1, 60))
    cast.ana.writes = ["fr", "it"]
    browser = browse(cast.ana)
    browser.get(page_of(practice)).submit(page_of(practice), suggest="yes")

    page = browser.get(page_of(practice, "it")).submit(page_of(practice, "it"), suggest="yes", title="Il mio caffè")

    assert page.status == 200 and "gave no answer" in page.messages
    assert page.document.xpath("//*[@id='title']/@value") == ["Il mio caffè"]
