"""Opening hours: as agencies keep them, as editors type them, as people read them.

Kept is a list of ``{"days": [1..7, Monday is 1], "from": "07:30", "to": "11:30"}``. Typed is
a line for equal days, weekdays by their Vietnamese numbers: ``T2-T6: 07:30-11:30, 13:00-17:00``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from content import english
from content.errors import Invalid
from content.text import clean
from content.words import WEEKDAYS

Hours = list[dict[str, Any]]

MAX_LINES = 14
#: Monday is 1; T2 is Monday, CN Sunday.
MARKS = {**{f"T{number + 1}": number for number in range(1, 7)}, "CN": 7}
NAMES = {number: mark for mark, number in MARKS.items()}
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:hg]([0-5]\d)")


def in_words(sessions: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """``Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:00–17:00``, one line for equal days."""
    return tuple(f"{_days(days)}: {', '.join(hours)}" for days, hours in _equal_days(sessions, "–"))


def in_english(sessions: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """``Monday to Friday: 07:30–11:30, 13:00–17:00``, one line for equal days."""
    return tuple(
        f"{_days(days, english.WEEKDAYS, 'to')}: {', '.join(hours)}"
        for days, hours in _equal_days(sessions, "–")
    )


def typed(sessions: Sequence[dict[str, Any]]) -> str:
    """The hours as an editor types them; ``read`` gives the same hours back."""
    lines = []
    for days, hours in _equal_days(sessions, "-"):
        marks = ", ".join("-".join(NAMES[day] for day in run) for run in _runs(days))
        lines.append(f"{marks}: {', '.join(hours)}")
    return "\n".join(lines)


def read(text: str) -> Hours:
    """Hours from what was typed. ``Invalid`` (``hours``) names the line (``line``) that
    cannot be read, or whose hours end before they begin or overlap."""
    lines = [line for line in clean(text, multiline=True).split("\n") if line]
    found: Hours = []
    for line in lines[: MAX_LINES + 1]:
        try:
            found += _line(line)
        except ValueError:
            raise Invalid({"hours": "hours"}, code="hours", line=line[:80]) from None
    if len(lines) > MAX_LINES or not _is_orderly(found):
        raise Invalid({"hours": "hours_overlap"}, code="hours_overlap")
    return found


def _line(line: str) -> Iterator[dict[str, Any]]:
    days, colon, spans = line.partition(":")
    if not colon:
        raise ValueError(line)
    numbers = [number for part in days.split(",") for number in _day_run(part)]
    for span in spans.split(","):
        opens, closes = (_clock(one) for one in re.split(r"[-–]", span, maxsplit=1))
        if opens >= closes:
            raise ValueError(line)
        yield {"days": numbers, "from": opens, "to": closes}


def _day_run(part: str) -> list[int]:
    ends = [one.strip().upper() for one in re.split(r"[-–]", part)]
    if len(ends) > 2 or any(one not in MARKS for one in ends):
        raise ValueError(part)
    first, last = MARKS[ends[0]], MARKS[ends[-1]]
    if first > last:
        raise ValueError(part)
    return list(range(first, last + 1))


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return f"{int(match[1]):02d}:{match[2]}"


def _is_orderly(sessions: Hours) -> bool:
    for day in NAMES:
        spans = sorted((one["from"], one["to"]) for one in sessions if day in one["days"])
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            return False
    return True


def _equal_days(
    sessions: Sequence[dict[str, Any]], dash: str
) -> Iterator[tuple[list[int], list[str]]]:
    by_day: dict[int, list[str]] = {}
    for session in sorted(sessions, key=lambda one: str(one["from"])):
        for day in session["days"]:
            by_day.setdefault(day, []).append(f"{session['from']}{dash}{session['to']}")
    by_hours: dict[tuple[str, ...], list[int]] = {}
    for day in sorted(by_day):
        by_hours.setdefault(tuple(by_day[day]), []).append(day)
    for hours, days in by_hours.items():
        yield days, list(hours)


def _runs(days: Sequence[int]) -> list[list[int]]:
    """The first and the last of each run of days; a day alone once."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1] = [runs[-1][0], day]
        else:
            runs.append([day])
    return runs


def _days(days: Sequence[int], weekdays: Sequence[str] = WEEKDAYS, to: str = "đến") -> str:
    """Monday is 1; three days or more in a row are named by the first and the last."""
    names = [weekdays[day - 1] for day in days]
    in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{names[0]} {to} {names[-1]}" if in_a_row else ", ".join(names)
