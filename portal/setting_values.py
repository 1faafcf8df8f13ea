"""How values of settings are read; each reader raises ``ValueError`` in words."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

LAST_PORT = 65_535


def folders(value: str) -> dict[str, Path]:
    """``slug=/folder; slug=/folder``."""
    found: dict[str, Path] = {}
    for part in filter(None, (one.strip() for one in value.split(";"))):
        slug, sign, path = (one.strip() for one in part.partition("="))
        if not sign or not slug or not Path(path).is_absolute():
            raise ValueError("must be slug=/folder, several divided by ;")
        found[slug] = Path(path)
    return found


def text(value: str) -> str:
    """Something, without the space around it."""
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


def flag(value: str) -> bool:
    """``true`` or ``false``, ``yes`` or ``no``, ``1`` or ``0``."""
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if value.strip().lower() not in words:
        raise ValueError("must be true or false")
    return words[value.strip().lower()]


def domains(value: str) -> tuple[str, ...]:
    """Divided by spaces or commas, in small letters."""
    return tuple(value.lower().replace(",", " ").split())


def coded_address(value: str) -> str:
    """An address with a place for a code, or nothing."""
    given = value.strip()
    if given and (not given.startswith(("http://", "https://")) or "{code}" not in given):
        raise ValueError("must begin with http:// or https:// and hold {code}")
    return given


def https_or_nothing(value: str) -> str:
    """An address that begins with https:// and names a host, or nothing."""
    address = value.strip()
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or any(one.isspace() for one in address):
        raise ValueError("must be an https address, or empty")
    return address


def whole(value: str) -> int:
    """A number, not negative."""
    number = _number(value)
    if number < 0:
        raise ValueError("must not be negative")
    return number


def at_least_one(value: str) -> int:
    """A number from 1."""
    number = _number(value)
    if number < 1:
        raise ValueError("must be at least 1")
    return number


def port(value: str) -> int:
    """Where a server may listen."""
    number = _number(value)
    if not 1 <= number <= LAST_PORT:
        raise ValueError(f"must be from 1 to {LAST_PORT}")
    return number


def _number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError("must be a whole number") from None


def one_of(*words: str) -> Callable[[str], str]:
    """A reader that takes one of these words."""

    def read(value: str) -> str:
        if value.strip() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return value.strip()

    return read
