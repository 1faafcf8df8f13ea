"""Which documents answer a query, in classes from certain to possible.

First what bears the code asked for, then what is called exactly so, what cites
the number, what contains every pair of neighbouring words; only when that is
little what contains every single word, and when it is nothing most of the words.
All that is in force comes before history, unless history was asked for by its code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from search.query import Query, Reading
from search.zones import Postings, Zone

#: With fewer results in force than this, single words are tried after pairs.
ENOUGH = 10

TEXT_ZONES = (Zone.TITLE, Zone.EXTRA, Zone.BODY)


@dataclass(frozen=True, slots=True)
class Matches:
    """Disjoint sets of documents, from certain to possible."""

    coded: int = 0
    also_coded: int = 0
    named: int = 0
    citing: int = 0
    full: int = 0
    partial: int = 0

    @property
    def all(self) -> int:
        """Everything that matches in some way."""
        coded = self.coded | self.also_coded
        return coded | self.named | self.citing | self.full | self.partial

    def in_order(self, current: int) -> list[int]:
        """The sets in the order of results; ``current`` is what is in force."""
        coded = [
            part
            for group in (self.coded, self.also_coded)
            for part in (group & current, group & ~current)
        ]
        others = (self.named, self.citing, self.full, self.partial)
        return [*coded, *(g & current for g in others), *(g & ~current for g in others)]


class Matcher:
    """Matches queries against one state of an index.

    ``visible`` bounds everything; ``wanted`` (what is in force of it) is counted when
    deciding whether there is enough.
    """

    def __init__(self, source: Postings, visible: int, wanted: int) -> None:
        self._source = source
        self._visible = visible
        self._wanted = wanted

    def match(self, query: Query) -> Matches:
        """The classes of documents for a query with words."""
        coded = self._look_up(Zone.CODE, query.codes)
        also_coded = self._look_up(Zone.OTHER_CODES, query.codes) & ~coded
        citing = self._look_up(Zone.CITES, query.codes) & ~(coded | also_coded)
        named = self._look_up(Zone.NAME, (query.name,)) & ~(coded | also_coded)
        full = self._each_reading(query, self._has_pairs)
        found = coded | also_coded | citing | named | full
        partial = 0 if coded | also_coded | citing else self._less_certain(query, found)
        return Matches(
            coded=coded,
            also_coded=also_coded,
            named=named,
            citing=citing & ~named,
            full=full & ~(coded | also_coded | citing | named),
            partial=partial & ~found,
        )

    def _less_certain(self, query: Query, found: int) -> int:
        """What is looked at when pairs find little (all words) or nothing (most of them)."""
        if not self._short(found):
            return 0
        loose = self._each_reading(query, self._has_words)
        if not found:
            loose |= self._each_reading(query, self._has_most_words)
        return loose

    def anywhere(self, term: str) -> int:
        """The documents with the term in any zone of text."""
        return reduce(or_, (self._source.postings(zone, term) for zone in TEXT_ZONES))

    def _short(self, matched: int) -> bool:
        return (matched & self._wanted).bit_count() < ENOUGH

    def _look_up(self, zone: Zone, keys: tuple[str, ...]) -> int:
        found = reduce(or_, (self._source.postings(zone, key) for key in keys), 0)
        return found & self._visible

    def _each_reading(self, query: Query, method: Callable[[Reading], int]) -> int:
        return reduce(or_, (method(reading) for reading in query.readings), 0)

    def _has_pairs(self, reading: Reading) -> int:
        terms = reading.bigrams or reading.core
        return reduce(and_, (self.anywhere(term) for term in terms), self._visible)

    def _has_words(self, reading: Reading) -> int:
        terms = dict.fromkeys(reading.core)
        return reduce(and_, (self.anywhere(term) for term in terms), self._visible)

    def _has_most_words(self, reading: Reading) -> int:
        """Documents with three fifths of the known words and two of them together in a name.

        If there are none, those with as many words as any has, but not below half.
        """
        counts = self._with_at_least(reading)
        known = len(counts) - 1
        most = counts[-(-known * 3 // 5)] & self._has_pair_in_name(reading)
        fewest = max(1, (known + 1) // 2)
        return most or next((found for found in reversed(counts[fewest:]) if found), 0)

    def _with_at_least(self, reading: Reading) -> list[int]:
        """At place n the documents with n or more of the words that occur at all."""
        known = [found for word in dict.fromkeys(reading.core) if (found := self.anywhere(word))]
        counts = [self._visible] + [0] * len(known)
        for found in known:
            for count in range(len(known), 0, -1):
                counts[count] |= counts[count - 1] & found
        return counts

    def _has_pair_in_name(self, reading: Reading) -> int:
        held = (
            self._source.postings(zone, pair)
            for pair in reading.bigrams
            for zone in (Zone.TITLE, Zone.EXTRA)
        )
        return reduce(or_, held, 0)
