"""How media appear on pages: addresses, and a picture in the sizes a browser chooses from.

``/tep/<key>/<name>`` stays when the file is replaced; the name is for people and may be
anything. ``/tep/<key>/<version>/<width>.<ending>`` is one size of a picture as it is now,
which caches keep for ever.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from content.media.kinds import FALLBACKS, Focus, Format
from content.text import slugify

if TYPE_CHECKING:
    from content.media.models import Medium, Rendition

#: What a picture in the running text is told about its width.
BODY_SIZES = "(min-width: 48em) 40rem, 100vw"
#: The width offered to browsers that do not choose.
USUAL = 640
_IMAGE = re.compile(r'<img\b[^>]*?\ssrc="/tep/([0-9a-f]{12})/[^"]*"[^>]*>')
_ALT = re.compile(r'\salt="([^"]*)"')


@dataclass(frozen=True)
class Source:
    """One encoding: its MIME type and ``srcset``."""

    media_type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """What ``<picture>`` needs; ``sources`` best first, ``src`` for every browser."""

    sources: tuple[Source, ...]
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    focus: Focus


def stable(medium: "Medium") -> str:
    """The address to be written into bodies and links."""
    _, _, ending = medium.name.rpartition(".")
    stem = slugify(medium.title, limit=60) or "tep"
    return f"/tep/{medium.key}/{stem}.{slugify(ending, limit=8) or 'bin'}"


def exact(medium: "Medium", rendition: "Rendition") -> str:
    """The address of one size, for as long as the file is not replaced."""
    return f"/tep/{medium.key}/{medium.version}/{rendition.name}"


def picture_of(medium: "Medium") -> Picture | None:
    """The picture of a medium; ``None`` for what is no picture."""
    usual = medium.fallback(USUAL)
    if usual is None:
        return None
    better = (Format.AVIF, Format.WEBP)
    sources = [Source(one.media_type, _srcset(medium, (one,))) for one in better]
    return Picture(
        sources=tuple(one for one in sources if one.srcset),
        src=exact(medium, usual),
        srcset=_srcset(medium, FALLBACKS),
        width=medium.width or usual.width,
        height=medium.height or usual.height,
        alt=medium.alt,
        focus=medium.focus,
    )


def _srcset(medium: "Medium", formats: tuple[Format, ...]) -> str:
    found = sorted(
        (one for one in medium.renditions if one.format in formats), key=lambda one: one.width
    )
    return ", ".join(f"{exact(medium, one)} {one.width}w" for one in found)


def with_pictures(html: str, media: Mapping[str, "Medium"]) -> str:
    """A sanitised body whose ``<img src="/tep/<key>/…">`` became ``<picture>`` in all sizes.

    ``media``: by key, as ``reads.by_keys(session, usages.keys_in(html))`` gives them. The
    body's own ``alt`` comes before the library's. What is not there is left out: a broken
    picture tells nobody anything.
    """

    def replaced(match: re.Match[str]) -> str:
        medium = media.get(match[1])
        picture = picture_of(medium) if medium else None
        if picture is None:
            return ""
        own = _ALT.search(match[0])
        return markup(picture, BODY_SIZES, alt=unescape(own[1]) if own else "")

    return _IMAGE.sub(replaced, html)


def markup(picture: Picture, sizes: str, *, alt: str = "") -> str:
    """``<picture>`` as HTML, loaded when it comes near."""
    sources = "".join(
        f'<source type="{one.media_type}" srcset="{escape(one.srcset)}" sizes="{escape(sizes)}">'
        for one in picture.sources
    )
    return (
        f'<picture class="picture">{sources}'
        f'<img src="{picture.src}" srcset="{escape(picture.srcset)}" sizes="{escape(sizes)}"'
        f' width="{picture.width}" height="{picture.height}" alt="{escape(alt or picture.alt)}"'
        f' class="focus-{picture.focus.value}" loading="lazy" decoding="async"></picture>'
    )
