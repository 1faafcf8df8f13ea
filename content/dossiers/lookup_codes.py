"""Look-up codes and secrets for people who follow a dossier without signing in.

The look-up code (mã tra cứu) is public: it shows progress only. The secret beside it
opens the whole dossier; the database keeps its digest alone. Both are typed from paper,
so the alphabet has no signs that look alike.
"""

import hashlib
import hmac
import re
import secrets

from content.text import clean

#: No 0 and O, no 1, I and L. 31 signs, a prime: the check sign sees every single wrong
#: sign and every exchange of two.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_BODY = 9
_SECRET = 16
_NOT_SIGN = re.compile(r"[\s.\-‐‑‒–—−]")


def new_lookup_code() -> str:
    """A fresh look-up code as printed, ``7KQ2M-X9RHF``: 31⁹ possibilities and a check."""
    body = _random(_BODY)
    return _grouped(body + _check_sign(body), 5)


def parse_lookup_code(text: str) -> str | None:
    """The code as printed, from what was typed, or ``None`` if it cannot be one."""
    signs = _signs(text, _BODY + 1)
    if signs is None or _check_sign(signs[:-1]) != signs[-1]:
        return None
    return _grouped(signs, 5)


def new_secret() -> str:
    """A fresh secret as printed, four groups of four signs (79 bits)."""
    return _grouped(_random(_SECRET), 4)


def secret_digest(secret: str) -> str:
    """What the database keeps of a secret: SHA-256 of its signs, in hex."""
    signs = _signs(secret, _SECRET) or ""
    return hashlib.sha256(signs.encode("ascii")).hexdigest()


def secret_matches(secret: str, digest: str) -> bool:
    """Whether a typed secret belongs to a digest; takes the same time either way."""
    right = hmac.compare_digest(secret_digest(secret).encode(), digest.encode())
    return right and _signs(secret, _SECRET) is not None


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _signs(text: str, length: int) -> str | None:
    """The bare signs of a typed code, or ``None`` when they are not signs of ours."""
    if len(text) > 4 * length:
        return None
    signs = _NOT_SIGN.sub("", clean(text)).upper()
    return signs if len(signs) == length and set(signs) <= set(ALPHABET) else None


def _check_sign(body: str) -> str:
    weighted = sum(place * ALPHABET.index(sign) for place, sign in enumerate(body, start=2))
    return ALPHABET[-weighted % len(ALPHABET)]


def _grouped(signs: str, size: int) -> str:
    return "-".join(signs[at : at + size] for at in range(0, len(signs), size))
