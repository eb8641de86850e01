"""Calling somebody by name (F6)."""

import json

from libri.db import db
from libri.exchange import mentions
from libri.exchange.models import Reply
from libri.notices.models import Notice

from .. import make


def told() -> list[tuple[int, str]]:
    return [(notice.member_id, notice.kind) for notice in db.session.query(Notice).order_by(Notice.id)]


def names(page) -> list[str]:
    return [person["name"] for person in json.loads(page.body)]


def test_names_that_begin_with_the_letters_are_offered_without_accents_and_case(cast, browse):
    for name in ("Ilze Bērziņa", "Anna Ilzīte", "Ilze Čača", "Milda Ilgaža"):
        make.member(name, "lv", cast.ogre)

    page = browse(cast.ana).get("/discussions/names?q=ilze%20be")

    assert names(page) == ["Ilze Bērziņa"]
    assert names(browse(cast.ana).get("/discussions/names?q=ILZ")) == ["Ilze Bērziņa", "Ilze Čača", "Anna Ilzīte"]


def test_at_most_eight_active_members_are_offered(cast, browse):
    for number in range(12):
        make.member(f"Zane {number:02}", "lv", cast.ogre, status="active" if number else "disabled")

    found = names(browse(cast.ana).get("/discussions/names?q=zane"))

    assert len(found) == 8 and "Zane 00" not in found


def test_a_full_name_after_an_at_becomes_a_link_when_it_means_one_person(cast, world):
    ilze = make.member("Ilze Bērziņa", "lv", cast.ogre)
    for _twice in range(2):
        make.member("Jānis Kalns", "lv", cast.ogre)

    body = mentions.link("Hello @ilze bērziņa, and @Jānis Kalns; mail me at info@Ilze Bērziņa.")

    assert body == f"Hello [@Ilze Bērziņa](/members/{ilze.id}), and @Jānis Kalns; mail me at info@Ilze Bērziņa."


def test_who_is_mentioned_is_told_once(cast, browse):
    topic = make.topic(cast.ana)

    browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "@Carla and again @Carla", "language": "en"})

    reply = db.session.query(Reply).filter_by(number=1).one()
    assert told() == [(cast.carla.id, "topic.mention")] and reply.html.count(f'href="/members/{cast.carla.id}"') == 2


def test_an_edit_tells_only_those_newly_named(cast, browse):
    reply = make.reply(make.topic(cast.ana), cast.ana, f"[@Carla](/members/{cast.carla.id})")

    browse(cast.ana).get(f"/replies/{reply.id}/edit").submit(body=reply.body + " @Bruno")

    assert told() == [(cast.bruno.id, "topic.mention")]


def test_a_mention_of_somebody_gone_or_unknown_tells_nobody(cast, browse):
    topic = make.topic(cast.ana)
    cast.bruno.status = "disabled"

    page = browse(cast.ana).post(f"/discussions/{topic.id}", {
        "body": f"[@X](/members/999999999999) [@Y](/members/{cast.bruno.id}) @Bruno", "language": "en"})

    assert page.status == 303 and told() == []
