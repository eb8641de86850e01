"""We tried this: told once by each organisation, added to later, asked for after 30 and 90 days (N6)."""

import pytest

from libri.db import db
from libri.exchange import chores
from libri.exchange.models import Adoption, Practice
from libri.notices.models import Notice
from libri.outbox import Letter

from .. import make

TOLD = {"changes": "Two tables instead of four", "would_repeat": "with_changes", "language": "lv", "cost": "", "result": ""}


@pytest.fixture
def practice(cast):
    return make.practice(cast.lyon_library, author=cast.ana, text={"title": "Language café"})


def tell(browser, practice, **fields):
    return browser.get(f"/practices/{practice.id}/adoptions/new").submit(**(TOLD | fields))


def all_adoptions():
    return db.session.scalars(db.select(Adoption)).all()


def test_it_is_counted_and_stands_on_the_page(cast, browse, practice):
    carla = browse(cast.carla)

    page = tell(carla, practice, organisation_id=str(cast.ogre_library.id))

    assert "#adoption-" in page.location
    shown = browse(cast.ana).get(page.location)
    assert "Ogres Centrālā bibliotēka" in shown.text and "Two tables instead of four" in shown.text
    assert db.session.get_one(Practice, practice.id).adoptions_count == 1


def test_those_it_concerns_are_told(cast, browse, practice):
    browse(cast.dina).post("/notices/following", {"kind": "practice", "key": practice.id, "level": "follow"})

    tell(browse(cast.carla), practice)

    told = db.session.scalars(db.select(Notice.member_id).where(Notice.kind == "practice.adopted")).all()
    assert sorted(told) == [cast.ana.id, cast.dina.id]


def test_what_did_not_work_is_an_equal(cast, browse, practice):
    tell(browse(cast.carla), practice, result="Nobody came", would_repeat="no")

    page = browse(cast.ana).get(f"/practices/{practice.id}")

    assert "Nobody came" in page.text
    assert browse(cast.ana).get("/practices?sort=adopted").texts("//article//dd") == ["1"]


def test_a_double_press_tells_once(cast, browse, practice):
    carla = browse(cast.carla)
    form = carla.get(f"/practices/{practice.id}/adoptions/new")

    first, second = form.submit(**TOLD), form.submit(**TOLD)

    assert first.location == second.location
    assert len(all_adoptions()) == 1


def test_a_second_telling_leads_to_the_first_and_loses_nothing(cast, browse, practice):
    make.adoption(practice, cast.ogre, changes="What Carla wrote before")
    carla = browse(cast.carla)

    page = tell(carla, practice, organisation_id=str(cast.ogre.id), changes="What she writes now")

    assert page.status == 409
    assert "What Carla wrote before" in page.text and "What she writes now" in page.texts("//textarea[@name='changes']")[0]
    assert page.submit().status == 303
    assert [one.changes for one in all_adoptions()] == ["What she writes now"]


def test_who_has_one_organisation_is_led_to_what_it_told(cast, browse):
    other = make.practice(cast.ogre_library)
    before = make.adoption(other, cast.lyon_library)

    assert browse(cast.ana).get(f"/practices/{other.id}/adoptions/new").location == f"/adoptions/{before.id}/edit"


def test_nobody_tells_for_others_or_adopts_their_own(cast, browse, practice):
    carla = browse(cast.carla)

    page = tell(carla, practice, organisation_id=str(cast.lyon.id))

    assert page.status == 422
    assert "This is your own practice" in browse(cast.ana).get(f"/practices/{practice.id}/adoptions/new").text
    assert not all_adoptions()


def test_two_who_change_it_at_once_both_keep_their_text(cast, browse, practice):
    adoption = make.adoption(practice, cast.ogre)
    first, second = browse(cast.carla), browse(cast.carla)
    old = second.get(f"/adoptions/{adoption.id}/edit")
    first.get(f"/adoptions/{adoption.id}/edit").submit(result="Many came")

    page = old.submit(result="Few came")

    assert page.status == 409
    assert "Many came" in page.text and page.texts("//textarea[@name='result']") == ["Few came"]


@pytest.mark.parametrize(("field", "theirs", "mine", "shown"), [
    ("language", "fr", "lv", "French"), ("would_repeat", "no", "yes", "No"), ("hides_city", "y", None, "Yes")])
def test_what_two_choose_at_once_is_compared_too(cast, browse, practice, field, theirs, mine, shown):
    adoption, carla = make.adoption(practice, cast.ogre), browse(cast.carla)
    cast.carla.language = "en"
    old = carla.get(f"/adoptions/{adoption.id}/edit")
    carla.get(f"/adoptions/{adoption.id}/edit").submit(**{field: theirs})

    page = old.submit(**({field: mine} if mine else {}))

    assert page.status == 409 and shown in " ".join(page.texts("//*[contains(@class, 'notice--warning')]//p"))


@pytest.mark.parametrize("missing", ["changes", "version"])
def test_a_form_without_what_it_needs_comes_back(cast, browse, practice, missing):
    form = {name: value for name, value in (TOLD | {"version": "0", "organisation_id": str(cast.ogre.id)}).items() if name != missing}

    page = browse(cast.carla).post(f"/practices/{practice.id}/adoptions/new", form)

    assert page.status == 422


# ---- asked again -----------------------------------------------------------------------------------------------------


def letters():
    return db.session.scalars(db.select(Letter).where(Letter.kind == "adoption_result")).all()


def test_asked_after_30_and_90_days_and_no_more(cast, later, practice):
    make.adoption(practice, cast.ogre, member_id=cast.carla.id)
    db.session.commit()

    asked = []
    for days in (29, 31, 32, 89, 91, 400):
        later(days=days)
        asked.append(chores.ask_adopters())

    assert asked == [0, 1, 0, 0, 1, 0]
    assert [letter.member_id for letter in letters()] == [cast.carla.id] * 2
    assert db.session.scalars(db.select(Notice.kind)).all() == ["practice.adoption_asked"] * 2


def test_not_asked_once_a_result_stands(cast, later, practice):
    make.adoption(practice, cast.ogre, result="It went well")
    db.session.commit()
    later(days=100)

    assert chores.ask_adopters() == 0


def test_both_questions_are_one_when_the_second_is_due(cast, later, practice):
    make.adoption(practice, cast.ogre, member_id=cast.carla.id)
    db.session.commit()
    later(days=120)

    assert [chores.ask_adopters(), chores.ask_adopters()] == [1, 0]


def test_the_organisation_is_asked_when_who_told_it_has_gone(cast, later, practice):
    make.adoption(practice, cast.ogre, member_id=cast.dina.id)
    cast.carla.notices = "never"
    db.session.commit()
    later(days=31)

    assert chores.ask_adopters() == 1
    assert db.session.scalars(db.select(Notice.member_id)).all() == [cast.carla.id]
    assert not letters()


def test_the_letter_leads_to_the_form(cast, later, browse, practice, world):
    from libri import emails

    adoption = make.adoption(practice, cast.ogre, member_id=cast.carla.id)
    cast.carla.language = "en"
    db.session.commit()
    later(days=31)
    chores.ask_adopters()

    subject, text, html = emails.render(letters()[0])

    assert subject.strip() == "What came of it? Language café"
    assert f"http://localhost/adoptions/{adoption.id}/edit" in text and f"/adoptions/{adoption.id}/edit" in html
