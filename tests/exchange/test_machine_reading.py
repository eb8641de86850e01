"""Reading a practice that a machine translated: asked for or by itself, once for everyone, never in the way of the page (F17, N35)."""

import pytest

from libri.db import db

from .. import make
from .reread import again


@pytest.fixture
def practice(cast):
    """A Latvian practice, which Ana does not read."""
    made = make.practice(cast.ogre_library, original_language="lv", text={"title": "Kafejnīca", "steps": ["Galdi", "Krēsli", "Tēja"]})
    db.session.commit()
    return made


def asking(practice, language="en"):
    return f"/practices/{practice.id}/translated/{language}"


def test_a_press_translates_the_whole_text_and_another_brings_the_original(cast, browse, practice, provider):
    browser = browse(cast.ana)

    answer = browser.get(f"/practices/{practice.id}").submit(asking(practice))
    page = browser.get(answer.location)

    assert answer.location == f"/practices/{practice.id}?translated=en" and page.texts("//h1[@lang='en']") == ["[en] Kafejnīca"]
    assert page.texts("//ol[@lang='en']/li") == ["[en] Galdi", "[en] Krēsli", "[en] Tēja"] and "Translated by machine" in page.text
    assert page.has_link(f"/practices/{practice.id}?in=lv") and browser.get(f"/practices/{practice.id}?in=lv").h1 == "Kafejnīca"
    assert browser.get(f"/practices/{practice.id}").h1 == "Kafejnīca"
    browse(cast.bruno).post(asking(practice))
    assert len(provider.asked) == 1


def test_who_switched_it_on_gets_it_by_itself_after_the_page(cast, browse, practice, provider):
    cast.ana.translates_automatically = True
    browser = browse(cast.ana)

    first = browser.get(f"/practices/{practice.id}")
    answer = browser.post(asking(practice), {"by_itself": "y"}, htmx="practice_page")
    fragment = browser.get(answer.location, htmx="practice_page")

    assert first.h1 == "Kafejnīca" and first.document.xpath("//div[@hx-post=$a]", a=asking(practice))
    assert not fragment.is_whole and fragment.texts("//h1[@lang='en']") == ["[en] Kafejnīca"]
    assert browser.get(f"/practices/{practice.id}").h1 == "[en] Kafejnīca" and len(provider.asked) == 1


def test_a_changed_original_is_translated_anew(cast, browse, practice, provider):
    cast.ana.translates_automatically = True
    browse(cast.ana).post(asking(practice))
    again(practice).original.need = "Jauna vajadzība"
    db.session.commit()

    page = browse(cast.ana).get(f"/practices/{practice.id}")

    assert page.h1 == "Kafejnīca" and page.document.xpath("//div[@hx-post=$a]", a=asking(practice))


@pytest.mark.long
def test_a_failing_machine_leaves_the_page_as_it_is(cast, browse, practice, provider):
    provider.mode = "error"
    browser = browse(cast.ana)

    answer = browser.post(asking(practice))

    assert answer.location == f"/practices/{practice.id}" and "gave no answer" in browser.get(answer.location).messages
    assert browser.post(asking(practice), {"by_itself": "y"}).status == 204


def test_it_is_offered_to_members_who_read_none_of_its_languages(cast, browse, practice, provider):
    practice.is_public = True

    pages = [browse(who).get(f"/practices/{practice.id}") for who in (cast.ana, cast.carla, None)]

    assert [bool(page.document.xpath("//form[contains(@action, '/translated/')]")) for page in pages] == [True, False, False]


def test_without_a_provider_there_is_no_button(cast, browse, practice):
    assert not browse(cast.ana).get(f"/practices/{practice.id}").document.xpath("//form[contains(@action, '/translated/')]")
