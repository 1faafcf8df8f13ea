"""Addresses of media: one that stays, and those of exact bytes that caches keep for ever.

``/tep/<key>/<name>`` stays when the file is replaced; the name is for people and may be
anything. ``/tep/<key>/<version>/<width>.<ending>`` is one size of a picture as it is now.
"""

from content.media.models import Medium, Rendition
from content.text import slugify


def stable(medium: Medium) -> str:
    """The address to be written into bodies and links."""
    _, _, ending = medium.name.rpartition(".")
    stem = slugify(medium.title, limit=60) or "tep"
    return f"/tep/{medium.key}/{stem}.{slugify(ending, limit=8) or 'bin'}"


def exact(medium: Medium, rendition: Rendition) -> str:
    """The address of one size, for as long as the file is not replaced."""
    return f"/tep/{medium.key}/{medium.version}/{rendition.name}"
