"""Hours of a season: as agencies keep them and as people type them, a line for each.

Kept is a list of ``{"from": "04-15", "to": "10-15", "sessions": [{"from", "to"}]}`` with
months first; typed is ``15/4-15/10: 07:00-11:30, 13:30-17:00``. A season may span New Year.
"""

import re
from datetime import date
from itertools import pairwise
from typing import Any

from content.errors import Invalid
from content.text import clean

MAX_SEASONS = 6
#: A year in which every day of the year exists.
_LEAP = 2024
_LINE = re.compile(r"(\d{1,2})/(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})\s*:(.+)")
_SPAN = re.compile(r"([01]?\d|2[0-3])[:hg]([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3])[:hg]([0-5]\d)")

Seasons = list[dict[str, Any]]


def read(text: str) -> Seasons:
    """Seasons from what was typed. ``Invalid`` (``seasons``) names the ``line`` that cannot be
    read, whose hours overlap, or that shares days with another."""
    lines = [line for line in clean(text, multiline=True).split("\n") if line]
    if len(lines) > MAX_SEASONS:
        raise Invalid({"seasons": "too_many"}, code="seasons")
    found: Seasons = []
    taken: set[tuple[int, int]] = set()
    for line in lines:
        season = _season(line)
        days = _days(season)
        if taken & days:
            raise Invalid({"seasons": "seasons_overlap"}, code="seasons_overlap", line=line[:80])
        taken |= days
        found.append(season)
    return found


def typed(seasons: Seasons) -> str:
    """The seasons as they are typed; ``read`` gives the same back."""
    return "\n".join(
        f"{_typed_day(one['from'])}-{_typed_day(one['to'])}: "
        + ", ".join(f"{part['from']}-{part['to']}" for part in one["sessions"])
        for one in seasons
    )


def in_words(seasons: Seasons) -> list[str]:
    """The seasons as people read them: ``Từ 15/4 đến 15/10: 07:00–11:30, 13:30–17:00``."""
    return [
        f"Từ {_typed_day(one['from'])} đến {_typed_day(one['to'])}: "
        + ", ".join(f"{part['from']}–{part['to']}" for part in one["sessions"])
        for one in seasons
    ]


def _season(line: str) -> dict[str, Any]:
    match = _LINE.fullmatch(line.strip())
    spans = [_SPAN.fullmatch(one.strip()) for one in match[5].split(",")] if match else []
    if match is None or not all(spans):
        raise Invalid({"seasons": "seasons"}, code="seasons", line=line[:80])
    sessions = [
        {"from": f"{int(one[1]):02d}:{one[2]}", "to": f"{int(one[3]):02d}:{one[4]}"}
        for one in spans
        if one
    ]
    in_order = all(one["from"] < one["to"] for one in sessions)
    apart = all(one["to"] <= other["from"] for one, other in pairwise(sessions))
    days = [_day(match[1], match[2]), _day(match[3], match[4])]
    if not (in_order and apart and all(days)):
        raise Invalid({"seasons": "seasons"}, code="seasons", line=line[:80])
    return {"from": days[0], "to": days[1], "sessions": sessions}


def _day(day: str, month: str) -> str:
    try:
        found = date(_LEAP, int(month), int(day))
    except ValueError:
        return ""
    return f"{found:%m-%d}"


def _typed_day(kept: str) -> str:
    month, day = kept.split("-")
    return f"{int(day)}/{int(month)}"


def _days(season: dict[str, Any]) -> set[tuple[int, int]]:
    """Every day of the year that it covers, in a leap year."""
    first = date.fromisoformat(f"{_LEAP}-{season['from']}").toordinal()
    last = date.fromisoformat(f"{_LEAP}-{season['to']}").toordinal()
    if last < first:
        last += 366
    found = (date.fromordinal(number) for number in range(first, last + 1))
    return {(one.month, one.day) for one in found}
