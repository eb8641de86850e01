"""Health: what a watchman asks, and no more than a stranger may know (R19)."""

from libri import outbox
from libri.db import Fact, db

from .. import make


def test_all_is_well_while_the_worker_lives(cast, browse):
    outbox.beat()

    page = browse().client.get("/healthz")

    assert page.status_code == 200
    assert page.json == {"database": "ok", "files": "ok", "worker": "ok", "queue": "ok"}


def test_a_worker_silent_for_two_minutes_is_late(cast, browse, later):
    outbox.beat()

    later(minutes=3)

    page = browse().client.get("/healthz")
    assert (page.status_code, page.json["worker"]) == (503, "late")


def test_a_worker_never_seen_is_late(world, browse):
    page = browse().client.get("/healthz")

    assert (page.status_code, page.json["worker"]) == (503, "late")


def test_letters_nobody_sends_are_said_but_the_site_stays_up(cast, browse, later):
    make.letter(cast.ana)
    db.session.commit()
    later(minutes=20)
    outbox.beat()

    page = browse().client.get("/healthz")

    assert (page.status_code, page.json["queue"]) == (200, "late")


def test_a_file_store_that_cannot_be_written_is_an_alarm(world, browse):
    outbox.beat()
    folder = world.config["DATA_FOLDER"]
    world.config["DATA_FOLDER"] = folder + "/missing"

    page = browse().client.get("/healthz")

    world.config["DATA_FOLDER"] = folder
    assert (page.status_code, page.json["files"]) == (503, "failed")


READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"}


def test_a_database_that_takes_no_changes_is_an_alarm(world, browse):
    outbox.beat()
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as connection:
        connection.exec_driver_sql(READ_ONLY[db.engine.dialect.name])
        connection.commit()

    page = browse().client.get("/healthz")

    db.session.remove()
    db.engine.dispose()
    assert (page.status_code, page.json["database"]) == (503, "failed")


def test_the_check_leaves_nothing_behind(world, browse):
    browse().client.get("/healthz")

    assert db.session.get(Fact, "health") is None
