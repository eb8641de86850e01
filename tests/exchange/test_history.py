"""Earlier versions of a practice and what differs between two (F19)."""

import pytest

from libri.exchange import comparing
from libri.members import leaving

from .. import make


@pytest.fixture
def practice(cast, browse):
    """Ana's practice, its lessons changed by Bruno, then by Ana."""
    made = make.practice(cast.lyon_library, cast.ana, text={"lessons": "Small tables work best."})
    address = f"/practices/{made.id}/edit/lessons"
    browse(cast.bruno).get(address).submit(address, text="Small tables work better.")
    browse(cast.ana).get(address).submit(address, text="Two small tables work better.")
    return made


def test_versions_stand_there_with_who_and_when(cast, browse, practice):
    page = browse(cast.ana).get(f"/practices/{practice.id}/history")

    assert page.texts("//td[3]") == ["Ana", "Bruno", "Ana"]
    assert [text[0] for text in page.texts("//td[1]")] == ["3", "2", "1"]


def test_the_newest_change_is_shown_at_once(cast, browse, practice):
    page = browse(cast.ana).get(f"/practices/{practice.id}/history")

    assert (page.texts("//p[@class='difference']//del"), page.texts("//p[@class='difference']//ins")) == (["Small"], ["Two small"])


def test_any_two_versions_can_be_compared(cast, browse, practice):
    page = browse(cast.ana).get(f"/practices/{practice.id}/history?older=3&newer=1")

    assert (page.texts("//del"), page.texts("//ins")) == (["Small", "best."], ["Two small", "better."])


def test_former_members_have_no_name(cast, browse, practice):
    leaving.close(cast.bruno)

    page = browse(cast.ana).get(f"/practices/{practice.id}/history")

    assert page.texts("//td[3]") == ["Ana", "Former member", "Ana"]


def test_a_practice_without_changes_has_one_version(cast, browse):
    made = make.practice(cast.lyon_library, cast.ana)

    page = browse(cast.carla).get(f"/practices/{made.id}/history")

    assert page.status == 200 and len(page.texts("//tbody/tr")) == 1


def test_the_history_of_a_draft_is_for_its_organisation(cast, browse):
    draft = make.practice(cast.lyon_library, cast.ana, status="draft", published_at=None)

    assert [browse(one).get(f"/practices/{draft.id}/history").status for one in (cast.ana, cast.carla)] == [200, 404]


@pytest.mark.parametrize("question", ["older=99", "newer=-1", "older=x&newer=y", "language=xx"])
def test_nonsense_is_harmless(cast, browse, practice, question):
    assert browse(cast.ana).get(f"/practices/{practice.id}/history?{question}").status in (200, 404)


def test_markup_in_a_text_stays_text():
    assert comparing.marked("<b>one</b>", "<b>two</b>") == "<del>&lt;b&gt;one&lt;/b&gt;</del><ins>&lt;b&gt;two&lt;/b&gt;</ins>"


def test_very_long_texts_are_compared_in_a_moment():
    old, new = "a " * 8000, "b " + "a " * 7000 + "c " * 900

    both = comparing.marked(old, new)

    assert both.count("<ins>") == 1
