"""The way to pyHanko for everybody else: loaded when something is first signed or looked at.

Loading it takes half a second, and most processes never need it.
"""
# ruff: noqa: PLC0415 - that is what this module is for

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.signing.report import CertificateFacts, Report, Stamp, Trust

if TYPE_CHECKING:
    from content.signing.pades import Key, Visible


def look(content: bytes, trust: Trust) -> Report:
    """See ``verifying.look``."""
    from content.signing import verifying

    return verifying.look(content, trust)


def trust_of(folder: Path | None) -> Trust:
    """See ``verifying.trust_of``."""
    from content.signing import verifying

    return verifying.trust_of(folder)


def facts_of(content: bytes) -> CertificateFacts:
    """See ``verifying.facts_of``."""
    from content.signing import verifying

    return verifying.facts_of(content)


def pkcs12(content: bytes, passphrase: str) -> "Key":
    """A key on this machine."""
    from content.signing import pades

    return pades.Pkcs12Key(content, passphrase)


def remote(url: str, holder: str, secret: str) -> "Key":
    """A key in a remote signing service."""
    from content.signing import pades

    return pades.RemoteKey(url, holder, secret)


def visible_signature(
    place: Mapping[str, Any] | None, name: str, moment: datetime
) -> "Visible | None":
    """How a person's signature is seen at the place a paper left for it; unseen without one."""
    from content.signing import pades, stamps

    if place is None:
        return None
    picture = stamps.signature_picture(None, name, moment)
    return pades.Visible(picture, place["page"] - 1, stamps.signature_box(place))


def visible_seal(place: Mapping[str, Any] | None, seal: bytes | None) -> "Visible | None":
    """How the seal is seen, over a third of the signature on its left; unseen without both."""
    from content.signing import pades, stamps

    if place is None or seal is None:
        return None
    box = stamps.seal_box(place, seal)
    return pades.Visible(stamps.seal_picture(seal), place["page"] - 1, box)


def sign(
    content: bytes,
    key: "Key",
    field: str,
    now: datetime,
    *,
    visible: "Visible | None" = None,
    tsa_url: str = "",
) -> bytes:
    """See ``pades.sign``; with a timestamp where there is an authority."""
    from content.signing import pades

    timestamper = pades.HttpTimeStamper(tsa_url, pades.BRIEF) if tsa_url else None
    return pades.sign(content, key, field, now, visible=visible, timestamper=timestamper)


def timestamp(content: bytes, tsa_url: str) -> bytes:
    """See ``pades.timestamp``."""
    from content.signing import pades

    return pades.timestamp(content, pades.HttpTimeStamper(tsa_url))


def stamp_of(content: bytes, trust: Trust) -> Stamp | None:
    """See ``verifying.stamp_of``."""
    from content.signing import verifying

    return verifying.stamp_of(content, trust)
