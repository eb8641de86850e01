"""Pictures of members: made small and square, without anything the camera wrote into them (S42, S43)."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from PIL import Image, ImageOps
from sqlalchemy import select

from .. import files
from ..db import db
from .models import Member

SIDE = 256
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
NEW_SECONDS = 3600


class NotAPicture(ValueError):
    """The content is no picture of a kind we take."""


class TooManyPixels(ValueError):
    """The picture has more than 40 megapixels."""


def small(content: bytes) -> bytes:
    """The picture as a square WebP of 256 pixels, upright and without metadata. Raises NotAPicture, TooManyPixels."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:  # known before anything is decoded
                raise TooManyPixels
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            return _webp(ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS))
    except TooManyPixels:
        raise
    except Image.DecompressionBombError as wrong:
        raise TooManyPixels from wrong
    except Exception as wrong:  # a damaged picture fails in many ways inside the decoders
        raise NotAPicture from wrong


def _webp(square: Image.Image) -> bytes:
    fresh = Image.new("RGB", square.size, "white")  # a new picture carries nothing of the old one but its pixels
    fresh.paste(square, mask=square.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def store(member_id: int, content: bytes) -> str:
    """Keep a picture that `small` made and return its name."""
    return files.store(f"member-{member_id}", content, "webp")


def sweep(clock: Callable[[], float] = time.time) -> int:
    """Delete pictures that no member shows, left by an interrupted change; return how many."""
    shown = set(db.session.scalars(select(Member.picture).where(Member.picture != "")))
    left = [name for name in files.owned_by("member") if name not in shown and clock() - _made_at(name) > NEW_SECONDS]
    for name in left:
        files.remove(name)
    return len(left)


def _made_at(name: str) -> float:
    try:
        return files.path(name).stat().st_mtime
    except (FileNotFoundError, ValueError):
        return float("inf")
