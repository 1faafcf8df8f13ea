"""In which order documents of one class stand: the weight of what they share with the query.

Rare terms say more than common ones, the title more than the body, pairs more
than single words, words with the same marks more than folded ones. Pure
functions of cards and sets; the best candidates are then compared by their titles.
"""

from collections.abc import Iterable, Sequence
from heapq import nlargest
from math import log

from search.bits import numbers_of
from search.corpus import Card, spaced
from search.query import Reading
from search.zones import Postings, Zone

#: So many of the best by shared terms are compared by their titles too.
POOL = 100

_ZONES = ((Zone.TITLE, 1.0), (Zone.EXTRA, 0.5), (Zone.BODY, 0.2))
_WORD, _PAIR, _EXACT = 1.0, 1.0, 0.4
_SHARE, _RUN, _START, _MARKS = 0.35, 0.15, 0.15, 0.25
_OTHER_READING = 0.9


class Ranker:
    """Orders sets of documents for the readings of one query."""

    def __init__(
        self, source: Postings, cards: Sequence[Card], readings: Sequence[Reading]
    ) -> None:
        self._source = source
        self._cards = cards
        self._weights = [self._weigh(reading) for reading in readings]
        self._likings = [
            _Liking(reading, _OTHER_READING if rank else 1.0)
            for rank, reading in enumerate(readings)
        ]

    def best(self, among: int, count: int) -> list[tuple[int, float]]:
        """The ``count`` best documents of a set with their scores, best first."""
        base: dict[int, float] = {}
        for rank, weights in enumerate(self._weights):
            factor = _OTHER_READING if rank else 1.0
            for number, score in self._shared(among, weights).items():
                base[number] = max(base.get(number, 0.0), factor * score)
        pool = nlargest(max(count, POOL), numbers_of(among), key=lambda n: base.get(n, 0.0))
        refined = [(number, self._refined(number, base.get(number, 0.0))) for number in pool[:POOL]]
        refined.sort(key=lambda hit: (-hit[1], self._tie(hit[0])))
        lowest = refined[-1][1] if refined else 0.0
        rest = [(number, min(lowest, base.get(number, 0.0))) for number in pool[POOL:]]
        return [*refined, *rest][:count]

    def _tie(self, number: int) -> tuple[float, int, str]:
        card = self._cards[number]
        return -card.weight, -(card.published.toordinal() if card.published else 0), card.key

    def _weigh(self, reading: Reading) -> list[tuple[str, float]]:
        """The terms of a reading with their part of the whole score, which is 1."""
        parts = [(word, _WORD) for word in dict.fromkeys(reading.core)]
        parts += [(pair, _PAIR) for pair in reading.bigrams]
        marked = dict.fromkeys(word for word in reading.words if word.has_marks)
        parts += [("=" + word.exact, _EXACT) for word in marked]
        weighed = [(term, part * self._rarity(term)) for term, part in parts]
        whole = sum(weight for _, weight in weighed) or 1.0
        return [(term, weight / whole) for term, weight in weighed]

    def _rarity(self, term: str) -> float:
        held = 0
        for zone, _ in _ZONES:
            held |= self._source.postings(zone, term)
        return log(1 + (len(self._cards) + 1) / (held.bit_count() + 1))

    def _shared(self, among: int, weights: Iterable[tuple[str, float]]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for term, weight in weights:
            fresh = among
            for zone, factor in _ZONES:
                held = fresh & self._source.postings(zone, term)
                fresh ^= held
                part = factor * weight
                for number in numbers_of(held):
                    scores[number] = scores.get(number, 0.0) + part
        return scores

    def _refined(self, number: int, base: float) -> float:
        card = self._cards[number]
        likeness = max(liking.of(card) for liking in self._likings)
        return (base + likeness) * card.weight


class _Liking:
    """How much a title is what was typed: its share, an unbroken run, the marks."""

    def __init__(self, reading: Reading, factor: float) -> None:
        self._factor = factor
        self._wanted = frozenset(reading.core)
        self._phrase = spaced(reading.core)
        marked = {word.folded: word.exact for word in reading.words if word.has_marks}
        self._marked = [(spaced([f]), spaced([exact])) for f, exact in marked.items()]

    def of(self, card: Card) -> float:
        title = card.folded.split()
        if not title:
            return 0.0
        score = _SHARE * sum(map(self._wanted.__contains__, title)) / len(title)
        if self._phrase in card.folded:
            score += _RUN
            if card.folded.startswith(self._phrase):
                score += _START
        shared = [exact for folded, exact in self._marked if folded in card.folded]
        if shared:
            score += _MARKS * sum(exact in card.exact for exact in shared) / len(shared)
        return self._factor * score
