"""The language family: versions, what is behind, who asked, who is translating, who is told (N20, R5)."""

import io

from sqlalchemy import func, select

from libri.db import db
from libri.files import StoredFile
from libri.notices.models import Notice
from libri.resources.models import Resource, ResourceTranslator, ResourceVersion, ResourceWish

from .. import make
from .test_new import PDF


def notices(member) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)))


def row_of(page, language: str) -> str:
    return next(text for text in page.texts("//ul[contains(@class,'editions')]/li") if text.startswith(language))


def test_the_page_tells_what_is_missing_behind_and_asked_for(cast, browse):
    guide = make.resource(cast.ogre)
    make.edition(guide, "uk")
    for _time in range(2):
        make.edition(guide, "en")
    browse(cast.carla).post(f"/resources/{guide.id}/wish", {"language": "lv"})

    page = browse(cast.ana).get(f"/resources/{guide.id}")

    assert "2 versions behind the original" in row_of(page, "Ukrainian")
    assert "Not there yet 1 person asks for it" in row_of(page, "Latvian")


def test_a_wish_counts_once_and_tells_the_owner_once(cast, browse):
    guide = make.resource(cast.ogre)
    browser = browse(cast.ana)

    for _press in range(2):
        browser.get(f"/resources/{guide.id}")
        browser.post(f"/resources/{guide.id}/wish", {"language": "fr"})
    browse(cast.bruno).post(f"/resources/{guide.id}/wish", {"language": "fr"})

    assert db.session.scalar(select(func.count()).select_from(ResourceWish)) == 2
    assert notices(cast.carla) == ["resource.wished"]
    browser.post(f"/resources/{guide.id}/wish/withdraw", {"language": "fr"})
    assert db.session.scalars(select(ResourceWish.member_id)).all() == [cast.bruno.id]


def test_what_is_there_and_up_to_date_cannot_be_wished_for(cast, browse):
    guide = make.resource(cast.ogre)

    page = browse(cast.ana).post(f"/resources/{guide.id}/wish", {"language": "en"})

    assert page.status == 303
    assert db.session.scalar(select(func.count()).select_from(ResourceWish)) == 0


def test_somebody_of_another_organisation_translates_and_whoever_asked_is_told(cast, browse):
    guide = make.resource(cast.ogre)
    browse(cast.bruno).post(f"/resources/{guide.id}/wish", {"language": "fr"})
    translator = browse(cast.ana)

    page = translator.follow(translator.post(f"/resources/{guide.id}/translating", {"language": "fr"}))
    translator.post(f"/resources/{guide.id}/versions/new", {"language": "fr", "upload": (io.BytesIO(PDF), "Le guide.pdf")})

    assert "Being translated by: Ana" in row_of(page, "French")
    new = db.session.scalars(select(ResourceVersion).where(ResourceVersion.language == "fr")).one()
    assert (new.number, new.follows, new.added_by_id) == (1, 1, cast.ana.id)
    assert notices(cast.bruno) == ["resource.wish_fulfilled"] and "resource.translated" in notices(cast.carla)
    assert not db.session.scalars(select(ResourceTranslator)).all() and not db.session.scalars(select(ResourceWish)).all()


def test_without_saying_so_first_nobody_adds_to_the_resource_of_others(cast, browse):
    guide = make.resource(cast.ogre)

    assert browse(cast.ana).post(f"/resources/{guide.id}/versions/new", {"language": "fr", "link": "https://library.example/"}).status == 403
    browse(cast.ana).post(f"/resources/{guide.id}/translating", {"language": "fr"})
    assert browse(cast.ana).post(f"/resources/{guide.id}/versions/new", {"language": "en", "link": "https://library.example/"}).status == 422
    assert browse(cast.ana).post(f"/resources/{guide.id}/translating", {"language": "lv"}).status == 403


def test_a_second_translator_must_wait_sixty_days(cast, browse, later):
    guide = make.resource(cast.ogre)
    browse(cast.ana).post(f"/resources/{guide.id}/translating", {"language": "fr"})

    browse(cast.bruno).post(f"/resources/{guide.id}/translating", {"language": "fr"})
    first = db.session.scalars(select(ResourceTranslator.member_id)).one()
    later(minutes=61 * 24 * 60)
    browse(cast.bruno).post(f"/resources/{guide.id}/translating", {"language": "fr"})
    db.session.expire_all()

    assert (first, db.session.scalars(select(ResourceTranslator.member_id)).one()) == (cast.ana.id, cast.bruno.id)
    browse(cast.bruno).post(f"/resources/{guide.id}/translating/stop", {"language": "fr"})
    assert not db.session.scalars(select(ResourceTranslator)).all()


def test_a_new_version_keeps_the_old_one_and_tells_its_translators(cast, browse):
    guide = make.resource(cast.ogre)
    make.edition(guide, "fr", added_by_id=cast.ana.id)
    browser = browse(cast.carla)
    form = browser.get(f"/resources/{guide.id}/versions/new?language=en")

    for _press in range(2):
        form.submit(link="https://library.example/two", change_note="New hours")

    history = browse(cast.ana).get(f"/resources/{guide.id}/versions")
    assert [one.link for one in db.session.scalars(select(ResourceVersion).where(ResourceVersion.language == "en").order_by(
        ResourceVersion.number))] == ["https://library.example/guide", "https://library.example/two"]
    assert notices(cast.ana) == ["resource.behind"]
    assert "New hours" in history.text and "follows version 1 of the original" in history.text


def test_a_translation_may_follow_an_earlier_version(cast, browse):
    guide = make.resource(cast.ogre)
    make.edition(guide, "en")

    browse(cast.carla).get(f"/resources/{guide.id}/versions/new?language=lv").submit(link="https://library.example/lv", follows="1")

    assert "1 version behind the original" in row_of(browse(cast.ana).get(f"/resources/{guide.id}"), "Latvian")
    assert db.session.get(Resource, guide.id).version > 1


def test_a_version_added_by_mistake_goes_with_its_file_but_never_the_last_original(cast, browse):
    guide = make.resource(cast.ogre)
    make.edition(guide, "en", file=make.stored("wrong.pdf"))
    first, wrong = db.session.scalars(select(ResourceVersion.id).order_by(ResourceVersion.id)).all()
    home = f"/resources/{guide.id}/versions"

    for number in (wrong, first):
        browse(cast.carla).get(home).submit(f"{home}/{number}/remove")

    assert db.session.scalars(select(ResourceVersion.id)).all() == [first]
    assert not db.session.scalars(select(StoredFile)).all()
