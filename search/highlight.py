"""Where the words of a query stand in a text, for titles and snippets.

Gives segments of plain text with a mark, never HTML: the template escapes and
decides how a match looks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.query import Query
from search.text import Word, letters_alone, pattern_of, word_of

#: (text, is_match)
Segment = tuple[str, bool]

MAX_SNIPPET = 240
_LEAD_IN = 60
_GAP = "…"


@dataclass(frozen=True, slots=True)
class _Match:
    """A word of the query where it stands in a text."""

    folded: str
    start: int
    end: int


class Highlighter:
    """Marks the words of one query in any number of texts (NFC, as they are kept)."""

    def __init__(self, query: Query) -> None:
        self._exact: dict[str, set[str]] = {}
        self._pairs: set[tuple[str, str]] = set()
        for reading in query.readings:
            self._pairs.update(pairwise(reading.folded))
            for word in reading.words:
                marked = self._exact.setdefault(word.folded, set())
                if word.has_marks:
                    marked.add(word.exact)
        anyone = "|".join(pattern_of(folded) for folded in self._exact)
        self._pattern = re.compile(rf"(?<!\w)(?:{anyone})(?!\w)") if anyone else None

    def mark(self, text: str) -> tuple[Segment, ...]:
        """The whole text in segments; joined they are the text."""
        return tuple(_segments(text, self._matches(text)))

    def snippet(self, text: str) -> tuple[Segment, ...]:
        """The most telling line of a text, cut to ``MAX_SNIPPET``; the first if none matches."""
        best_start, best_end, best = 0, _line_end(text, 0), list[_Match]()
        for start, end, matches in _by_line(text, self._matches(text)):
            if _worth(matches) > _worth(best):
                best_start, best_end, best = start, end, matches
        line = text[best_start:best_end]
        shifted = [_Match(m.folded, m.start - best_start, m.end - best_start) for m in best]
        return tuple(_cut(line, shifted))

    def _matches(self, text: str) -> list[_Match]:
        """Matching words; only those beside another of the query, if there are such."""
        if self._pattern is None:
            return []
        found = [
            _Match(word.folded, place.start(), place.end())
            for place in self._pattern.finditer(letters_alone(text))
            if self._is_wanted(word := word_of(text[place.start() : place.end()]))
        ]
        paired: list[_Match] = []
        for first, second in pairwise(found):
            if (first.folded, second.folded) in self._pairs and _touch(text, first, second):
                paired += [first, second] if paired[-1:] != [first] else [second]
        return paired or found

    def _is_wanted(self, word: Word) -> bool:
        """Equal without marks, and not contradicting marks that were typed."""
        exact = self._exact.get(word.folded, set())
        return not exact or not word.has_marks or word.exact in exact


def _touch(text: str, first: _Match, second: _Match) -> bool:
    """Whether there is no other word between two."""
    between = text[first.end : second.start]
    return between == " " or not any(map(str.isalnum, between))


def _worth(matches: Sequence[_Match]) -> int:
    return len({match.folded for match in matches})


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _by_line(text: str, matches: Sequence[_Match]) -> Iterator[tuple[int, int, list[_Match]]]:
    """Start, end and matches of each line that has any."""
    start, end, line = 0, -1, list[_Match]()
    for match in matches:
        if match.start >= end:
            if line:
                yield start, end, line
            start, end, line = (
                text.rfind("\n", 0, match.start) + 1,
                _line_end(text, match.start),
                [],
            )
        line.append(match)
    if line:
        yield start, end, line


def _segments(text: str, matches: Sequence[_Match]) -> Iterator[Segment]:
    """Neighbouring matches become one segment with the space between them."""
    end = 0
    for start, stop in _runs(text, matches):
        if start > end:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if end < len(text):
        yield text[end:], False


def _runs(text: str, matches: Sequence[_Match]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for match in matches:
        if runs and not text[runs[-1][1] : match.start].strip():
            runs[-1] = (runs[-1][0], match.end)
        else:
            runs.append((match.start, match.end))
    return runs


def _cut(line: str, matches: Sequence[_Match]) -> Iterator[Segment]:
    """At most ``MAX_SNIPPET`` characters around the first match, cut between words."""
    start, stop = _window(line, matches[0].start if matches else 0)
    inside = [m for m in matches if start <= m.start and m.end <= stop]
    shifted = [_Match(m.folded, m.start - start, m.end - start) for m in inside]
    if start:
        yield f"{_GAP} ", False
    yield from _segments(line[start:stop], shifted)
    if stop < len(line):
        yield f" {_GAP}", False


def _window(line: str, wanted: int) -> tuple[int, int]:
    if len(line) <= MAX_SNIPPET:
        return 0, len(line)
    start = max(0, wanted - _LEAD_IN)
    if start:
        start = line.find(" ", start, wanted) + 1 or wanted
    stop = start + MAX_SNIPPET
    if stop >= len(line):
        return start, len(line)
    return start, line.rfind(" ", wanted + 1, stop) if " " in line[wanted + 1 : stop] else stop
