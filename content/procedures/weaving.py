"""Two editors changed the same section: a three-way merge of one part of a record.

``base`` is what both began with. Fields and items that only one of them changed are
taken over; what both changed differently is a clash, in which "mine" is kept in the
result and "theirs" is named, so that the second editor decides and loses nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from content.procedures.records import Record, digest


@dataclass(frozen=True)
class Clash:
    """A part that both changed: its path, and the three wordings."""

    path: str
    base: Any
    mine: Any
    theirs: Any


def weave(base: Record, mine: Record, theirs: Record) -> tuple[Record, list[Clash]]:
    """The part with both changes, and the places where they clash."""
    clashes: list[Clash] = []
    woven = {
        key: _weave(base.get(key), mine.get(key), theirs.get(key), key, clashes)
        for key in dict.fromkeys((*theirs, *mine))
    }
    return {key: value for key, value in woven.items() if key in mine or key in theirs}, clashes


def _weave(base: Any, mine: Any, theirs: Any, path: str, clashes: list[Clash]) -> Any:
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        before = base if isinstance(base, dict) else {}
        return {
            key: _weave(before.get(key), mine.get(key), theirs.get(key), f"{path}.{key}", clashes)
            for key in dict.fromkeys((*theirs, *mine))
        }
    if isinstance(mine, list) and isinstance(theirs, list):
        return _weave_lists(base if isinstance(base, list) else [], mine, theirs, path, clashes)
    clashes.append(Clash(path, base, mine, theirs))
    return mine


def _weave_lists(
    base: list[Any], mine: list[Any], theirs: list[Any], path: str, clashes: list[Clash]
) -> list[Any]:
    woven: list[Any] = []
    for before, here, there in _stretches(base, mine, theirs):
        if here in (there, before):
            woven += there
        elif there == before:
            woven += here
        elif len(before) == len(here) == len(there):
            for place in range(len(here)):
                at = f"{path}[{len(woven)}]"
                woven.append(_weave(before[place], here[place], there[place], at, clashes))
        elif not before:
            # Both added something at the same place: both stay.
            woven += [*there, *(one for one in here if one not in there)]
        else:
            clashes.append(Clash(f"{path}[{len(woven)}]", before, here, there))
            woven += here
    return woven


def _stretches(
    base: list[Any], mine: list[Any], theirs: list[Any]
) -> Iterator[tuple[list[Any], list[Any], list[Any]]]:
    """What lies between items that all three have, and those items."""
    in_mine, in_theirs = _kept(base, mine), _kept(base, theirs)
    at = at_mine = at_theirs = 0
    for place in sorted(in_mine.keys() & in_theirs.keys()):
        here, there = in_mine[place], in_theirs[place]
        yield base[at:place], mine[at_mine:here], theirs[at_theirs:there]
        same = [base[place]]
        yield same, same, same
        at, at_mine, at_theirs = place + 1, here + 1, there + 1
    yield base[at:], mine[at_mine:], theirs[at_theirs:]


def _kept(base: list[Any], other: list[Any]) -> dict[int, int]:
    marks = [digest({"": one}) for one in base], [digest({"": one}) for one in other]
    blocks = SequenceMatcher(None, *marks, autojunk=False).get_matching_blocks()
    return {start + n: there + n for start, there, size in blocks for n in range(size)}
