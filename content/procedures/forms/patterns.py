"""Does a pattern hang? Measured in bounded time, on texts made to trouble it.

A pattern that backtracks without end would stop the server for everyone, so no pattern is
stored before it was tried (CWE-1333).
"""

import string
from functools import lru_cache

import regex  # type: ignore[import-untyped]

from content.procedures.forms.rules import MAX_PATTERN

#: Seconds a single trial may take; honest patterns need microseconds.
TRIAL = 0.05
_LENGTHS = (24, 3_000)
_MAX_UNITS = 12
_MAX_ENDS = 3
#: Seconds for one text at filing; what takes longer does not fit.
AT_FILING = 0.25


@lru_cache(maxsize=512)
def may_hang(pattern: str) -> bool:
    """Whether matching takes too long on some text; at most about a second in all."""
    if len(pattern) > MAX_PATTERN:
        return True
    try:
        made = regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError, MemoryError):
        return False  # not a pattern at all: the rules say so
    return any(_is_slow(made, text) for text in _trials(pattern))


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern wholly, in bounded time."""
    try:
        return regex.fullmatch(pattern, text, timeout=AT_FILING) is not None
    except TimeoutError:
        return False


def _is_slow(made: "regex.Pattern[str]", text: str) -> bool:
    try:
        made.fullmatch(text, timeout=TRIAL)
    except TimeoutError:
        return True
    return False


def _trials(pattern: str) -> list[str]:
    """Repeats of what the pattern itself names, ended by what it does not expect."""
    literals = [one for one in dict.fromkeys(pattern) if one in _KNOWN]
    units = [*dict.fromkeys(["a", "0", "A", " ", *literals])][:_MAX_UNITS]
    units.append("".join(literals[:4]) or "a0")
    # The end must come near to a match, or the engine gives up before it tries.
    ends = ["", *literals[-_MAX_ENDS:]]
    return [
        unit * (length // len(unit)) + end + "\x07"
        for length in _LENGTHS
        for unit in units
        for end in ends
    ]


_KNOWN = frozenset(string.ascii_letters + string.digits + " -/.,:_@")
