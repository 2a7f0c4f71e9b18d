"""A photo made anew from its pixels: what else came in the file (place, time, camera, comments) is not kept.

Pillow is loaded with the first photo: most web processes never meet one, and it takes a tenth of their memory.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1600
MOST_PIXELS = 16_000_000
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "image/jpeg": ("JPEG", {"quality": 88}),
    "image/webp": ("WEBP", {"quality": 88}),
    "image/png": ("PNG", {}),
}
"""Content type: the name Pillow has for it, and how it is written."""


class PictureRefused(Exception):
    """These bytes are not an image of the type they claim, or one too large to open."""


def made_anew(content: bytes, *, content_type: str) -> bytes:
    """Return the same picture, upright and at most 1600 pixels long, as a new file of the same type.

    Only the claimed type is tried, and the size is read before the pixels are, so that a small file that unfolds to
    gigabytes is refused unopened. Raise PictureRefused.
    """
    from PIL import Image, ImageOps

    name, options = WAYS[content_type]
    try:
        with Image.open(BytesIO(content), formats=[name]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefused
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            pixels = ImageOps.exif_transpose(opened).convert("RGB")
        pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(pixels, name, options)
    except PictureRefused:
        raise
    except Exception as broken:  # a decoder that meets a hostile file may raise anything
        raise PictureRefused from broken


def _written(pixels: "Image", name: str, options: dict[str, Any]) -> bytes:
    """Write the pixels alone: a picture remembers comments and profiles of its file, a new one has none."""
    from PIL.Image import new

    bare = new("RGB", pixels.size)
    bare.paste(pixels)
    file = BytesIO()
    bare.save(file, name, **options)
    return file.getvalue()
