"""Pictures to stamp with: a signature in blue, a round seal in red of 36 mm at 300 dpi."""

import io

from PIL import Image, ImageDraw

SEAL_PIXELS = round(36 / 25.4 * 300)


def signature() -> bytes:
    picture = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    points = [(x, 100 + (60 if x // 40 % 2 else -60)) for x in range(20, 580, 20)]
    draw.line(points, fill=(20, 50, 180, 255), width=8, joint="curve")
    return _png(picture)


def seal() -> bytes:
    side = SEAL_PIXELS
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 4, side - 5, side - 5), outline=(200, 20, 20, 255), width=10)
    draw.ellipse((50, 50, side - 51, side - 51), outline=(200, 20, 20, 255), width=4)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(300, 300))
    return out.getvalue()
