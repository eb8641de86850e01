"""Where contents lie: a folder, or a bucket of S3, through fsspec; each under its digest, whole or not at all (S45, S47)."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import fsspec
from flask import Flask, current_app
from fsspec.implementations.local import LocalFileSystem

_DIGEST = re.compile(r"[0-9a-f]{64}")
PART = 8 * 1024 * 1024
"""Bytes sent to S3 at a time; a larger file goes in parts, which S3 shows only when the last is there."""


class Missing(FileNotFoundError):
    """The content of a file is not in the store, though it should be."""


class Store:
    """One store; `fs` speaks of folders and objects alike."""

    def __init__(self, address: str, options: dict) -> None:
        self.fs, self.root = fsspec.core.url_to_fs(address, **options)
        self.is_folder = isinstance(self.fs, LocalFileSystem)

    def put(self, staged: Path, digest: str) -> None:
        """Keep the staged file under its digest; raises OSError and keeps nothing."""
        place = self.place(digest)
        if self.is_folder:
            _put_into_folder(staged, Path(place))
            return
        with _as_oserror():
            self.fs.put_file(str(staged), place, chunksize=PART, max_concurrency=2)

    def open(self, digest: str) -> BinaryIO:
        """The content, to be read and sought in; raises Missing."""
        try:
            with _as_oserror():
                return self.fs.open(self.place(digest), "rb", block_size=PART // 2)
        except FileNotFoundError as gone:
            raise Missing(digest) from gone

    def size(self, digest: str) -> int | None:
        """The bytes kept under a digest, or None."""
        try:
            with _as_oserror():
                return self.fs.info(self.place(digest))["size"]
        except FileNotFoundError:
            return None

    def remove(self, digest: str) -> None:
        """Delete what is kept under a digest, if it is there."""
        with contextlib.suppress(FileNotFoundError), _as_oserror():
            self.fs.rm_file(self.place(digest))

    def forget_halves(self, before: datetime) -> int:
        """Drop uploads to S3 that a killed process left in parts before an instant; return how many. A folder has none."""
        if self.is_folder:
            return 0
        bucket, _slash, prefix = self.root.partition("/")
        with _as_oserror():
            old = [one for one in self.fs.list_multipart_uploads(bucket) if one["Key"].startswith(prefix) and one["Initiated"] < before]
            for one in old:
                self.fs.call_s3("abort_multipart_upload", Bucket=bucket, Key=one["Key"], UploadId=one["UploadId"])
        return len(old)

    def all(self) -> Iterator[tuple[str, int, datetime]]:
        """Digest, bytes and time of everything kept."""
        try:
            with _as_oserror():
                found = self.fs.find(self.root, detail=True)
        except FileNotFoundError:
            return
        for path, entry in found.items():
            digest = "".join(path.rsplit("/", 2)[-2:])
            if _DIGEST.fullmatch(digest):
                yield digest, entry["size"], _time_of(entry)

    def answers(self) -> None:
        """Raise OSError when the store cannot be written, or is away."""
        if not self.is_folder:
            with _as_oserror():
                self.fs.ls(self.root.partition("/")[0], refresh=True)
            return
        Path(self.root).mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=self.root) as file:
            file.write(b"\0" * 4096)
            file.flush()

    def place(self, digest: str) -> str:
        """Where a digest lies; raises ValueError for what is none."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not the digest of a stored file")
        return f"{self.root}/{digest[:2]}/{digest[2:]}"


@contextlib.contextmanager
def _as_oserror() -> Iterator[None]:
    """The libraries of S3 have errors of their own for a server that is away; here all are OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as wrong:
        raise OSError(errno.EIO, f"the store failed: {type(wrong).__name__}: {wrong}") from wrong


def _put_into_folder(staged: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(f".{staged.name}.part")
    try:
        try:
            os.link(staged, part)
        except OSError:  # another file system, or one without links
            shutil.copyfile(staged, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _time_of(entry: dict) -> datetime:
    found = entry.get("LastModified", entry.get("mtime", 0))
    return found if isinstance(found, datetime) else datetime.fromtimestamp(found, UTC)


def the_store() -> Store:
    """The store of this application, made at its first use in each process."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    kept = app.extensions.get("files")
    if kept is None or kept[0] != os.getpid():
        app.extensions["files"] = kept = os.getpid(), Store(*_address(app))
    return kept[1]


def _address(app: Flask) -> tuple[str, dict]:
    address = app.config["FILES"]
    if not address.startswith("s3://"):
        return str(Path(address or Path(app.config["DATA_FOLDER"]) / "files")), {}
    options = {"key": app.config["S3_KEY"] or None, "secret": app.config["S3_SECRET"] or None, "use_listings_cache": False,
               "config_kwargs": {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 2}}}
    if app.config["S3_ENDPOINT"]:
        options["endpoint_url"] = app.config["S3_ENDPOINT"]
    return address.rstrip("/"), options


def incoming() -> Path:
    """The folder in which uploads wait until they are checked; swept of what was left."""
    folder = Path(current_app.config["DATA_FOLDER"]) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextlib.contextmanager
def staged() -> Iterator[tuple[BinaryIO, Path]]:
    """A new file in `incoming()`, open for writing, that is gone at the end unless the store took it."""
    descriptor, name = tempfile.mkstemp(dir=incoming())
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)
