"""The page of an organisation: what it says, in which language, and to whom."""

import pytest

from libri.db import db
from libri.i18n import Localized
from tests import make

SECRETS = {"name": "Secretname", "email": "secretmail@library.example", "phone": "+371 29 999 111"}
"""Words that stand nowhere else, so that finding one in an answer means it leaked (S36)."""


def address(organisation, rest=""):
    return f"/organisations/{organisation.id}{rest}"


def test_the_name_is_in_the_readers_language_and_in_its_own(cast, browse):
    cast.lyon.names = Localized({"en": "City of Lyon", "fr": "Ville de Lyon"})

    page = browse(cast.ana).get(address(cast.lyon))

    assert page.h1 == "City of Lyon"
    assert page.texts("//*[@lang='fr'][contains(@class, 'lead')]") == ["Ville de Lyon"]


def test_a_text_in_another_language_says_so_and_leads_to_its_translations(cast, browse):
    cast.ogre.description = Localized({"lv": "Mēs palīdzam", "uk": "Ми допомагаємо"})

    page = browse(cast.ana).get(address(cast.ogre))

    assert "Original: Latvian" in page.text and "Mēs palīdzam" in page.text
    assert page.has_link(address(cast.ogre, "?in=uk"))


def test_another_language_can_be_asked_for_without_scripts(cast, browse):
    cast.ogre.description = Localized({"lv": "Mēs palīdzam", "uk": "Ми допомагаємо"})

    page = browse(cast.ana).get(address(cast.ogre, "?in=uk"))

    assert page.texts("//*[@class='prose'][@lang='uk']") == ["Ми допомагаємо"]


def test_it_leads_up_and_down_the_tree(cast, browse):
    city = browse(cast.ana).get(address(cast.lyon))
    library = browse(cast.ana).get(address(cast.lyon_library))

    assert city.has_link(address(cast.lyon_library))
    assert library.has_link(address(cast.lyon)) and library.has_link(address(cast.lyon, "#partnership"))


def test_the_partnership_card_says_who_does_what(cast, browse):
    make.contact(cast.lyon, "City officer", is_coordinator=True, phone="+33 4 72 10 30 30", visibility={"phone": "network"})
    make.contact(cast.lyon_library, "Reading teacher", is_deputy=True)
    cast.lyon_library.newcomer_hours = Localized({"en": "Tuesdays 10:00–18:00"})

    card = browse(cast.ana).get(address(cast.lyon)).texts("//*[@id='partnership']//tbody/tr")

    assert "City officer" in card[0] and "Project coordinator" in card[0] and "+33 4 72 10 30 30" in card[0]
    assert "Reading teacher" in card[1] and "Deputy" in card[1] and "Tuesdays 10:00–18:00" in card[1]


def test_a_contact_not_confirmed_for_a_year_is_flagged(cast, browse, later):
    make.contact(cast.lyon)
    db.session.commit()
    later(days=366)

    page = browse(cast.ana).get(address(cast.lyon))

    assert "Not confirmed for 12 months" in page.text


@pytest.mark.parametrize("status", ["draft", "suspended", "archived"])
def test_what_is_not_active_is_hidden_from_others(cast, browse, status):
    cast.ogre_library.status = status
    make.venue(cast.ogre_library, name="Hidden hall")

    assert browse(cast.ana).get(address(cast.ogre_library)).status == 404
    assert not browse(cast.ana).get(address(cast.ogre)).has_link(address(cast.ogre_library))
    assert "Hidden hall" not in browse(cast.ana).get("/venues").text
    assert browse(cast.carla).get(address(cast.ogre_library)).status == 200


@pytest.mark.parametrize("person", ["ana", "carla"])
def test_hidden_fields_stand_in_no_answer_of_those_who_may_not_see_them(cast, browse, person):
    contact = make.contact(cast.lyon, visibility={}, is_coordinator=True, **SECRETS)
    paths = [address(cast.lyon), address(cast.lyon_library), address(cast.lyon, "/edit"), address(cast.lyon, "/history"), "/venues",
             address(cast.lyon, "/contacts/new"), f"/contacts/{contact.id}/edit", f"/contacts/{contact.id}/end", "/contact/confirm/1-x"]

    answers = "".join(browse(getattr(cast, person)).get(path).source for path in paths)

    assert not [word for word in (*SECRETS.values(), "+37129999111") if word in answers]


@pytest.mark.parametrize("person", ["bruno", "dina"])
def test_coordinators_and_the_office_see_them(cast, browse, person):
    make.contact(cast.lyon, visibility={}, **SECRETS)

    page = browse(getattr(cast, person)).get(address(cast.lyon))

    assert all(word in page.source for word in SECRETS.values())


def test_a_field_shown_to_the_network_shows_the_others_no_more(cast, browse):
    make.contact(cast.lyon, visibility={"name": "network"}, **SECRETS)

    page = browse(cast.ana).get(address(cast.lyon))

    assert "Secretname" in page.source and "secretmail" not in page.source and "999 111" not in page.source


def test_an_ended_contact_is_shown_to_coordinators_only(cast, browse):
    make.contact(cast.lyon, "Gone officer").end(None)

    assert "Gone officer" in browse(cast.dina).get(address(cast.lyon)).text
    assert "Gone officer" not in browse(cast.ana).get(address(cast.lyon)).text


def test_it_stands_on_the_map(cast, browse):
    page = browse(cast.ana).get(address(cast.lyon))

    assert page.document.xpath("//a[contains(@class, 'map__pin')]")


def test_what_people_wrote_cannot_become_markup(cast, browse):
    bad = "<script>alert(1)</script>"
    cast.lyon.name, cast.lyon.description = bad, Localized({"en": bad, "fr": bad})
    make.contact(cast.lyon, bad, name=bad, delegated_by=bad)
    make.venue(cast.lyon, name=bad, conditions=Localized({"en": bad}))

    pages = [browse(cast.bruno).get(path) for path in (address(cast.lyon), address(cast.lyon, "/edit"), "/venues")]

    assert not [page for page in pages if bad in page.source]


@pytest.mark.long
def test_more_people_and_libraries_need_no_more_statements(cast, browse, statements):
    make.contact(cast.lyon, member_id=cast.ana.id)
    make.venue(cast.lyon)
    browser = browse(cast.bruno)
    browser.get(address(cast.lyon))
    few = statements.of(browser, address(cast.lyon))

    for number in range(3):
        branch = make.organisation(f"Branch {number}", parent=cast.lyon)
        make.contact(branch, member_id=cast.ana.id)
        make.contact(cast.lyon, member_id=cast.bruno.id)
        make.venue(cast.lyon)

    browser.get(address(cast.lyon))
    assert statements.of(browser, address(cast.lyon)) == few
