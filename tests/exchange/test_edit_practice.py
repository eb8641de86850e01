"""The full template, section by section: saving, limits, versions, two people at once (F2, F19, R6, R7, R9)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.exchange.models import PracticeVersion
from libri.exchange.models.topics import Topic
from libri.exchange.opening import open_topic
from libri.members.models import Member
from libri.notices.models import Notice

from .. import make
from .reread import again, told


@pytest.fixture
def draft(cast):
    """Ana's draft of sixty seconds."""
    return make.practice(cast.lyon_library, cast.ana, status="draft", published_at=None,
                         text={"need": "", "steps": [], "resources": "", "results": "", "lessons": ""})


@pytest.fixture
def published(cast):
    """A practice of Ana's everybody reads."""
    return make.practice(cast.lyon_library, cast.ana)


# ---- writing ---------------------------------------------------------------------------------------------------------


def test_the_overview_shows_what_is_filled_empty_and_too_long(cast, browse, draft):
    draft.original.lessons = "word " * 251

    page = browse(cast.ana).get(f"/practices/{draft.id}/edit")

    states = dict(zip(page.texts("//nav[@class='parts']//a/span[1]"), page.texts("//nav[@class='parts']//a/span[2]"), strict=False))
    assert (states["Title"], states["What was the need?"], states["What we learned"]) == ("Filled", "Empty", "Too long")
    assert page.has_link(f"/practices/{draft.id}/edit/lessons")


def test_a_section_is_saved_and_the_next_one_opens(cast, browse, draft):
    page = browse(cast.ana).get(f"/practices/{draft.id}/edit/need")

    answer = page.submit(f"/practices/{draft.id}/edit/need", text="People are  afraid to speak.\r\n\r\nThey said so.", then="next")

    assert (answer.status, answer.location) == (303, f"/practices/{draft.id}/edit/steps")
    assert again(draft).original.need == "People are  afraid to speak.\n\nThey said so."
    assert (draft.number, draft.original.changed_by_id) == (1, cast.ana.id)


def test_the_section_by_name_in_the_question_leads_to_its_page(cast, browse, draft):
    assert browse(cast.ana).get(f"/practices/{draft.id}/edit?section=need").location == f"/practices/{draft.id}/edit/need"
    assert browse(cast.ana).get(f"/practices/{draft.id}/edit/nonsense").status == 404


def test_words_are_counted_by_the_server(cast, browse, draft):
    draft.original.summary = "Ko mēs darījām: četri galdi, 12 cilvēki, „saprotu, bet baidos”."

    page = browse(cast.ana).get(f"/practices/{draft.id}/edit/summary")

    assert page.texts("//span[@data-words-count='120']") == ["10"]


def test_steps_are_kept_as_a_list(cast, browse, draft):
    page = browse(cast.ana).get(f"/practices/{draft.id}/edit/steps")

    page.submit(f"/practices/{draft.id}/edit/steps", step_1="We asked.", step_2="We set the tables.", step_4="We talked.")

    assert again(draft).original.steps == ["We asked.", "We set the tables.", "We talked."]


def test_a_draft_may_be_too_long_while_it_is_being_written(cast, browse, draft):
    page = browse(cast.ana).get(f"/practices/{draft.id}/edit/need")

    answer = page.submit(f"/practices/{draft.id}/edit/need", text="word " * 300)

    assert answer.status == 303
    assert again(draft).missing() == ["need"]


def test_what_others_read_may_not_become_empty_or_too_long(cast, browse, published):
    address = f"/practices/{published.id}/edit/summary"

    empty = browse(cast.ana).get(address).submit(address, text=" ")
    long = browse(cast.ana).get(address).submit(address, text="word " * 121)

    assert (empty.status, long.status) == (422, 422)
    assert "Shorten the text to 120 words." in long.text and long.document.xpath("string(//textarea[@name='text'])").count("word") == 121


def test_facts_are_saved(cast, browse, draft):
    address = f"/practices/{draft.id}/edit/facts"

    answer = browse(cast.ana).get(address).submit(address, cost_band="low", staff_hours="4,5", frequency_per_year="40", started="9.2023",
                                                  life="did_not_work", is_public="y", languages_used=["fr", "uk"])

    assert answer.status == 303
    assert (draft.cost_band, draft.staff_hours, draft.frequency_per_year, draft.started) == ("low", 4.5, 40, "2023-09")
    assert (draft.cost_rank, draft.languages_used, draft.is_members_only) == (1, ["fr", "uk"], True)


@pytest.mark.parametrize(("field", "value"), [
    ("staff_hours", "-1"), ("staff_hours", "many"), ("frequency_per_year", "2.5"), ("life", "dead"), ("licence", "mine"),
    ("themes", "unknown"), ("started", "2999-01"), ("group_size", "x" * 41)])
def test_a_fact_that_cannot_be_is_refused(cast, browse, draft, field, value):
    address = f"/practices/{draft.id}/edit/facts"

    answer = browse(cast.ana).get(address).submit(address, **{field: value})

    assert answer.status == 422
    assert draft.version == 1


def test_the_language_can_be_mended_until_others_read_it(cast, browse, draft, published):
    address = f"/practices/{draft.id}/edit/facts"

    browse(cast.ana).get(address).submit(address, original_language="fr")

    assert (draft.original_language, again(draft).original.language) == ("fr", "fr")
    assert not browse(cast.ana).get(f"/practices/{published.id}/edit/facts").document.xpath("//select[@name='original_language']")


# ---- versions --------------------------------------------------------------------------------------------------------


def test_a_published_text_keeps_the_version_before(cast, browse, published):
    before = published.original.lessons

    page = browse(cast.bruno).get(f"/practices/{published.id}/edit/lessons")
    page.submit(f"/practices/{published.id}/edit/lessons", text="Smaller tables work better.")

    kept = db.session.scalar(select(PracticeVersion))
    assert (kept.number, kept.member_id, kept.fields["lessons"], kept.language) == (1, cast.ana.id, before, "en")
    text = again(published).original
    assert (published.number, text.lessons, text.changed_by_id) == (2, "Smaller tables work better.", cast.bruno.id)


def test_saving_without_a_change_makes_no_version(cast, browse, published):
    address = f"/practices/{published.id}/edit/lessons"

    answer = browse(cast.ana).get(address).submit(address)

    assert answer.status == 303
    assert published.number == 1 and db.session.scalar(select(PracticeVersion)) is None


def test_its_discussion_is_called_as_it_is(cast, browse, published):
    open_topic(published)
    address = f"/practices/{published.id}/edit/title"

    browse(cast.ana).get(address).submit(address, text="Talking [over] tea")

    assert db.session.get(Topic, published.topic_id).title == "Talking [over] tea"


def test_the_archive_is_not_edited(cast, browse, published):
    published.status = "archived"

    page = browse(cast.ana).get(f"/practices/{published.id}/edit/need")

    assert page.location == f"/practices/{published.id}"


# ---- two at once -----------------------------------------------------------------------------------------------------


def test_two_people_in_one_section_keep_both_texts(cast, browse, published):
    address = f"/practices/{published.id}/edit/need"
    anas, brunos = browse(cast.ana).get(address), browse(cast.bruno).get(address)
    cast.bruno.language = "en"

    brunos.submit(address, text="Bruno saw that people are lonely.")
    answer = anas.submit(address, text="Ana saw that people are shy.")

    assert answer.status == 409
    assert answer.document.xpath("string(//textarea[@name='text'])").strip() == "Ana saw that people are shy."
    assert "Bruno saw that people are lonely." in answer.text
    assert answer.texts("//del") and answer.texts("//ins")


def test_after_a_conflict_the_next_save_counts(cast, browse, published):
    address = f"/practices/{published.id}/edit/need"
    anas, brunos = browse(cast.ana).get(address), browse(cast.bruno).get(address)
    brunos.submit(address, text="Bruno’s text.")

    answer = anas.submit(address, text="Ana’s text.").submit(address, text="Ana’s text. Bruno’s text.")

    assert answer.status == 303
    assert (again(published).original.need, published.number) == ("Ana’s text. Bruno’s text.", 3)


def test_two_people_in_different_sections_never_meet(cast, browse, published):
    anas = browse(cast.ana).get(f"/practices/{published.id}/edit/need")
    brunos = browse(cast.bruno).get(f"/practices/{published.id}/edit/results")

    brunos.submit(f"/practices/{published.id}/edit/results", text="Many stayed.")
    answer = anas.submit(f"/practices/{published.id}/edit/need", text="People are shy.")

    assert answer.status == 303
    assert (again(published).original.need, published.original.results) == ("People are shy.", "Many stayed.")


def test_the_same_text_sent_twice_is_no_conflict(cast, browse, published):
    address = f"/practices/{published.id}/edit/need"
    page = browse(cast.ana).get(address)

    answers = [page.submit(address, text="People are shy.") for _ in range(2)]

    assert [answer.status for answer in answers] == [303, 303]
    assert published.number == 2


def test_two_people_with_the_facts_see_what_differs(cast, browse, published):
    address = f"/practices/{published.id}/edit/facts"
    anas, brunos = browse(cast.ana).get(address), browse(cast.bruno).get(address)

    brunos.submit(address, cost_band="high")
    answer = anas.submit(address, cost_band="low")

    assert answer.status == 409
    assert answer.texts("//dl[@class='summary-list']//dd//bdi") == ["3,000–10,000 EUR", "Under 500 EUR"]
    assert published.cost_band == "high"


# ---- drafts of the browser -------------------------------------------------------------------------------------------


def test_each_section_has_its_own_unsent_text(cast, browse, draft):
    ana = browse(cast.ana)
    page = ana.get(f"/practices/{draft.id}/edit/need")
    version = page.document.xpath("//input[@name='version']/@value")[0]

    ana.post("/me/drafts", {"address": f"/practices/{draft.id}/edit/need", "text": "Half a sent", "version": version})

    assert ana.get(f"/practices/{draft.id}/edit/need").document.xpath("string(//textarea[@name='text'])").strip() == "Half a sent"
    assert not ana.get(f"/practices/{draft.id}/edit/results").document.xpath("string(//textarea[@name='text'])").strip()


def test_what_was_saved_is_no_draft_any_more(cast, browse, draft):
    ana, address = browse(cast.ana), f"/practices/{draft.id}/edit/need"
    version = ana.get(address).document.xpath("//input[@name='version']/@value")[0]
    ana.post("/me/drafts", {"address": address, "text": "Half a sent", "version": version})

    ana.get(address).submit(address, text="A whole sentence.")

    assert ana.get(address).document.xpath("string(//textarea[@name='text'])").strip() == "A whole sentence."


# ---- who ---------------------------------------------------------------------------------------------------------------


def test_another_organisation_neither_sees_a_draft_nor_edits_what_is_published(cast, browse, draft, published):
    carla = browse(cast.carla)

    assert [carla.get(f"/practices/{one.id}/edit").status for one in (draft, published)] == [404, 403]
    assert carla.post(f"/practices/{published.id}/edit/need", {"text": "x"}).status == 403


def test_what_is_asked_for_is_said_beside_the_section(cast, browse, published):
    published.original.resources = ""
    carla = browse(cast.carla)
    carla.post(f"/practices/{published.id}/questions", {"field": "resources"})

    page = browse(cast.ana).get(f"/practices/{published.id}/edit/resources")

    assert "A reader asks for this section." in page.text


# ---- who hears of a change --------------------------------------------------------------------------------------------


def test_translators_are_told_once_that_theirs_is_older_with_the_way_to_it(cast, browse, published):
    make.translation(published, "lv", translator_id=cast.carla.id)
    make.translation(published, "ru", translator_id=cast.bruno.id, reviewer_id=cast.ana.id)
    cast.bruno.writes = ["fr"]

    for section in ("need", "results"):
        browse(cast.ana).get(f"/practices/{published.id}/edit/{section}").submit(f"/practices/{published.id}/edit/{section}", text="New")

    notice = db.session.scalars(select(Notice)).one()
    assert (notice.member_id, notice.kind) == (cast.carla.id, "practice.behind")
    assert notice.address == f"/practices/{published.id}/translate/lv"
    assert browse(cast.carla).get(notice.address).status == 200 and db.session.get(Member, cast.carla.id).unread_notices == 0


def test_of_a_draft_no_translator_hears(cast, browse, draft):
    make.translation(draft, "lv", translator_id=cast.carla.id)

    browse(cast.ana).get(f"/practices/{draft.id}/edit/need").submit(f"/practices/{draft.id}/edit/need", text="New")

    assert told(cast.carla) == []
