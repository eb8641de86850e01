"""Photos and files of a text in a discussion."""

import io

from libri.db import db
from libri.exchange.models import Attachment

from .. import make


def text_file():
    return io.BytesIO("Kas jāņem līdzi: tēja.".encode()), "list.txt"


def test_a_file_hangs_on_the_text_and_readers_can_fetch_it(cast, browse):
    topic = make.topic(cast.carla)
    reply = make.reply(topic, cast.ana)

    browse(cast.ana).post(f"/replies/{reply.id}/files", {"upload": text_file(), "licence": ""})

    one = db.session.query(Attachment).one()
    reader = browse(cast.bruno)
    assert reader.get(f"/discussions/{topic.id}").has_link(f"/attachments/{one.id}")
    assert reader.get(f"/attachments/{one.id}").body == "Kas jāņem līdzi: tēja.".encode()


def test_what_hangs_on_a_hidden_text_is_hidden_too(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)
    browse(cast.ana).post(f"/replies/{reply.id}/files", {"upload": text_file(), "licence": ""})
    one = db.session.query(Attachment).one()

    reply.is_shown = False

    assert [browse(who).get(f"/attachments/{one.id}").status for who in (cast.bruno, cast.ana, cast.dina)] == [404, 200, 200]


def test_who_wrote_the_text_takes_a_file_away_and_nobody_else(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)
    browse(cast.ana).post(f"/replies/{reply.id}/files", {"upload": text_file(), "licence": ""})
    one = db.session.query(Attachment).one()

    refused = browse(cast.bruno).post(f"/attachments/{one.id}/remove")
    removed = browse(cast.ana).post(f"/attachments/{one.id}/remove")

    assert refused.status == 403 and removed.location == f"/replies/{reply.id}/files" and not db.session.query(Attachment).count()


def test_without_a_file_nothing_is_added(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)

    page = browse(cast.ana).post(f"/replies/{reply.id}/files", {"licence": ""})

    assert page.status == 422 and "Choose a photo or file." in page.text
