"""A drawn hand for the demonstration's photos: nobody's, and plainly a drawing."""

from io import BytesIO

FINGERS = ((70, 210), (140, 120), (215, 95), (290, 130))
"""Left edge and top of each finger, in pixels of a picture 480 wide and 640 high."""
PADS = ((105, 250), (175, 175), (250, 150), (325, 180), (150, 400), (290, 390), (220, 500))
"""Where the skin suffers first: the tips of the fingers and the cushions of the palm."""


def palm(*, red: float, blisters: bool = False) -> bytes:
    """A palm as a JPEG, its cushions as red as `red` says, from 0 to 1."""
    from PIL import Image, ImageDraw, ImageFilter

    skin, paper = (222, 178, 150), (236, 236, 232)
    picture = Image.new("RGB", (480, 640), paper)
    draw = ImageDraw.Draw(picture)
    for left, top in FINGERS:
        draw.rounded_rectangle((left, top, left + 68, 400), radius=34, fill=skin)
    draw.rounded_rectangle((65, 300, 375, 600), radius=70, fill=skin)
    draw.line((350, 500, 420, 360), fill=skin, width=66)
    draw.ellipse((388, 328, 454, 394), fill=skin)
    sore = Image.new("L", picture.size, 0)
    spots = ImageDraw.Draw(sore)
    for x, y in PADS:
        spots.ellipse((x - 34, y - 34, x + 34, y + 34), fill=int(200 * red))
    picture.paste((196, 52, 48), mask=sore.filter(ImageFilter.GaussianBlur(10)))
    if blisters:
        for x, y in PADS[4:]:
            draw.ellipse((x - 20, y - 14, x + 20, y + 14), fill=(244, 222, 190), outline=(170, 60, 52), width=3)
    draw.text((12, 612), "Drawing, for the demonstration", fill=(90, 90, 90))
    file = BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()
