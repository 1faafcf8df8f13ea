"""What people type, read as what is stored – strictly, but forgiving of habit.

Reading never fails: what cannot be understood stays as typed, cleaned, so that it
can be shown again and named by the check. Nothing here knows forms or requests.
"""

import re
from datetime import date
from decimal import Decimal

from content.people.identity import parse_phone, tidy_number
from content.procedures.forms.conditions import canonical
from content.text import UNPRINTABLE, clean, has_lone_surrogate

_DAY = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)
_DAY_BARE = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_DAY_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)

_SPACED = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(\D|$))", re.ASCII)
_POINTS_GROUP = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_COMMAS_GROUP = re.compile(r"-?\d{1,3}(,\d{3}){2,}(\.\d+)?", re.ASCII)
_COMMAS_THEN_POINT = re.compile(r"-?\d{1,3}(,\d{3})+\.\d+", re.ASCII)
_PLAIN = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)


def has_bad_characters(raw: str) -> bool:
    """Whether the text holds what no keyboard types: NUL, control codes, half characters.

    Tab and line breaks are typed by people.
    """
    return has_lone_surrogate(raw) or UNPRINTABLE.search(raw) is not None


def read_line(raw: str) -> str:
    """One line: NFC, trimmed, single spaces."""
    return clean(raw)


def read_lines(raw: str) -> str:
    """A paragraph: as a line, but line breaks stay."""
    return clean(raw, multiline=True)


def read_day(raw: str) -> str:
    """ISO for 1/2/2026, 01-02-2026, 01.02.2026, 01022026 and 2026-02-01; else as typed."""
    text = clean(raw)
    for pattern, order in ((_DAY, (3, 2, 1)), (_DAY_BARE, (3, 2, 1)), (_DAY_ISO, (1, 2, 3))):
        found = pattern.fullmatch(text)
        if found:
            year, month, day = (int(found[part]) for part in order)
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                return text
    return text


def read_number(raw: str) -> str:
    """Canonical decimal for 1.234,5, 1 234,5, 1234.5 and 1,234,567; else as typed.

    A point before exactly three digits groups thousands, as in Vietnamese.
    """
    text = clean(raw)
    bare = _SPACED.sub("", text)
    if _POINTS_GROUP.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _COMMAS_GROUP.fullmatch(bare) or _COMMAS_THEN_POINT.fullmatch(bare):
        bare = bare.replace(",", "")
    elif _PLAIN.fullmatch(bare):
        bare = bare.replace(",", ".")
    else:
        return text
    return canonical(Decimal(bare)) if len(bare) <= 30 else text


def read_paper_number(raw: str) -> str:
    """An identity number without the spaces, points and hyphens people put into it."""
    text = clean(raw)
    bare = tidy_number(text)
    return bare.upper() if bare.isascii() and bare.isalnum() else text


def read_phone(raw: str) -> str:
    """The national form of a Vietnamese number ("0912345678"); else as typed."""
    text = clean(raw)
    return parse_phone(text).normalised or text
