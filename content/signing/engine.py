"""The way to pyHanko for everybody else: loaded when something is first signed or looked at.

Loading it takes half a second, and most processes never need it.
"""
# ruff: noqa: PLC0415 - that is what this module is for

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from content.signing.report import CertificateFacts, Report, Trust

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

    timestamper = pades.HttpTimeStamper(tsa_url) if tsa_url else None
    return pades.sign(content, key, field, now, visible=visible, timestamper=timestamper)
