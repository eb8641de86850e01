"""Photos: drawn anew as WebP in two sizes, so that nothing the camera wrote stays – place, device, hidden pictures (F28, S42, S43)."""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps

from .sniffing import NotTaken

LARGE, SMALL = 1600, 480
"""Pixels of the longer side: on the page, and as a preview."""
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True)
class Photo:
    """A photo ready to be stored."""

    large: bytes
    small: bytes
    width: int
    height: int


def drawn(content: bytes) -> Photo:
    """The photo anew, upright and without metadata; raises NotTaken."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:  # known before anything is decoded
                raise NotTaken(_l("This picture has more than 40 megapixels. Choose a smaller one."))
            picture.draft("RGB", (2 * LARGE, 2 * LARGE))
            if picture.mode in ("RGB", "RGBA", "L"):
                picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)  # small before it is copied
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            large, small = _fresh(upright, LARGE), _fresh(upright, SMALL)
    except NotTaken:
        raise
    except Image.DecompressionBombError as wrong:
        raise NotTaken(_l("This picture has more than 40 megapixels. Choose a smaller one.")) from wrong
    except Exception as wrong:  # a damaged picture fails in many ways inside the decoders
        raise NotTaken(_l("We cannot read this picture. Save it as JPEG or PNG and choose it again.")) from wrong
    return Photo(_webp(large), _webp(small), large.width, large.height)


def _fresh(picture: Image.Image, side: int) -> Image.Image:
    """A new picture no longer than `side`; it carries nothing of the old one but its pixels."""
    fitted = picture.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", fitted.size, "white")
    fresh.paste(fitted, mask=fitted.getchannel("A"))
    return fresh


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()
