"""The list of resources: who sees what, filters in the address, cards in the reader's language (R2, R3, N20, N23)."""

import pytest

from libri.db import now
from libri.i18n import Localized

from .. import make


def test_guests_see_what_is_public_members_what_is_published_and_nobody_else_what_is_private(cast, browse):
    make.resource(cast.lyon_library, "Public", is_public=True)
    make.resource(cast.lyon_library, "Inside", is_public=True, licence="network-internal")
    make.resource(cast.lyon_library, "Private", status="private", is_public=True)

    guest, stranger = browse(accept_language="en").get("/resources"), browse(cast.carla).get("/resources?words=private")
    ours, theirs = browse(cast.ana).get("/resources?show=ours"), browse(cast.carla).get("/resources?show=ours")

    assert (guest.card_titles, stranger.card_titles, ours.card_titles, theirs.card_titles) == (["Public"], [], ["Private"], [])
    assert sorted(browse(cast.ana).get("/resources").card_titles) == ["Inside", "Public"]


@pytest.mark.parametrize(("asked", "found"), [
    ("words=cartes", ["Cards"]), ("kind=report", ["Numbers"]), ("theme=youth", ["Numbers"]), ("audience=newcomers", ["Cards"]),
    ("language=uk", ["Cards"]),    ("level=A1", ["Cards"]), ("licence=CC0-1.0", ["Numbers"]), ("sort=taken", ["Numbers"]),
    ("kind=report&language=uk", []),
    ("kind=nothing", None)])
def test_filters_find(cast, browse, asked, found):
    cards = make.resource(cast.ogre_library, audiences=["newcomers"], level="A1", title=Localized(en="Cards", fr="Carte"))
    make.edition(cards, "uk")
    make.resource(cast.lyon_library, "Numbers", kind="report", themes=["youth"], licence="CC0-1.0", downloads=7,
                  published_at=now().replace(year=2020))

    page = browse(cast.dina).get(f"/resources?{asked}")

    assert (page.status, {"Carte": "Cards"}.get(page.card_titles[0], page.card_titles[0]) if page.card_titles else None) == (
        (422, "Cards") if found is None else (200, found[0] if found else None))


def test_a_card_tells_languages_and_which_are_behind(cast, browse):
    guide = make.resource(cast.lyon_library, title=Localized(en="Guide", fr="Petit guide"))
    make.edition(guide, "fr")
    make.edition(guide, "en")

    page = browse(cast.ana).get("/resources")

    assert page.card_titles == ["Guide"]
    assert page.texts("//article//dt") == ["Languages", "Older than the original", "For whom"]
    assert page.texts("//article//dd") == ["English, French", "French", "Library staff"]


def test_the_list_asks_as_often_for_one_as_for_three(cast, browse, statements):
    browser = browse(cast.ana)
    make.edition(make.resource(cast.lyon_library), "fr")
    browser.get("/resources")

    few = statements.of(browser, "/resources")
    for place in (cast.ogre, cast.kisc):
        make.edition(make.resource(place), "lv")

    assert statements.of(browser, "/resources") == few
    assert len(browser.get("/resources").card_titles) == 3


def test_a_page_follows_the_other(cast, browse, monkeypatch):
    monkeypatch.setattr("libri.resources.queries.resources.ROWS", 2)
    for number in range(1, 4):
        make.resource(cast.lyon_library, f"Guide {number}", published_at=now().replace(year=2020 + number))

    first = browse(cast.ana).get("/resources")
    second = browse(cast.ana).get(first.document.xpath("string(//a[@rel='next']/@href)"))
    back = browse(cast.ana).get(second.document.xpath("string(//a[@rel='prev']/@href)"))

    assert [page.card_titles for page in (first, second, back)] == [["Guide 3", "Guide 2"], ["Guide 1"], ["Guide 3", "Guide 2"]]


def test_the_list_alone_is_drawn_again_when_a_filter_changes(cast, browse):
    make.resource(cast.lyon_library, "Numbers")

    part = browse(cast.ana).get("/resources?words=numbers", htmx="resource_list")

    assert part.document.xpath("//*[@id='resource_list']") and not part.document.xpath("//header")


def test_the_owners_find_what_is_to_be_checked_again(cast, browse):
    make.resource(cast.lyon_library, "Old law", review_by=now().date().replace(year=2020))

    assert browse(cast.bruno).get("/resources?show=due").card_titles == ["Old law"]
    assert browse(cast.carla).get("/resources?show=due").card_titles == []
