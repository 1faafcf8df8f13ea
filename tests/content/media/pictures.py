"""Pictures for tests: ordinary ones, odd ones, and ones made to do harm."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin


def picture(width: int = 800, height: int = 600, form: str = "JPEG", **options: Any) -> bytes:
    """A picture whose left upper quarter is red and whose rest is blue."""
    image = Image.new(options.pop("mode", "RGB"), (width, height), "blue")
    image.paste(Image.new(image.mode, (width // 2, height // 2), "red"), (0, 0))
    return written(image, form, **options)


def written(image: Image.Image, form: str, **options: Any) -> bytes:
    """The picture as bytes."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def with_position() -> bytes:
    """A photograph, held sideways, that says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "<script>alert(1)</script>"
    exif[0x8825] = {1: "N", 2: (20.0, 25.0, 12.5)}
    return picture(exif=exif, comment=b"Nguyen Van Mau")


def with_profile() -> bytes:
    """A picture with a colour profile."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture(icc_profile=profile)


def animation(frames: int = 3) -> bytes:
    """A GIF that moves."""
    images = [Image.new("RGB", (64, 64), (number * 40 % 256, 99, 0)) for number in range(frames)]
    return written(images[0], "GIF", save_all=True, append_images=images[1:], duration=20)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *extra: bytes, rows: int = 0) -> bytes:
    """A PNG that says it is so large, in one bit for a pixel."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(rows or height)) + packer.flush()
    body = chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + body


def text_bomb(size: int = 300 << 20) -> bytes:
    """A small PNG whose comment unpacks to ``size`` bytes."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    return png(64, 64, chunk(b"zTXt", b"Comment\0\0" + packed))


def profile_bomb(size: int = 300 << 20) -> bytes:
    """A small PNG whose colour profile unpacks to ``size`` bytes."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    return png(64, 64, chunk(b"iCCP", b"x\0\0" + packed))


def many_frames(frames: int = 20_000) -> bytes:
    """A GIF of very many frames on a screen of 12 megapixels."""
    head = b"GIF89a" + struct.pack("<HHBBB", 3_400, 3_400, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b"\x3b"


def with_words(words: str) -> bytes:
    """A PNG with a text beside its pixels."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", words)
    return picture(64, 64, "PNG", pnginfo=info)
