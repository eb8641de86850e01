"""A file on its way through both stores: kept whole or not at all, sent in parts, gone when nobody has it (S44–S47)."""

import io
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from libri import files
from libri.cli import main
from libri.db import db, write_tx
from libri.files.models import StoredBlob
from libri.files.store import incoming, the_store
from libri.members.models import Member

pytestmark = pytest.mark.long

WORDS = b"words " * 50_000


def add(content: bytes = WORDS, name: str = "Plāns.txt", **given) -> files.StoredFile:
    taken = files.take(io.BytesIO(content), name, **given)
    with write_tx():
        number = files.add(taken).id
    return db.session.get_one(files.StoredFile, number)


def kept(store) -> list[str]:
    return sorted(digest for digest, _size, _at in store.all())


def sent(app, file, **headers):
    """The answer to a request for a file, as a browser gets it."""
    with app.test_request_context(headers={"Accept-Language": "en"} | {name.replace("_", "-"): value for name, value in headers.items()}):
        answer = files.send(file)
        answer.direct_passthrough = False
        return answer.status_code, answer.get_data(), answer.headers


def test_a_file_comes_back_as_it_was_sent(world, store):
    file = add()

    status, body, headers = sent(world, file)

    assert (status, body, headers["Content-Length"]) == (200, WORDS, "300000")
    assert headers["Content-Disposition"] == "attachment; filename=Plans.txt; filename*=UTF-8''Pl%C4%81ns.txt"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox" and headers["X-Content-Type-Options"] == "nosniff"
    assert list(incoming().iterdir()) == [] and list(files.check()) == []


def test_parts_are_sent_and_impossible_ones_refused(world, store):
    file = add()

    status, body, headers = sent(world, file, Range="bytes=299990-")
    refused, nothing, said = sent(world, file, Range="bytes=300000-")
    same = sent(world, file, If_None_Match=headers["ETag"])[0]
    changed = sent(world, file, Range="bytes=0-5", If_Range='"another"')

    assert (status, body, headers["Content-Range"]) == (206, WORDS[-10:], "bytes 299990-299999/300000")
    assert (refused, nothing, said["Content-Range"]) == (416, b"", "bytes */300000")
    assert (same, changed[0], len(changed[1])) == (304, 200, 300_000)


def test_what_goes_to_s3_in_parts_comes_back_whole(world, s3):
    content = b"\0\0\0\x18ftypmp42" + b"moving " * 3_000_000

    file = add(content, "Ieraksts.mp4")

    assert sent(world, file)[1] == content and sent(world, file, Range="bytes=-7")[1] == b"moving "


def test_the_same_content_is_kept_once_until_the_last_file_goes(world, store):
    first, second = add(), add(name="copy.txt")
    assert len(kept(store)) == 1

    for file, left in ((first, 1), (second, 0)):
        with write_tx():
            gone = files.remove(db.session.get_one(files.StoredFile, file.id))
        files.forget(gone)
        assert len(kept(store)) == left


def test_an_upload_without_a_row_is_swept_after_an_hour(world, store, later):
    files.take(io.BytesIO(b"never added"), "a.txt")
    file = add()
    Path(incoming(), "left").write_bytes(b"half a file")
    os.utime(Path(incoming(), "left"), (0, 0))

    at_once = files.sweep()
    later(minutes=61)
    afterwards = files.sweep()

    assert (at_once, afterwards) == (1, 1) and kept(store) == [file.digest] and list(incoming().iterdir()) == []


def test_a_row_nothing_points_to_is_swept_after_a_day_and_no_other(cast, store, later):
    add()
    portrait = add(b"face")
    with write_tx():
        db.session.get_one(Member, cast.ana.id).picture_id = portrait.id
    number, digest = portrait.id, portrait.digest

    later(days=2)
    files.sweep()

    assert list(db.session.scalars(select(files.StoredFile.id))) == [number] and kept(store) == [digest]


def test_a_content_nobody_knows_is_named_and_swept(world, store, later):
    with files.store.staged() as (file, path):
        file.write(b"stray")
        file.flush()
        store.put(path, "ab" * 32)

    named = list(files.check())
    later(hours=2)

    assert named == [f"content {'ab' * 32} belongs to no file"] and files.sweep() == 1 and kept(store) == []


def test_a_file_whose_content_is_missing_says_so(world, store):
    file = add()
    store.remove(file.digest)

    status, body, _headers = sent(world, file)

    assert status == 404 and "missing in our storage" in body.decode()
    assert [line for line in files.check() if file.digest in line and f"files: {file.id}" in line]


def test_uploading_again_what_was_lost_mends_it(world, store):
    file = add()
    store.remove(file.digest)

    add(name="again.txt")

    assert sent(world, file)[1] == WORDS


def test_what_was_swept_before_its_row_is_refused(world, folder, later):
    taken = files.take(io.BytesIO(b"slow"), "a.txt")
    later(hours=2)
    files.sweep()

    with pytest.raises(files.NoRoom), write_tx():
        files.add(taken)

    assert db.session.scalar(select(files.StoredFile)) is None and db.session.scalar(select(StoredBlob)) is None


def test_a_store_that_is_away_takes_nothing_and_says_so(world, s3):
    file = add()
    world.config["S3_ENDPOINT"] = "http://127.0.0.1:9"
    world.extensions.pop("files")

    with pytest.raises(files.NoRoom):
        files.take(io.BytesIO(b"words"), "a.txt")

    assert sent(world, file)[0] == 503 and list(incoming().iterdir()) == []


def test_the_command_line_says_what_does_not_fit(world, folder):
    file = add()
    well = world.test_cli_runner().invoke(main, ["files", "check"])
    the_store().remove(file.digest)

    ill = world.test_cli_runner().invoke(main, ["files", "check"])

    assert (well.exit_code, ill.exit_code) == (0, 1) and file.digest in ill.output


def test_parts_that_a_killed_process_left_at_s3_are_swept(world, s3):
    store, digest = the_store(), "cd" * 32
    store.fs.call_s3("create_multipart_upload", Bucket=store.root.partition("/")[0], Key=store.place(digest).partition("/")[2])

    assert (files.sweep(), files.sweep()) == (1, 0)  # moto says of every upload that it began in 2010


def test_health_knows_whether_the_store_answers(world, browse, s3):
    well = browse().client.get("/healthz").json["files"]
    world.config["S3_ENDPOINT"] = "http://127.0.0.1:9"
    world.extensions.pop("files")

    assert (well, browse().client.get("/healthz").json["files"]) == ("ok", "failed")
