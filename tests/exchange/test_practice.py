"""The page of a practice: language, origin, missing parts, who tried it, what guests do not see."""

from libri.exchange import following

from .. import make


def address(practice):
    return f"/practices/{practice.id}"


def test_the_text_is_in_the_first_language_read_and_can_be_switched(cast, browse):
    practice = make.practice(cast.ogre_library, original_language="lv", text={"title": "Kafejnīca"})
    make.translation(practice, "fr", title="Café", need="Pourquoi", translator_id=cast.bruno.id)

    page = browse(cast.ana).get(address(practice))

    assert page.texts("//h1[@lang='fr']") == ["Café"]
    assert page.texts("//div[@lang='fr']/p")[0] == "Pourquoi"
    assert "Translated by a person" in page.text and "Bruno" in page.text
    original = browse(cast.ana).get(f"{address(practice)}?in=lv")
    assert original.h1 == "Kafejnīca" and "Language: Latvian" in original.text


def test_a_translation_older_than_the_original_says_so(cast, browse):
    practice = make.practice(cast.ogre_library, original_language="lv", number=3)
    make.translation(practice, "fr", translates_number=2)

    page = browse(cast.ana).get(address(practice))

    assert "This translation is older than the original." in page.text
    assert page.has_link(f"{address(practice)}/history")


def test_what_may_not_be_seen_is_not_there(cast, browse):
    draft = make.practice(cast.lyon_library, status="draft", published_at=None)
    failed = make.practice(cast.lyon_library, life="did_not_work", is_public=True)
    inside = make.practice(cast.lyon_library)

    assert [browse(who).get(address(draft)).status for who in (None, cast.carla, cast.ana, cast.dina)] == [404, 404, 200, 200]
    assert [browse(who).get(address(failed)).status for who in (None, cast.carla)] == [404, 200]
    assert browse().get(address(inside)).status == 404


def test_guests_see_no_people(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.ana, is_public=True, contact="Ask Zenta at the desk")
    make.translation(practice, "lv", translator_id=cast.carla.id)
    make.adoption(practice, cast.ogre_library, changes="We added soup")

    guest, member = browse(accept_language="lv").get(address(practice)), browse(cast.dina).get(address(practice))

    assert not [word for word in ("Ana", "Zenta", "Carla", "soup", "Ogre") if word in guest.text]
    assert not [word for word in ("Ana", "Zenta", "soup", "Ogre") if word not in member.text]


def test_the_line_leads_from_town_to_town_and_stands_in_words_too(cast, browse):
    practice = make.practice(cast.lyon_library)
    make.adoption(practice, cast.ogre_library)
    make.adoption(practice, cast.kisc)  # without coordinates

    page = browse(cast.ana).get(address(practice))

    assert len(page.document.xpath("//*[local-name()='line']")) == 1
    assert "Lyon → Ogre" in page.texts("//figcaption")[0]


def test_a_hidden_city_gets_no_line_and_no_name(cast, browse):
    practice = make.practice(cast.lyon_library, hides_city=True, author=cast.bruno, contact="Bruno")
    make.adoption(practice, cast.ogre_library, hides_city=True)

    page = browse(cast.carla).get(address(practice))

    assert "Lyon" not in page.source and "Bruno" not in page.source
    assert "Ogres Centrālā bibliotēka" in page.text  # her own
    assert not page.document.xpath("//*[local-name()='line']")


def test_the_latest_words_of_its_discussion_are_there_for_members(cast, browse):
    practice = make.practice(cast.lyon_library, is_public=True)
    replies = [make.words_about(practice, words) for words in ("One", "Two", "Three", "Four", "Hidden")]
    replies[-1].is_shown = False

    page = browse(cast.ana).get(address(practice))

    assert page.texts("//section[@id='discussion']//article/p[@lang]") == ["Two", "Three", "Four"]
    assert "Four" not in browse().get(address(practice)).text


def test_photos_have_their_words_and_credit(cast, browse):
    practice = make.practice(cast.lyon_library, is_public=True)
    make.photo(practice, alternative="Four tables", credit="Marie")
    make.photo(practice, alternative="Inside", licence="network-internal")

    member, guest = browse(cast.ana).get(address(practice)), browse().get(address(practice))

    assert member.texts("//main//img/@alt") == ["Four tables", "Inside"]
    assert "Photo: Marie" in member.text
    assert guest.texts("//main//img/@alt") == ["Four tables"]


def test_a_hidden_city_hides_who_wrote_its_versions(cast, browse):
    practice = make.practice(cast.lyon_library, author=cast.ana, hides_city=True)

    assert "Ana" not in browse(cast.carla).get(f"{address(practice)}/history").text
    assert "Ana" in browse(cast.bruno).get(f"{address(practice)}/history").text


def test_who_follows_an_organisation_does_not_learn_of_its_hidden_practices(cast):
    following.set_level(cast.carla.id, "organisation", str(cast.lyon_library.id), "follow")
    hidden = make.practice(cast.lyon_library, hides_city=True)
    open_one = make.practice(cast.lyon_library)

    assert following.hear_of_practice(hidden, is_new=True) == set()
    assert following.hear_of_practice(open_one, is_new=True) == {cast.carla.id}
