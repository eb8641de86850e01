"""The page of a topic: its texts, pages, what one may see, what comes meanwhile."""


from libri.db import db
from libri.exchange.models import Reply

from .. import make


def numbers(page) -> list[str]:
    return [text.split()[0] for text in page.texts("//article//p[contains(@class, 'post__when')]/a[1]")]


def test_the_first_page_has_the_opening_text_and_twenty_replies(cast, browse):
    topic = make.topic(cast.carla, replies=45)
    browser = browse(cast.ana)

    first, second, last = (browser.get(f"/discussions/{topic.id}{at}") for at in ("", "?at=21", "?at=45"))

    assert len(numbers(first)) == 21 and numbers(first)[1] == "#1"
    assert numbers(second) == [f"#{n}" for n in range(21, 41)]
    assert numbers(last) == [f"#{n}" for n in range(41, 46)]


def test_any_number_leads_to_its_page_and_nonsense_to_the_first(cast, browse):
    topic = make.topic(cast.carla, replies=25)
    browser = browse(cast.ana)

    assert "#23" in numbers(browser.get(f"/discussions/{topic.id}?at=23"))
    assert "#25" in numbers(browser.get(f"/discussions/{topic.id}?at=999999999"))
    assert "#1" in numbers(browser.get(f"/discussions/{topic.id}?at=-3"))


def test_title_and_texts_keep_their_language(cast, browse):
    topic = make.topic(cast.carla, "Kā sākt?", language="lv")
    make.reply(topic, cast.bruno, "Начните с одного стола.", language="ru")

    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    assert page.document.xpath("//h1[@lang='lv']/bdi") and page.document.xpath("//div[@class='prose'][@lang='ru']")


def test_a_person_stands_with_function_and_organisation_and_without_account_by_function(cast, browse):
    topic = make.topic(None, "From before", organisation_id=cast.ogre_library.id)
    make.reply(topic, cast.carla, author_function="Director")
    cast.bruno.status, cast.bruno.name = "closed", ""
    make.reply(topic, cast.bruno)

    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    who = page.texts("//p[@class='post__who']")
    assert who[0].startswith("librarian") and "Ogres Centrālā bibliotēka" in who[0]
    assert "Carla" in who[1] and "Director" in who[1]
    assert "former member" in who[2]


def test_a_hidden_text_says_so_and_why_only_to_its_author_and_the_office(cast, browse):
    topic = make.topic(cast.carla)
    make.reply(topic, cast.ana, "A secret sentence", is_shown=False, hidden_reason="Names a reader")

    others, author = (browse(who).get(f"/discussions/{topic.id}") for who in (cast.bruno, cast.ana))

    assert "A secret sentence" not in others.source and "Names a reader" not in others.source
    assert others.document.xpath("//article//p[contains(@class, 'notice--warning')]")
    assert "A secret sentence" in author.text and "Names a reader" in author.text


def test_a_waiting_text_is_seen_by_its_author_and_the_office_only(cast, browse):
    topic = make.topic(cast.carla)
    make.reply(topic, cast.ana, "My first words", is_waiting=True)

    seen = ["My first words" in browse(who).get(f"/discussions/{topic.id}").source for who in (cast.bruno, cast.ana, cast.dina)]

    assert seen == [False, True, True]


def test_an_accepted_answer_is_marked_and_linked_at_the_top(cast, browse):
    topic = make.topic(cast.carla, replies=30)
    answer = make.reply(topic, cast.ana)
    topic.accept(answer.number)

    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    assert page.has_link(f"/discussions/{topic.id}?at=31#reply-{answer.id}")


def test_a_practice_the_topic_is_about_is_shown_in_the_readers_language(cast, browse):
    practice = make.practice(cast.lyon_library)
    topic = make.topic(cast.carla, links={"practice": practice.id})

    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    assert page.has_link(f"/practices/{practice.id}")


def test_quoting_begins_the_reply_with_the_text(cast, browse):
    topic = make.topic(cast.carla)
    make.reply(topic, cast.carla, "One line\nand another")

    page = browse(cast.ana).get(f"/discussions/{topic.id}?quote=1")

    assert page.texts("//textarea[@name='body']") == ["> One line > and another"]
    assert page.document.xpath("//input[@name='quotes']/@value") == ["1"]


def test_nothing_hidden_can_be_quoted(cast, browse):
    topic = make.topic(cast.carla)
    make.reply(topic, cast.carla, "A secret sentence", is_shown=False)

    page = browse(cast.ana).get(f"/discussions/{topic.id}?quote=1")

    assert "A secret sentence" not in page.source


def test_new_replies_are_offered_without_moving_anything(cast, browse):
    topic = make.topic(cast.carla, replies=1)
    browser = browse(cast.ana)
    assert browser.get(f"/discussions/{topic.id}/new?after=1", htmx="new_replies").status == 204

    make.reply(topic, cast.carla, "Just written")
    offered = browser.get(f"/discussions/{topic.id}/new?after=1", htmx="new_replies")
    again = browser.get(f"/discussions/{topic.id}/new?after=1&told=1", htmx="new_replies")
    shown = browser.get(f"/discussions/{topic.id}/new?after=1&show=y", htmx="new_replies")

    assert "1 new reply" in offered.text and "Just written" not in offered.source and again.status == 204
    assert "Just written" in shown.text and "after=2" in shown.source


def test_what_one_wrote_oneself_is_not_news(cast, browse):
    topic = make.topic(cast.carla)
    make.reply(topic, cast.ana)

    page = browse(cast.ana).get(f"/discussions/{topic.id}/new?after=0", htmx="new_replies")

    assert page.status == 204


def test_an_open_page_does_not_prolong_the_session(cast, browse, later):
    topic = make.topic(cast.carla)
    browser = browse(cast.ana)

    for minutes in (20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 300, 320, 340, 360, 380, 400, 420, 440, 460, 480, 500):
        later(minutes=minutes)
        page = browser.get(f"/discussions/{topic.id}/new?after=0", htmx="new_replies")

    assert page.status == 401 and "HX-Redirect" not in page.headers


def test_one_reply_costs_as_many_queries_as_three(cast, browse, statements):
    topic = make.topic(cast.carla, replies=1)
    browser, address = browse(cast.ana), f"/discussions/{topic.id}"
    alone = statements.of(browser, address, only="SELECT")

    make.reply(topic, cast.bruno)
    make.reply(topic, cast.dina)

    assert [alone, statements.of(browser, address, only="SELECT")] == [5, 5]  # the session, topic, draft, texts, attachments


def test_the_text_can_be_changed_to_one_fragment(cast, browse):
    topic = make.topic(cast.carla)
    reply = db.session.query(Reply).filter_by(topic_id=topic.id).one()

    page = browse(cast.ana).get(f"/discussions/{topic.id}", htmx=f"reply-{reply.id}")

    assert page.document.xpath("//article/@id") == [f"reply-{reply.id}"] and not page.document.xpath("//h1")
