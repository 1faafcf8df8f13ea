"""Encodes one picture anew: a program of its own, run with little memory and little time.

    python -I encoder.py SOURCE FOLDER FORMATS

Writes the sizes into FOLDER and one JSON document to standard output: what was written,
or ``{"refused": code}``. Knows Pillow and the standard library, nothing of the portal;
``imaging.py`` calls it. What a picture carries beside its pixels (camera, position,
comments, colour profile, anything glued to its end) does not get through.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 640 << 20
SECONDS = 40
WRITTEN = 64 << 20


def bound() -> None:
    """Limits that the kernel keeps, set before a byte of the picture is read."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    bound()

import io  # noqa: E402 - the limits must stand before the library is loaded

from PIL import Image, ImageCms, ImageFile, PngImagePlugin  # noqa: E402
from PIL import UnidentifiedImageError as Unidentified  # noqa: E402

WIDTHS = (320, 640, 1024, 1600)
LARGEST = max(WIDTHS)
#: What a decoder holds is under 300 MB with these: JPEG is decoded to a part of its size,
#: WebP and AVIF hold every pixel four times.
MAX_PIXELS = 36_000_000
MAX_PIXELS_WHOLE = 12_000_000
MAX_SIDE = 20_000
TEXT_BYTES = 1 << 20
READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
OPTIONS: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"optimize": True},
    "webp": {"quality": 80, "method": 4},
    "avif": {"quality": 60, "speed": 7},
}
SUFFIXES = {"jpeg": "jpg"}


class Refused(Exception):
    """Why the picture is not taken; the first argument is a stable code."""


def prepare_library() -> None:
    """Pillow's own limits, tightened."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    PngImagePlugin.MAX_TEXT_CHUNK = TEXT_BYTES
    PngImagePlugin.MAX_TEXT_MEMORY = 4 * TEXT_BYTES


def opened(source: Path) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    try:
        image = Image.open(source, formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("image_pixels") from None
    except Unidentified:
        raise Refused("image_damaged") from None
    except ValueError as error:
        raise Refused("image_bomb" if "too large" in str(error) else "image_damaged") from None
    width, height = image.size
    in_parts = image.format == "JPEG" and image.mode != "CMYK"
    most = MAX_PIXELS if in_parts else MAX_PIXELS_WHOLE
    if width * height > most or max(width, height) > MAX_SIDE:
        raise Refused("image_pixels", width, height)
    if not width or not height:
        raise Refused("image_damaged")
    return image


def normal(image: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, no wider or higher than needed, pixels only."""
    turn = orientation(image)
    profile = image.info.get("icc_profile")
    # A JPEG can be decoded at half or a quarter of its size: less memory, less time.
    image.draft(None, (LARGEST, LARGEST))
    image.load()
    image = plain(image)
    room = LARGEST * 2
    image.thumbnail((room, room), Image.Resampling.BOX)
    image = in_srgb(image, profile)
    if turn in TURNS:
        image = image.transpose(TURNS[turn])
    image.thumbnail((LARGEST, LARGEST * 3), Image.Resampling.LANCZOS)
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    return clean


def orientation(image: Image.Image) -> int:
    """How the camera was held; 1 where it does not say, or says nonsense."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def plain(image: Image.Image) -> Image.Image:
    """One of the modes that can be scaled and converted: L, RGB, RGBA, CMYK, LAB."""
    if image.mode in {"RGB", "RGBA", "L", "CMYK", "LAB"}:
        has_key = image.mode in {"RGB", "L"} and "transparency" in image.info
        return image.convert("RGBA") if has_key else image
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    has_alpha = "A" in image.getbands() or "a" in image.getbands() or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as screens show them; a profile that cannot be read is ignored."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, theirs, ImageCms.createProfile("sRGB"), outputMode=target
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image if image.mode == target else image.convert(target)


def sizes(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes to be made: never larger than the picture."""
    widths = [one for one in WIDTHS if one < width]
    return [(one, max(1, round(height * one / width))) for one in [*widths, min(width, LARGEST)]]


def encode(source: Path, folder: Path, formats: list[str]) -> dict[str, Any]:
    """Write the sizes; ``fallback`` among the formats means what every browser shows."""
    prepare_library()
    image = opened(source)
    animated = bool(getattr(image, "is_animated", False))
    clean = normal(image)
    image.close()
    fallback = "png" if clean.mode == "RGBA" else "jpeg"
    made = []
    for width, height in sizes(*clean.size):
        small = clean if width == clean.width else clean.resize((width, height), 1)
        for name in formats:
            form = fallback if name == "fallback" else name
            file = f"{width}.{SUFFIXES.get(form, form)}"
            small.save(folder / file, form.upper(), **OPTIONS[form])
            made.append({"width": width, "height": height, "format": form, "file": file})
    largest = f"largest.{SUFFIXES.get(fallback, fallback)}"
    best = {"quality": 92} if fallback == "jpeg" else OPTIONS["png"]
    clean.save(folder / largest, fallback.upper(), **best)
    return {
        "width": clean.width,
        "height": clean.height,
        "animated": animated,
        "largest": {"format": fallback, "file": largest},
        "sizes": made,
    }


def main(source: str, folder: str, formats: str) -> None:
    """Answer with what was made, or why nothing was."""
    try:
        answer = encode(Path(source), Path(folder), formats.split(","))
    except Refused as refused:
        answer = {"refused": refused.args[0], "size": list(refused.args[1:])}
    except (MemoryError, Image.DecompressionBombError):
        answer = {"refused": "image_bomb"}
    except Exception as error:
        # A file made to break a decoder must not get further than this process.
        answer = {"refused": "image_damaged", "why": repr(error)[:300]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:4])
