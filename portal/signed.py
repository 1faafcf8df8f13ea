"""Words with a signature and an end: links that open something for a while, without sign-in.

The key is the site's secret, together with the purpose. Nothing is stored, so a link
cannot be taken back before its end.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

_PURPOSE = b"portal.signed:"


def sign(secret: str, words: str, ends: datetime) -> str:
    """A token, fit for an address, that gives ``words`` back until ``ends``."""
    payload = f"{int(ends.timestamp())}.{words}".encode()
    text = base64.urlsafe_b64encode(payload).decode().rstrip("=")
    return f"{text}.{_mark(secret, payload)}"


def read(secret: str, token: str, now: datetime) -> str | None:
    """The words of a token of ours that has not ended; else ``None``."""
    text, _, mark = token.partition(".")
    try:
        payload = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        ends, _, words = payload.decode().partition(".")
    except ValueError:
        return None
    if not hmac.compare_digest(mark.encode(), _mark(secret, payload).encode()):
        return None
    return words if now < datetime.fromtimestamp(int(ends), UTC) else None


def _mark(secret: str, payload: bytes) -> str:
    return hmac.new(_PURPOSE + secret.encode(), payload, hashlib.sha256).hexdigest()[:40]
