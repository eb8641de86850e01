"""Texts of discussions in other languages: "translate" and "original", by machine once for all, by hand (F17, F18)."""

import pytest

from libri.audit import AuditEntry
from libri.db import db
from libri.exchange.models import Reply, ReplyTranslation, Topic
from libri.exchange.opening import open_topic
from libri.notices.models import Notice
from tests import make


@pytest.fixture
def topic(cast) -> Topic:
    """A Latvian question of Carla's with one Latvian reply of Dina's."""
    found = make.topic(cast.carla, "Kā sākt?", "Meklējam padomu.", language="lv")
    make.reply(found, cast.dina, "Sāciet ar **vienu** galdu.", language="lv")
    db.session.commit()
    return found


def text(topic, number=1) -> Reply:
    return db.session.query(Reply).filter_by(topic_id=topic.id, number=number).one()


def translation(topic, language="en", number=1) -> ReplyTranslation:
    return db.session.get(ReplyTranslation, (text(topic, number).id, language))


def by_hand(topic, language="fr", number=1):
    return f"/replies/{text(topic, number).id}/translation/{language}"


def by_machine(topic, language="en", number=1):
    return f"/replies/{text(topic, number).id}/translate/{language}"


def post_of(page, topic, number=1):
    return page.document.xpath("//*[@id=$id]", id=f"reply-{text(topic, number).id}")[0]


def test_without_a_provider_nobody_is_offered_a_machine(cast, browse, topic):
    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    assert not page.document.xpath("//form[contains(@action, '/translate/')]")


def test_who_reads_the_language_is_offered_nothing(cast, browse, topic, provider):
    page = browse(cast.carla).get(f"/discussions/{topic.id}")

    assert not page.document.xpath("//form[contains(@action, '/translate/')]")


def test_a_machine_translates_once_for_everyone_and_the_original_stays_at_hand(cast, browse, topic, provider):
    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    answer = page.submit(by_machine(topic))
    page = browse(cast.ana).get(answer.location)

    assert answer.status == 303 and answer.location == f"/discussions/{topic.id}?at=1&translated={text(topic).id}#reply-{text(topic).id}"
    assert post_of(page, topic).xpath(".//div[@lang='en']/p/strong") and post_of(page, topic).xpath(".//details//div[@lang='lv']/p/strong")
    assert "Translated by machine" in post_of(page, topic).text_content()
    assert not page.document.xpath("//form[@action=$a]", a=by_machine(topic))
    browse(cast.bruno).post(by_machine(topic))
    assert len(provider.asked) == 1


def test_with_htmx_only_the_text_is_drawn_again(cast, browse, topic, provider):
    browser = browse(cast.ana)
    name = f"reply-{text(topic).id}"
    browser.get(f"/discussions/{topic.id}")

    answer = browser.post(by_machine(topic), htmx=name)
    fragment = browser.get(answer.location.partition("#")[0], htmx=name)

    assert answer.status == 303
    assert not fragment.is_whole and fragment.document.xpath("//*[@id=$id]//div[@lang='en']", id=name)


def test_the_opening_is_translated_with_its_title(cast, browse, topic, provider):
    browse(cast.ana).post(by_machine(topic, number=0))

    page = browse(cast.ana).get(f"/discussions/{topic.id}?translated={text(topic, 0).id}")

    assert (translation(topic, number=0).title, translation(topic, number=0).body) == ("[en] Kā sākt?", "[en] Meklējam padomu.")
    assert "[en] Kā sākt?" in post_of(page, topic, 0).text_content()


def test_what_a_machine_said_stands_in_place_only_for_those_who_asked_or_switched_it_on(cast, browse, topic, provider):
    browse(cast.ana).post(by_machine(topic))
    browse(cast.bruno).get("/me").submit("/me", translates_automatically="y", language="en")

    plain, asked, switched = (browse(one).get(f"/discussions/{topic.id}{query}") for one, query in (
        (cast.ana, ""), (cast.ana, f"?translated={text(topic).id}"), (cast.bruno, "")))

    assert not post_of(plain, topic).xpath(".//div[@lang='en']") and plain.document.xpath("//form[@action=$a]", a=by_machine(topic))
    assert post_of(asked, topic).xpath(".//div[@lang='en']") and "Show the original" in post_of(asked, topic).text_content()
    assert post_of(switched, topic).xpath(".//div[@lang='en']") and "Show the original" not in post_of(switched, topic).text_content()


def test_who_switched_it_on_gets_the_rest_by_itself_and_no_trouble_when_the_machine_fails(cast, browse, topic, provider):
    cast.ana.translates_automatically = True
    provider.mode = "error"

    page = browse(cast.ana).get(f"/discussions/{topic.id}")
    answer = browse(cast.ana).post(by_machine(topic), {"by_itself": "y"}, htmx=f"reply-{text(topic).id}")

    assert len(page.document.xpath("//div[@hx-trigger='revealed' and contains(@hx-post, '/translate/en')]")) == 2
    assert answer.status == 204 and page.document.xpath("//form[@action=$a]", a=by_machine(topic)) and len(provider.asked) == 1
    assert not browse(cast.carla).get(f"/discussions/{topic.id}").document.xpath("//div[@hx-trigger='revealed']")


def test_the_switch_is_offered_only_where_a_machine_is(cast, browse):
    assert not browse(cast.ana).get("/me").document.xpath("//input[@name='translates_automatically']")


def test_lists_show_titles_in_the_readers_language_and_say_what_the_original_is(cast, browse, topic):
    cast.ana.writes = ["en"]
    browse(cast.ana).get(by_hand(topic, "en", 0)).submit(by_hand(topic, "en", 0), title="How to begin?", body="We look for advice.")

    page = browse(cast.ana).get("/discussions")
    assert page.texts("//a[@lang='en' and contains(@class, 'topics__title')]") == ["How to begin?"] and "Original: Latvian" in page.text
    assert browse(cast.carla).get("/discussions").texts("//a[contains(@class, 'topics__title')]") == ["Kā sākt?"]
    edit = f"/replies/{text(topic, 0).id}/edit"
    browse(cast.carla).get(edit).submit(edit, title="Kā turpināt?")
    assert browse(cast.ana).get("/discussions").texts("//a[contains(@class, 'topics__title')]") == ["Kā turpināt?"]


def test_the_discussion_of_a_practice_is_called_as_the_practice_is_in_the_readers_language(cast, browse):
    practice = make.practice(cast.ogre_library, original_language="lv", text={"title": "Kafejnīca"})
    make.translation(practice, "fr", title="Café")
    open_topic(practice)

    assert browse(cast.ana).get("/discussions").texts("//a[@lang='fr' and contains(@class, 'topics__title')]") == ["Café"]


@pytest.mark.parametrize("mode", ["error", "words", "fewer"])
def test_a_failing_machine_says_so_and_keeps_nothing(mode, cast, browse, topic, provider):
    provider.mode = mode
    browser = browse(cast.ana)

    answer = browser.post(by_machine(topic))

    assert answer.status == 303 and "gave no answer" in browser.get(answer.location).messages
    assert translation(topic) is None


def test_hostile_words_of_a_machine_stay_words(cast, browse, topic, provider):
    text(topic).write("<script>alert(1)</script> [x](javascript:alert(1))")
    db.session.commit()

    browse(cast.ana).post(by_machine(topic))

    assert "<script" not in translation(topic).html and "href" not in translation(topic).html


def test_a_person_writes_a_translation_and_the_author_is_told(cast, browse, topic):
    cast.ana.reads = ["fr", "lv"]
    page = browse(cast.ana).get(by_hand(topic))

    answer = page.submit(by_hand(topic), body="Commencez par **une** table.")

    kept = translation(topic, "fr")
    assert answer.status == 303 and page.texts("//div[@lang='lv']//strong") == ["vienu"]
    assert (kept.origin, kept.translator_id, kept.of_version) == ("human", cast.ana.id, 1)
    assert db.session.query(Notice).filter_by(kind="topic.translated").one().member_id == cast.dina.id
    assert db.session.query(AuditEntry).filter_by(action="reply.translated").one().details == {"language": "fr"}


def test_a_translation_by_a_person_is_shown_with_their_name(cast, browse, topic):
    browse(cast.ana).get(by_hand(topic)).submit(by_hand(topic), body="Commencez par une table.")

    page = browse(cast.bruno).get(f"/discussions/{topic.id}")

    post = post_of(page, topic)
    assert post.xpath(".//div[@lang='fr']") and post.xpath(".//a[@href=$a]", a=f"/members/{cast.ana.id}")


def test_a_machine_never_replaces_a_person(cast, browse, topic, provider):
    cast.ana.writes = ["en"]
    browse(cast.ana).get(by_hand(topic, "en")).submit(by_hand(topic, "en"), body="Begin with one table.")
    text(topic).version = 2
    db.session.commit()

    browse(cast.bruno).post(by_machine(topic))

    assert translation(topic).body == "Begin with one table." and provider.asked == []
    assert "has changed since" in post_of(browse(cast.ana).get(f"/discussions/{topic.id}"), topic).text_content()


def test_a_machine_is_asked_again_when_the_original_changed(cast, browse, topic, provider):
    browse(cast.ana).post(by_machine(topic))
    text(topic).write("Sāciet ar diviem galdiem.")
    text(topic).version = 2
    db.session.commit()

    browse(cast.ana).post(by_machine(topic))

    assert (translation(topic).body, translation(topic).of_version) == ("[en] Sāciet ar diviem galdiem.", 2)


def test_two_who_translate_at_once_both_keep_their_text(cast, browse, topic):
    mine = browse(cast.ana).get(by_hand(topic))
    browse(cast.bruno).get(by_hand(topic)).submit(by_hand(topic), body="Le sien")

    page = mine.submit(by_hand(topic), body="Le mien")

    assert page.status == 409 and "Le sien" in page.text
    assert page.document.xpath("string(//*[@id='body'])").strip() == "Le mien"
    assert page.submit(by_hand(topic)).status == 303 and translation(topic, "fr").body == "Le mien"


def test_an_empty_translation_is_none(cast, browse, topic):
    page = browse(cast.ana).get(by_hand(topic)).submit(by_hand(topic), body="  ")

    assert page.status == 422 and translation(topic, "fr") is None


@pytest.mark.parametrize("address", [by_hand, by_machine])
@pytest.mark.parametrize("language", ["lv", "xx"])
def test_its_own_language_and_unknown_ones_are_not_found(address, language, cast, browse, topic):
    assert browse(cast.carla).post(address(topic, language)).status == 404


def test_nobody_writes_a_language_they_do_not_write(cast, browse, topic):
    assert browse(cast.ana).get(by_hand(topic, "uk")).status == 403


def test_a_hidden_text_is_not_translated(cast, browse, topic, provider):
    text(topic).is_shown = False
    db.session.commit()

    assert browse(cast.ana).post(by_machine(topic)).status in (403, 404)
    assert provider.asked == []


def test_ten_translations_cost_as_much_as_one(cast, browse, topic, statements):
    cast.ana.translates_automatically = True
    browser = browse(cast.ana)
    db.session.add(ReplyTranslation(reply_id=text(topic).id, language="en", body="x", html="<p>x</p>", origin="machine", of_version=1))
    browser.get(f"/discussions/{topic.id}")
    one = statements.of(browser, f"/discussions/{topic.id}")
    for _ in range(9):
        new = make.reply(topic, cast.dina, "Jā.", language="lv")
        db.session.add(ReplyTranslation(reply_id=new.id, language="en", body="x", html="<p>x</p>", origin="machine", of_version=1))
    page = browser.get(f"/discussions/{topic.id}")

    assert statements.of(browser, f"/discussions/{topic.id}") == one
    assert len(page.document.xpath("//article//details[@class='disclosure']")) == 10
