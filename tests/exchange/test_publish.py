"""Publishing and archiving: its discussion, its followers, and nobody alone (F25, F27)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.exchange.models import Follow
from libri.exchange.models.topics import Reply, Topic

from .. import make
from .reread import again, told


@pytest.fixture
def submitted(cast):
    """Ana's practice with the review; the office reads English here."""
    cast.dina.language = "en"
    return make.practice(cast.lyon_library, cast.ana, status="submitted", published_at=None)


def test_publishing_opens_a_discussion_and_tells_author_and_followers(cast, browse, submitted):
    db.session.add_all([Follow(member_id=cast.carla.id, kind="theme", key="language_learning"),
                        Follow(member_id=cast.bruno.id, kind="organisation", key=str(cast.lyon_library.id))])
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")

    answer = page.submit(f"/practices/{submitted.id}/review/publish")

    topic = db.session.scalar(select(Topic))
    assert (answer.location, submitted.status, submitted.topic_id) == (f"/practices/{submitted.id}", "published", topic.id)
    assert (topic.category, topic.title, topic.author_id) == ("experience", again(submitted).original.title, cast.ana.id)
    assert f'href="/practices/{submitted.id}"' in db.session.scalar(select(Reply.html).where(Reply.number == 0))
    assert (told(cast.ana), told(cast.carla), told(cast.bruno)) == (["practice.accepted"], ["practice.published"], ["practice.published"])


def test_a_hidden_city_is_hidden_in_the_discussion_too(cast, browse, submitted):
    submitted.hides_city = True

    browse(cast.dina).get(f"/practices/{submitted.id}/review").submit(f"/practices/{submitted.id}/review/publish")

    topic = db.session.scalar(select(Topic))
    assert (topic.author_id, topic.organisation_id, topic.last_author_id) == (None, None, None)


def test_nobody_publishes_their_own_text(cast, browse):
    own = make.practice(cast.kisc, cast.dina, status="submitted", published_at=None)
    dina = browse(cast.dina)

    page = dina.get(f"/practices/{own.id}/review")

    assert page.status == 200 and not page.document.xpath(f"//form[@action='/practices/{own.id}/review/publish']")
    assert [dina.post(f"/practices/{own.id}/review/{deed}", {"version": "1"}).status for deed in ("publish", "changes")] == [403, 403]


def test_a_text_changed_meanwhile_is_read_again_first(cast, browse, submitted):
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")
    address = f"/practices/{submitted.id}/edit/need"
    browse(cast.ana).get(address).submit(address, text="Something quite different.")

    answer = page.submit(f"/practices/{submitted.id}/review/publish")

    assert (answer.status, submitted.status) == (422, "submitted")
    assert "Something quite different." in answer.text


def test_what_may_be_personal_is_shown_before_publishing(cast, browse, submitted):
    submitted.original.need = "Ask ilze@skola.example."
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")

    answer = page.submit(f"/practices/{submitted.id}/review/publish")

    assert "ilze@skola.example" in page.text and "Publish anyway" in page.text
    assert (answer.status, submitted.status) == (303, "published")


def test_a_photo_without_consent_is_not_published(cast, browse, submitted):
    make.photo(submitted, has_consent=False)

    answer = browse(cast.dina).get(f"/practices/{submitted.id}/review").submit(f"/practices/{submitted.id}/review/publish")

    assert (answer.status, submitted.status) == (303, "submitted")


def test_publishing_twice_opens_one_discussion(cast, browse, submitted):
    page = browse(cast.dina).get(f"/practices/{submitted.id}/review")

    for _ in range(2):
        page.submit(f"/practices/{submitted.id}/review/publish")

    assert len(db.session.scalars(select(Topic)).all()) == 1


# ---- the archive -----------------------------------------------------------------------------------------------------


def test_an_organisation_puts_its_practice_into_the_archive(cast, browse):
    practice = make.practice(cast.lyon_library, cast.ana)

    browse(cast.bruno).get(f"/practices/{practice.id}/edit").submit(f"/practices/{practice.id}/archive")

    assert practice.status == "archived" and told(cast.ana) == ["practice.archived"]
    assert browse(cast.carla).get(f"/practices/{practice.id}").status == 404
