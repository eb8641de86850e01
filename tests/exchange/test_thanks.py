"""Thanks: one press, one count."""

from libri.db import db
from libri.exchange.models import Thanks

from .. import make
from .reread import told


def test_one_press_thanks_and_the_next_takes_it_back(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)
    browser = browse(cast.bruno)

    browser.post(f"/replies/{reply.id}/thanks")
    counted = (reply.thanks_count, db.session.query(Thanks).count())
    browser.post(f"/replies/{reply.id}/thanks")

    assert counted == (1, 1) and (reply.thanks_count, db.session.query(Thanks).count()) == (0, 0)


def test_several_people_are_counted_once_each(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)

    for member in (cast.bruno, cast.carla, cast.dina):
        browse(member).post(f"/replies/{reply.id}/thanks")

    assert reply.thanks_count == 3


def test_the_button_says_whether_it_is_pressed(cast, browse):
    topic = make.topic(cast.carla)
    reply = make.reply(topic, cast.ana)
    browser = browse(cast.bruno)

    answer = browser.post(f"/replies/{reply.id}/thanks")
    page = browser.get(answer.location, htmx=f"reply-{reply.id}")

    assert page.document.xpath("//button[@aria-pressed='true']") and page.document.xpath("//article/@id") == [f"reply-{reply.id}"]


def test_thanks_taken_back_and_given_again_are_told_once(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)

    for _press in range(3):
        browse(cast.bruno).post(f"/replies/{reply.id}/thanks")
    browse(cast.dina).post(f"/replies/{reply.id}/thanks")

    assert told(cast.ana) == ["topic.thanks"] * 2
