"""Pictures for the tests of photos: as cameras write them, and as nobody should."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

SECRET = b"Maria's kitchen"
NORTH, DEGREES = "N", (40.0, 44.0, 54.36)


def picture(kind: str = "JPEG", size: tuple[int, int] = (320, 240), *, grain: bool = False, **options: object) -> bytes:
    """Two halves, the left one redder, so that a picture turned on its side can be told from an upright one.

    With grain it takes as many bytes as a photo does.
    """
    image = Image.new("RGB", size, (90, 60, 50))
    image.paste((200, 40, 40), (0, 0, size[0] // 2, size[1]))
    if grain:
        image = Image.blend(image, Image.effect_noise(size, 80).convert("RGB"), 0.5)
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def from_a_camera(kind: str = "JPEG", *, size: tuple[int, int] = (320, 240), grain: bool = False) -> bytes:
    """A picture lying on its side, with the place and a comment in it, as a camera writes them."""
    notes = Image.Exif()
    notes[Base.Orientation] = 6
    notes[Base.ImageDescription] = SECRET.decode()
    notes.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: NORTH, GPS.GPSLatitude: DEGREES})
    more: dict[str, object] = {"exif": notes}
    if kind == "JPEG":
        more |= {"comment": SECRET, "xmp": b"<x>" + SECRET + b"</x>", "icc_profile": SECRET}
    elif kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Comment", SECRET.decode())  # type: ignore[attr-defined]
    return picture(kind, size, grain=grain, **more) + SECRET


def bomb(side: int = 60_000) -> bytes:
    """A few kilobytes that say they are a picture of 3,600 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
