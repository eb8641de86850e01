"""Stored files, outside the web root and under names of our own (S45): a folder of the data folder for each owner."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from flask import current_app

_NAME = re.compile(r"[a-z]+-[0-9]+/[0-9a-f]{32}\.[a-z0-9]{2,5}")


def store(owner: str, content: bytes, suffix: str) -> str:
    """Keep `content` for `owner`, such as `member-7`, and return its name; the same content twice is one file."""
    name = f"{owner}/{hashlib.sha256(content).hexdigest()[:32]}.{suffix}"
    place = path(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)  # a failed upload leaves nothing (S47)
        raise
    return name


def read(name: str) -> bytes | None:
    """The content stored under `name`, or None when it is not there."""
    try:
        return path(name).read_bytes()
    except FileNotFoundError:
        return None


def remove(name: str) -> None:
    """Delete what is stored under `name`, if it is there."""
    if name:
        path(name).unlink(missing_ok=True)


def owned_by(owner_kind: str) -> list[str]:
    """The names of all files whose owners are of one kind, such as `member`."""
    return [f"{file.parent.name}/{file.name}" for file in _folder().glob(f"{owner_kind}-*/*.*")]


def path(name: str) -> Path:
    """Where `name` lies; raises ValueError for a name that store() never gave."""
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a stored file")
    return _folder() / name


def _folder() -> Path:
    return Path(current_app.config["DATA_FOLDER"]) / "files"
