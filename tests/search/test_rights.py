"""What somebody may not see is found by no search: made first, then looked for in results, counts, snippets and suggestions (S35, S36)."""

import pytest

from libri import files, search
from libri.db import db
from libri.directory.models import ContactPerson
from libri.i18n import Localized
from libri.permissions import Can

from .. import make

SECRET = "zvaigžņulaiva"
FORMS = ("zvaigžņulaiva", "zvaigznulaivas", "zvaigznul", "zvaigžņulaiwa")
"""The word, another form, its beginning, and a typing mistake."""


def hidden_things(cast) -> None:
    """One thing of each kind with the secret word, which the coordinator of Ogre may not see."""
    make.practice(cast.lyon_library, status="draft", published_at=None, text={"title": SECRET})
    make.practice(cast.lyon_library, status="archived", hidden_reason="No", text={"need": SECRET})
    make.topic(cast.ana, SECRET, is_shown=False)
    make.reply(make.topic(cast.bruno), cast.ana, f"Our {SECRET}", is_shown=False)
    make.reply(make.topic(cast.bruno), cast.ana, f"Our {SECRET}", is_waiting=True)
    make.organisation(SECRET, status="suspended")
    make.contact(cast.lyon, name=SECRET, visibility={})
    make.contact(cast.lyon, name="Zoe", phone=SECRET, email=f"{SECRET}@library.example", visibility={"name": "network"})
    make.practice(make.organisation(SECRET, status="archived"), hides_city=True, city=SECRET)
    make.member(SECRET, "lv", cast.lyon, status="disabled")
    make.venue(make.organisation("Closed", status="suspended"), name=SECRET)
    make.event(cast.lyon_library, status="draft", published_at=None, audience="public", title={"lv": SECRET})
    make.material(make.event(cast.lyon, audience="public"), title=SECRET, stored=make.stored(f"{SECRET}.txt"))
    make.collection(cast.lyon_library, title=Localized(en=SECRET), status="private", published_at=None)
    plan = make.stored("plan.txt")
    db.session.add(files.StoredFileText(file_id=plan.id, text=f"Our {SECRET}"))
    make.resource(cast.lyon_library, "Plan", file=plan, status="private", published_at=None)
    db.session.commit()


@pytest.mark.long
def test_what_is_hidden_is_in_no_answer(cast, browse):
    hidden_things(cast)
    stranger, can = browse(cast.carla), Can(cast.carla.id, leads=frozenset([cast.ogre.id]), belongs=frozenset([cast.ogre.id]))

    for word in FORMS:
        results = search.find(word, can)
        said = [stranger.get(f"/search?q={word}"), stranger.get(f"/practices?words={word}"), stranger.get(f"/discussions?words={word}"),
                stranger.get(f"/directory?words={word}"), stranger.get(f"/resources?words={word}"), stranger.get(f"/trainings?words={word}")]

        assert (results.total, list(results.mended), sum(sum(one.values()) for one in results.counts.values())) == (0, [], 0)
        assert [page.texts("//article | //tbody/tr") for page in said] == [[]] * 6
        assert not stranger.get(f"/search/suggest?q={word}", htmx="suggested").is_html  # an empty answer


def test_the_office_finds_all_of_it(cast):
    hidden_things(cast)

    found = search.find(SECRET, Can(cast.dina.id, is_office=True))

    assert sorted(item.kind for item in found.items) == ["collection", "event", "organisation", "practice", "practice", "resource", "topic"]


def test_those_who_may_see_it_find_it(cast):
    make.practice(cast.lyon_library, status="draft", published_at=None, text={"title": SECRET})
    make.topic(cast.ana, f"The {SECRET}", is_shown=False)
    db.session.commit()

    def found(member_id, **more):
        return sorted(item.kind for item in search.find("zvaigznulaivas", Can(member_id, **more)).items)

    assert found(cast.dina.id, is_office=True) == ["practice", "topic"]
    assert found(cast.ana.id, belongs=frozenset([cast.lyon_library.id])) == ["practice", "topic"]
    assert found(cast.bruno.id, leads=frozenset([cast.lyon.id])) == ["practice"]
    assert found(None) == []


def test_a_draft_of_an_event_is_found_by_those_who_organise_it_only(cast, browse):
    make.event(cast.lyon_library, status="draft", published_at=None, audience="public", title={"en": SECRET})

    def found(who):
        browser = browse(who)
        suggested = browser.get(f"/search/suggest?q={SECRET}", htmx="suggested").body
        return browser.get(f"/search?q={SECRET}").texts("//h2[@class='result__title']"), SECRET.encode() in suggested

    assert found(cast.ana) == found(cast.carla) == ([], False)  # she works there, but organises nothing
    assert found(cast.bruno) == found(cast.dina) == ([SECRET], True)


def test_contacts_and_members_are_found_by_what_they_show_and_by_nothing_else(cast):
    shown = dict.fromkeys(("name", "email", "phone"), "network")
    one = make.contact(cast.lyon, name="Žanete", phone="+33 478 000 555", email="zenit@library.example", visibility=shown)
    cast.ana.email = "anagramma@library.example"
    db.session.commit()

    def found(*words):
        return [item.kind for word in words for item in search.find(word, Can(cast.carla.id)).items]

    assert found("zanetes", "žanneti") == ["contact", "contact"]
    assert found("555", "478000555", "zenit", "zenit@library.example", "anagramma") == []
    db.session.get_one(ContactPerson, one.id).visibility = {"email": "network"}
    db.session.commit()
    assert found("zanetes", "žanneti", "Žan") == []


def test_guests_find_what_is_public_and_nothing_else(cast, browse):
    make.practice(cast.ogre_library, is_public=True, text={"title": "Kafejnīca visiem"})
    make.practice(cast.ogre_library, is_public=True, life="did_not_work", text={"title": "Kafejnīca neizdevās"})
    make.practice(cast.ogre_library, text={"title": "Kafejnīca mums"})
    make.topic(cast.carla, "Kafejnīca?")

    page = browse(accept_language="en").get("/search?q=kafejnicas")

    assert page.texts("//h2[@class='result__title']") == ["Kafejnīca visiem"]
    assert "1 result" in page.text
