"""Uploads and deletions of the same content at the same time never leave a file without its content."""

import io
import threading

import pytest

from libri import files
from libri.db import db, write_tx

pytestmark = pytest.mark.long


def test_uploads_and_deletions_of_one_content_never_cross(world, folder):
    wrong = []

    def come_and_go() -> None:
        with world.app_context():
            try:
                for _ in range(8):
                    taken = files.take(io.BytesIO(b"the same words"), "a.txt")
                    with write_tx():
                        number = files.add(taken).id
                    if files.read(db.session.get(files.StoredFile, number)) != b"the same words":
                        wrong.append("missing")
                    with write_tx():
                        gone = files.remove(db.session.get(files.StoredFile, number))
                    files.forget(gone)
            except Exception as error:  # seen below
                wrong.append(repr(error))
            db.session.remove()

    crowd = [threading.Thread(target=come_and_go) for _ in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert wrong == [] and list(files.check()) == []
