"""A picture comes out upright, in sRGB, small, and with nothing but its pixels."""

import io
import json
import sys
from collections.abc import Callable
from math import isqrt
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from content.errors import Invalid
from content.media.encoder import MAX_PIXELS, MAX_PIXELS_WHOLE
from content.media.imaging import ENCODER, LATER, Encoded, encoded
from content.media.kinds import Format
from tests.content.media import pictures
from tests.support.measuring import measured

#: What was glued or written into a picture must not be found in what comes out.
TRACES = (b"<script", b"Nguyen Van Mau", b"PK\x03\x04", b"%PDF", b"Exif", b"ICC_PROFILE", b"GPS")


def file(folder: Path, data: bytes) -> Path:
    target = folder / "given"
    target.write_bytes(data)
    return target


def checked(made: Encoded) -> list[Image.Image]:
    """Every size opened: what it says it is, without anything beside."""
    images = []
    for one in (*made.sizes, made.largest):
        data = one.path.read_bytes()
        assert not [trace for trace in TRACES if trace in data], one
        image = Image.open(io.BytesIO(data))
        image.load()
        assert image.size == (one.width, one.height)
        assert image.format == one.format.value.upper()
        assert not image.getexif()
        assert "icc_profile" not in image.info
        images.append(image)
    return images


def test_a_photograph_is_kept_in_four_widths_and_two_encodings(tmp_path: Path) -> None:
    with encoded(file(tmp_path, pictures.picture(3200, 2400))) as made:
        checked(made)
        assert (made.width, made.height) == (1600, 1200)
        found = {(one.width, one.format) for one in made.sizes}
    widths = (320, 640, 1024, 1600)
    assert found == {(width, one) for width in widths for one in (Format.JPEG, Format.WEBP)}


def test_a_small_picture_is_never_enlarged(tmp_path: Path) -> None:
    with encoded(file(tmp_path, pictures.picture(500, 300, "PNG"))) as made:
        assert {one.width for one in made.sizes} == {320, 500}


def test_the_later_encoding_is_avif(tmp_path: Path) -> None:
    with encoded(file(tmp_path, pictures.picture(700, 500)), LATER) as made:
        checked(made)
        assert {one.format for one in made.sizes} == {Format.AVIF}


def test_a_picture_held_sideways_is_turned_and_its_position_forgotten(tmp_path: Path) -> None:
    with encoded(file(tmp_path, pictures.with_position())) as made:
        assert (made.width, made.height) == (600, 800)
        image = checked(made)[-1].convert("RGB")
    red, _green, blue = image.getpixel((590, 10))
    assert red > 200, "the red quarter is now on the upper right"
    assert blue < 60


@pytest.mark.parametrize(
    "data",
    [
        pictures.picture(mode="CMYK"),
        pictures.picture(mode="L"),
        pictures.picture(64, 64, "PNG", mode="1"),
        pictures.with_profile(),
        pictures.written(Image.new("I;16", (40, 40), 30_000), "PNG"),
        pictures.written(Image.new("LA", (40, 40)), "PNG"),
        pictures.picture(form="WEBP"),
        pictures.picture(form="AVIF"),
    ],
    ids=["cmyk", "grey", "bits", "profile", "deep-grey", "grey-alpha", "webp", "avif"],
)
def test_every_kind_of_colour_becomes_srgb(tmp_path: Path, data: bytes) -> None:
    with encoded(file(tmp_path, data)) as made:
        assert {image.mode for image in checked(made)} <= {"RGB", "RGBA", "P"}


def test_a_transparent_picture_stays_transparent(tmp_path: Path) -> None:
    data = pictures.written(Image.new("RGBA", (400, 400), (255, 0, 0, 128)), "PNG")
    with encoded(file(tmp_path, data)) as made:
        assert made.largest.format is Format.PNG
        assert checked(made)[-1].convert("RGBA").getpixel((5, 5)) == (255, 0, 0, 128)


def test_of_an_animation_the_first_frame_is_kept_and_said_so(tmp_path: Path) -> None:
    with encoded(file(tmp_path, pictures.animation())) as made:
        checked(made)
        assert made.animated


POLYGLOTS = {
    "gif and archive": pictures.animation(1) + b"PK\x03\x04" + bytes(200),
    "picture and pdf": pictures.picture() + b"%PDF-1.4 /JavaScript (app.alert(1)) %%EOF",
    "page in a comment": pictures.picture(comment=b"<script>alert(1)</script>"),
    "page in a text": pictures.with_words("<script>alert(document.cookie)</script>"),
    "position": pictures.with_position(),
}


@pytest.mark.parametrize("data", POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_is_hidden_in_a_picture_does_not_come_out(tmp_path: Path, data: bytes) -> None:
    with encoded(file(tmp_path, data)) as made:
        assert checked(made)


BOMBS = {
    "100 megapixels": (pictures.png(10_000, 10_000, rows=10), {"image_pixels"}),
    "30000 x 30000": (pictures.png(30_000, 30_000, rows=30_000), {"image_pixels"}),
    "a very long line": (pictures.png(30_000, 10), {"image_pixels"}),
    "text of 300 MB": (pictures.text_bomb(), {"image_bomb", "image_damaged"}),
    "profile of 300 MB": (pictures.profile_bomb(), {"image_bomb", "image_damaged"}),
    "cut off": (pictures.picture()[:4000], {"image_damaged"}),
    "nothing but a beginning": (b"\xff\xd8\xff", {"image_damaged"}),
    "cut off png": (pictures.picture(form="PNG")[:900], {"image_damaged"}),
    "tiff": (pictures.picture(form="TIFF"), {"image_damaged"}),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", {"image_damaged"}),
}


@pytest.mark.parametrize(("data", "codes"), BOMBS.values(), ids=BOMBS)
def test_a_picture_made_to_do_harm_is_refused(tmp_path: Path, data: bytes, codes: set[str]) -> None:
    with pytest.raises(Invalid) as refused, encoded(file(tmp_path, data)):
        pass
    assert refused.value.code in codes


def test_twenty_thousand_frames_cost_no_more_than_one(tmp_path: Path) -> None:
    with encoded(file(tmp_path, pictures.many_frames())) as made:
        assert made.animated
        assert made.width == 1600


#: The worst that is still decoded: as many pixels as are allowed, as many colours as there are.
LARGEST_TAKEN: dict[str, tuple[str, int, dict[str, Any]]] = {
    "JPEG": ("RGB", MAX_PIXELS, {"progressive": True, "subsampling": 0}),
    "PNG": ("RGBA", MAX_PIXELS_WHOLE, {"compress_level": 1}),
    "WEBP": ("RGBA", MAX_PIXELS_WHOLE, {"method": 0, "quality": 1}),
    "AVIF": ("RGBA", MAX_PIXELS_WHOLE, {"speed": 10, "quality": 1}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_refusing_takes_less_than_300_mb(
    tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    """Of the address space 640 MB are allowed; what is really held stays far below."""
    data, codes = BOMBS[name]
    given = file(tmp_path, data)
    encode = [sys.executable, "-I", str(ENCODER), str(given), str(tmp_path), "fallback,webp"]
    answer, kib = measured(*encode)
    # Without an answer the kernel ended the encoder: out of memory or of time.
    refused = json.loads(answer)["refused"] if answer else "image_bomb"
    assert refused in codes
    assert kib < 300 * 1024
    record_property("told", f"refused picture, {name}: {kib // 1024} MiB at most")


@pytest.mark.parametrize("form", LARGEST_TAKEN)
def test_no_picture_takes_300_mb(tmp_path: Path, form: str) -> None:
    mode, pixels, options = LARGEST_TAKEN[form]
    side = isqrt(pixels)
    given = file(tmp_path, pictures.written(Image.new(mode, (side, side), 9), form, **options))
    encode = [sys.executable, "-I", str(ENCODER), str(given), str(tmp_path), "fallback,webp"]
    answer, kib = measured(*encode)
    assert json.loads(answer).get("width") == 1600, answer
    assert kib < 300 * 1024
