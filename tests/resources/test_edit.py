"""Changing a resource: texts in languages, two people at once, publishing, "still right", deleting (R2, R14, N22)."""

import pytest
from sqlalchemy import func, select

from libri import files
from libri.db import db, now
from libri.files.store import the_store
from libri.i18n import Localized
from libri.resources.models import Resource

from .. import make


def again(resource: Resource) -> Resource:
    db.session.expire_all()
    return db.session.get(Resource, resource.id)


def test_titles_stand_in_several_languages(cast, browse):
    guide = make.resource(cast.lyon_library)

    page = browse(cast.ana).get(f"/resources/{guide.id}/edit").submit(title_lv="Ceļvedis", review_by="2099-01-01", level="A2")

    assert page.status == 303
    assert (again(guide).title["lv"], guide.level, guide.review_by.year, guide.version) == ("Ceļvedis", "A2", 2099, 2)


def test_two_people_who_save_at_once_keep_both_texts(cast, browse):
    guide = make.resource(cast.lyon_library, "Guide")
    first, second = (browse(person).get(f"/resources/{guide.id}/edit") for person in (cast.ana, cast.dina))

    first.submit(title_en="Short guide")
    page = second.submit(title_en="Long guide", kind="report")

    assert (page.status, again(guide).title["en"]) == (409, "Short guide")
    assert "Short guide" in page.text and page.document.xpath("//input[@id='title_en']/@value") == ["Long guide"]
    assert page.submit().status == 303
    assert (again(guide).title["en"], guide.kind) == ("Long guide", "report")


def test_saving_without_a_change_changes_nothing(cast, browse):
    guide = make.resource(cast.lyon_library, themes=["youth", "language_learning"])

    browse(cast.ana).get(f"/resources/{guide.id}/edit").submit()

    assert (again(guide).version, guide.themes) == (1, ["youth", "language_learning"])


def test_a_published_resource_must_stay_whole_and_members_only_stays_inside(cast, browse):
    guide = make.resource(cast.lyon_library)
    form = browse(cast.ana).get(f"/resources/{guide.id}/edit")

    assert form.submit(description_en="", themes=[]).status == 422
    assert form.submit(licence="network-internal", is_public="y").status == 422
    assert again(guide).themes == ["language_learning"]


def test_one_button_publishes_what_is_whole_and_makes_it_private_again(cast, browse):
    guide = make.resource(cast.lyon_library, "Whole", status="private", published_at=None)
    browser = browse(cast.ana)

    browser.get(f"/resources/{guide.id}").submit(f"/resources/{guide.id}/publish")
    seen = browse(cast.carla).get(f"/resources/{guide.id}").status
    browser.get(f"/resources/{guide.id}").submit(f"/resources/{guide.id}/withdraw")

    assert (seen, browse(cast.carla).get(f"/resources/{guide.id}").status) == (200, 404)


def test_what_is_missing_is_named_before_publishing(cast, browse):
    guide = make.resource(cast.lyon_library, status="private", description=Localized(), audiences=[])

    page = browse(cast.ana).post(f"/resources/{guide.id}/publish")

    assert (page.status, again(guide).status) == (422, "private")
    assert page.texts("//div[contains(@class,'notice')]//li") == ["Description", "For whom"]


@pytest.mark.parametrize(("day", "status"), [("2020-01-01", 422), ("2099-01-01", 303)])
def test_still_right_until_a_day_to_come(cast, browse, day, status):
    law = make.resource(cast.lyon_library, review_by=now().date().replace(year=2020))

    page = browse(cast.bruno).get(f"/resources/{law.id}/reviewed").submit(review_by=day)

    assert (page.status, again(law).is_overdue) == (status, status == 422)


def test_deleting_leaves_neither_row_nor_content(cast, browse):
    guide = make.resource(cast.lyon_library, status="private", file=make.stored("plan.pdf", b"only here"))
    make.collection(cast.lyon_library, guide)
    db.session.commit()

    page = browse(cast.ana).get(f"/resources/{guide.id}").submit(f"/resources/{guide.id}/remove")

    assert page.status == 303
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Resource, files.StoredFile, files.StoredBlob)] == [0, 0, 0]
    assert not list(the_store().all())
