"""What differs between two records, field by field, with readable paths.

Items of a list are matched by what they hold, so an inserted paper is one line and
does not make all that follow look changed. ``set_at`` writes by the same paths.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from content.errors import Invalid
from content.procedures.records import Record, digest

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True)
class Difference:
    """One field: ``fee[1].amount``, before and after; ``None`` also stands for absent."""

    path: str
    old: Any
    new: Any


def differences(old: Record, new: Record) -> tuple[Difference, ...]:
    """Every field in which two canonical records differ."""
    return tuple(_between(old, new, ""))


def _between(old: Any, new: Any, path: str) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        prefix = f"{path}." if path else ""
        for key in dict.fromkeys((*old, *new)):
            if key not in old or key not in new:
                yield Difference(prefix + key, old.get(key), new.get(key))
            else:
                yield from _between(old[key], new[key], prefix + key)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _between_lists(old, new, path)
    elif old != new or type(old) is not type(new):
        yield Difference(path, old, new)


def _between_lists(old: list[Any], new: list[Any], path: str) -> Iterator[Difference]:
    marks = [digest({"": item}) for item in old], [digest({"": item}) for item in new]
    matcher = SequenceMatcher(None, *marks, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        pairs = min(end - start, new_end - new_start)
        for step in range(pairs):
            place = f"{path}[{new_start + step}]"
            yield from _between(old[start + step], new[new_start + step], place)
        for place_no in range(start + pairs, end):
            yield Difference(f"{path}[{place_no}]", old[place_no], None)
        for place_no in range(new_start + pairs, new_end):
            yield Difference(f"{path}[{place_no}]", None, new[place_no])


def steps_of(path: str) -> list[str | int]:
    """``fee[1].amount`` → ``["fee", 1, "amount"]``."""
    return [name or int(place) for name, place in _STEP.findall(path)]


def set_at(record: Record, path: str, value: Any) -> None:
    """Write a field of a record in place; the path must exist but for its last name."""
    way = steps_of(path)
    target: Any = record
    try:
        for step in way[:-1]:
            target = target[step]
        if not isinstance(target, dict if isinstance(way[-1], str) else list):
            raise TypeError(type(target))
        place: Any = way[-1]
        target[place] = value
    except (KeyError, IndexError, TypeError) as error:
        raise Invalid({path: "no_such_field"}) from error
