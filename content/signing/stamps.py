"""What is seen of a signature (NĐ 30/2020 Annex I): the blue picture of a person's signature or
the red seal in its real size, and the time in ISO 8601, Times 10.

The seal covers a third of the signature, on its left.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from content.errors import Invalid
from content.letters.fonts import font_dirs
from content.words import local

#: A4 in points, and the room for a signature on our papers (15 mm).
PAGE_HEIGHT = 841.89
WIDTH, HEIGHT = 140, 42
TIME_SIZE = 10
#: Pictures are drawn at this resolution; so is a seal that does not tell its own.
DPI = 300
_POINT = DPI / 72
MAX_PIXELS = 4_000_000
Box = tuple[int, int, int, int]


def signature_box(place: Mapping[str, Any]) -> Box:
    """Where a person's signature is seen, from the place the paper left for it."""
    middle, top = place["x"] + place["width"] / 2, PAGE_HEIGHT - place["y"]
    left = round(middle - WIDTH / 2)
    return left, round(top - HEIGHT), left + WIDTH, round(top)


def seal_box(place: Mapping[str, Any], seal: bytes) -> Box:
    """Where the seal is seen: over a third of the signature, on its left, in real size."""
    left, bottom, _, top = signature_box(place)
    picture = opened(seal)
    dpi = float(picture.info.get("dpi", (DPI, DPI))[0]) or DPI
    width, height = (round(side / dpi * 72) for side in picture.size)
    right, middle = left + WIDTH / 3, (bottom + top) / 2
    low = round(middle - height / 2)
    return round(right - width), low, round(right - width) + width, low + height


def signature_picture(signature: bytes | None, name: str, moment: datetime) -> bytes:
    """The signature's picture over the time; without one the name in blue (PNG)."""
    sheet = Image.new("RGBA", (round(WIDTH * _POINT), round(HEIGHT * _POINT)), (0, 0, 0, 0))
    line = round((TIME_SIZE + 2) * _POINT)
    room = (sheet.width, sheet.height - line)
    if signature:
        picture = opened(signature).convert("RGBA")
        picture.thumbnail(room)
        sheet.alpha_composite(picture, ((room[0] - picture.width) // 2, 0))
    else:
        _write(sheet, name, size=14, top=0, height=room[1], colour=(20, 50, 160, 255))
    stamp = local(moment).isoformat(timespec="seconds")
    _write(sheet, stamp, size=TIME_SIZE, top=room[1], height=line, colour=(0, 0, 0, 255))
    return _png(sheet)


def seal_picture(seal: bytes) -> bytes:
    """The seal's picture as it is (PNG)."""
    return _png(opened(seal).convert("RGBA"))


def opened(content: bytes) -> Image.Image:
    """A picture of a bounded size. Raises ``Invalid``."""
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MAX_PIXELS:
            raise Invalid({"picture": "too_large"})
        picture.load()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid({"picture": "not_a_picture"}) from error
    return picture


def _write(
    sheet: Image.Image, words: str, *, size: int, top: int, height: int, colour: tuple[int, ...]
) -> None:
    """Words in the middle of a strip, made smaller until they fit."""
    draw = ImageDraw.Draw(sheet)
    for points in range(size, 3, -1):
        font = ImageFont.truetype(str(_face()), round(points * _POINT))
        left, upper, right, lower = draw.textbbox((0, 0), words, font=font)
        if right - left <= sheet.width:
            break
    place = ((sheet.width - right + left) / 2 - left, top + (height - lower + upper) / 2 - upper)
    draw.text(place, words, font=font, fill=colour)


def _face() -> Path:
    return next(path for folder in font_dirs() for path in folder.glob("*regular.otf"))


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()
