"""Pictures drawn anew, so that nothing the camera wrote stays – place, device, hidden pictures (F28, S42, S43)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps

from .kinds import Allowed, NotTaken

SMALL = 480
"""Pixels of the longer side of a preview."""
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True)
class Picture:
    """A picture ready to be stored."""

    content: bytes
    preview: bytes
    suffix: str
    width: int
    height: int


def drawn(file: BinaryIO, allowed: Allowed) -> Picture:
    """The picture anew, upright, without metadata, no larger than its place allows; raises NotTaken."""
    too_many = NotTaken(_l("This picture has more than 40 megapixels. Choose a smaller one."))
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:  # known before anything is decoded
                raise too_many
            return _drawn(picture, allowed)
    except NotTaken:
        raise
    except Image.DecompressionBombError as wrong:
        raise too_many from wrong
    except Exception as wrong:  # a damaged picture fails in many ways inside the decoders
        raise NotTaken(_l("We cannot read this picture. Save it as JPEG or PNG and choose it again.")) from wrong


def _drawn(picture: Image.Image, allowed: Allowed) -> Picture:
    own, side = picture.format or "WEBP", allowed.side
    picture.draft("RGB", (2 * side, 2 * side))
    if picture.mode in ("RGB", "RGBA", "L") and not allowed.square:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)  # small before it is copied
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    if allowed.square:
        upright = ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS)
    large = _fresh(upright, side)
    target = own if own in ("JPEG", "PNG") and not allowed.as_webp else "WEBP"
    return Picture(_saved(large, target), _saved(_fresh(upright, SMALL), "WEBP"), {"JPEG": "jpg"}.get(target, target.lower()), *large.size)


def _fresh(picture: Image.Image, side: int) -> Image.Image:
    """A new picture no longer than `side`; it carries nothing of the old one but its pixels."""
    fitted = picture.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", fitted.size, "white")
    fresh.paste(fitted, mask=fitted.getchannel("A"))
    return fresh


def _saved(picture: Image.Image, target: str) -> bytes:
    out = io.BytesIO()
    options = {"WEBP": {"quality": 82, "method": 4}, "JPEG": {"quality": 90, "progressive": True}, "PNG": {"optimize": False}}
    picture.save(out, target, **options[target])
    return out.getvalue()
