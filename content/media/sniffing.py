"""What kind of medium a file is, by its first bytes, whatever it calls itself.

Only tells kinds apart; pictures are then decoded by ``imaging``, documents examined by
the edge that receives them.
"""

import re
from dataclasses import dataclass

from content.media.kinds import MediumKind

HEAD = 4096


@dataclass(frozen=True)
class Sniffed:
    """A kind with its MIME type and the ending of its name."""

    kind: MediumKind
    media_type: str
    suffix: str


_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)
_MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V "}
_SVG = re.compile(rb"<svg[\s>]|<!DOCTYPE\s+svg", re.IGNORECASE)
_HEIC = {b"heic", b"heix", b"mif1", b"heif"}


def sniff(head: bytes) -> Sniffed | str:
    """What it is, or the code of why it is not taken. ``head``: the first ``HEAD`` bytes."""
    for magic, media_type, suffix in _PICTURES:
        if head.startswith(magic):
            return Sniffed(MediumKind.IMAGE, media_type, suffix)
    if head[:4] == b"RIFF":
        return _riff(head)
    if head[4:8] == b"ftyp":
        return _boxes(head[8:12])
    return _recording(head) or _refusal(head)


def _recording(head: bytes) -> Sniffed | None:
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        is_webm = b"webm" in head[:64]
        return Sniffed(MediumKind.VIDEO, "video/webm", "webm") if is_webm else None
    if head.startswith(b"ID3") or (
        head[:1] == b"\xff" and head[1:2] in {b"\xfb", b"\xf3", b"\xf2"}
    ):
        return Sniffed(MediumKind.AUDIO, "audio/mpeg", "mp3")
    if head.startswith(b"OggS"):
        return Sniffed(MediumKind.AUDIO, "audio/ogg", "ogg")
    return None


def _riff(head: bytes) -> Sniffed | str:
    if head[8:12] == b"WEBP":
        return Sniffed(MediumKind.IMAGE, "image/webp", "webp")
    if head[8:12] == b"WAVE":
        return Sniffed(MediumKind.AUDIO, "audio/wav", "wav")
    return "media_unknown"


def _boxes(brand: bytes) -> Sniffed | str:
    if brand in {b"avif", b"avis"}:
        return Sniffed(MediumKind.IMAGE, "image/avif", "avif")
    if brand in _HEIC:
        return "media_heic"
    if brand == b"M4A ":
        return Sniffed(MediumKind.AUDIO, "audio/mp4", "m4a")
    return Sniffed(MediumKind.VIDEO, "video/mp4", "mp4") if brand in _MP4 else "media_unknown"


def _refusal(head: bytes) -> str:
    if _SVG.search(head):
        return "media_svg"
    if head.startswith((b"II*\0", b"MM\0*", b"BM", b"8BPS")):
        return "media_picture_type"
    return "media_unknown"
