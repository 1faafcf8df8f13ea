"""The comparison of three wordings; pure, so that it can be tried with any records.

| national since the last import | ours since then | what happens |
|---|---|---|
| unchanged | any | ours stays |
| changed | unchanged | proposed |
| changed | changed to the same | nothing |
| changed | changed otherwise | conflict |
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from content.procedures.merging.units import (
    GROUP,
    LEFT_OUT,
    MARKS,
    Unit,
    is_single,
    items,
    plain,
    same,
)
from content.procedures.records import Record


class Kind(StrEnum):
    """What somebody has to decide."""

    PROPOSED = "proposed"
    CONFLICT = "conflict"
    NEW = "new"


@dataclass(frozen=True)
class Found:
    """A unit in which the national wording moved away from ours."""

    unit: Unit
    base: Any
    ours: Any
    theirs: Any

    @property
    def kind(self) -> Kind:
        """A conflict where we moved too."""
        return Kind.PROPOSED if same(self.base, self.ours) else Kind.CONFLICT


def compare(base: Record, ours: Record, theirs: Record) -> list[Found]:
    """All units to decide about, those of the record first, then those of its lists."""
    keys = dict.fromkeys(key for one in (theirs, base, ours) for key in one)
    fields = [key for key in keys if key not in MARKS and key not in LEFT_OUT]
    found = list(_fields((), base, ours, theirs, fields))
    for key in MARKS:
        found += _items(key, base, ours, theirs)
    return found


def _fields(
    place: Unit, base: Record, ours: Record, theirs: Record, keys: list[str]
) -> Iterator[Found]:
    for key in keys:
        was, here, there = (plain(one.get(key)) for one in (base, ours, theirs))
        if not same(there, was) and not same(there, here):
            yield Found((*place, key), was, here, there)


def _items(key: str, base: Record, ours: Record, theirs: Record) -> Iterator[Found]:
    was, here, there = items(base, key), items(ours, key), items(theirs, key)
    for mark in dict.fromkeys((*there, *was)):
        before, own, new = was.get(mark), here.get(mark), there.get(mark)
        if own and new and is_single(own) and is_single(new) and GROUP not in (before or {}):
            known = list(dict.fromkeys((*new, *own, *(before or {}))))
            yield from _fields((key, mark), before or {}, own, new, known)
        elif not same(before, new) and not same(own, new):
            yield Found((key, mark), before, own, new)
