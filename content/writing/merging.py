"""Three-way merging of text: two people changed the same thing, and nothing is lost.

By lines first; where both changed the same lines, by words. What both changed in
different ways is a clash: both texts are kept, one after the other, and named.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Clash:
    """A place that both changed, each in their own way."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class _Chunk:
    base: list[str]
    mine: list[str]
    theirs: list[str]

    @property
    def decided(self) -> list[str] | None:
        if self.theirs in (self.mine, self.base):
            return self.mine
        return self.theirs if self.mine == self.base else None


def merge_text(base: str, mine: str, theirs: str) -> tuple[str, list[Clash]]:
    """The text with both changes, and the places where they clash (theirs, then mine)."""
    return _merge(base, mine, theirs, _LINE.findall, _by_words)


_Result = tuple[str, list[Clash]]


def _merge(
    base: str,
    mine: str,
    theirs: str,
    split: Callable[[str], list[str]],
    clashing: Callable[[str, str, str], _Result],
) -> _Result:
    merged: list[str] = []
    clashes: list[Clash] = []
    for chunk in _chunks(split(base), split(mine), split(theirs)):
        decided = chunk.decided
        if decided is not None:
            merged += decided
            continue
        text, found = clashing(*("".join(one) for one in (chunk.base, chunk.mine, chunk.theirs)))
        merged.append(text)
        clashes += found
    return "".join(merged), clashes


def _by_words(base: str, mine: str, theirs: str) -> _Result:
    text, clashes = _merge(base, mine, theirs, _WORD.findall, _both)
    # Words of two people mixed within a phrase read badly: then whole lines are kept.
    return _both(base, mine, theirs) if clashes else (text, [])


def _both(base: str, mine: str, theirs: str) -> _Result:
    gap = "\n" if theirs and mine and not theirs.endswith("\n") else ""
    return theirs + gap + mine, [Clash(base, mine, theirs)]


def _chunks(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Chunk]:
    """Stretches between places at which all three agree."""
    at = at_mine = at_theirs = 0
    for start, in_mine, in_theirs in [
        *_anchors(base, mine, theirs),
        (len(base), len(mine), len(theirs)),
    ]:
        gap = _Chunk(
            list(base[at:start]), list(mine[at_mine:in_mine]), list(theirs[at_theirs:in_theirs])
        )
        if gap.base or gap.mine or gap.theirs:
            yield gap
        if start < len(base):
            same = [base[start]]
            yield _Chunk(same, same, same)
        at, at_mine, at_theirs = start + 1, in_mine + 1, in_theirs + 1


def _anchors(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int]]:
    """Places (in base, mine, theirs) of what neither changed."""
    in_mine, in_theirs = _unchanged(base, mine), _unchanged(base, theirs)
    for place in sorted(in_mine.keys() & in_theirs.keys()):
        yield place, in_mine[place], in_theirs[place]


def _unchanged(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {start + n: other_start + n for start, other_start, size in blocks for n in range(size)}
