"""What is known in memory of every document of one state of an index.

A card holds what ranking needs of a document; masks (sets of documents) hold
facets, validity and visibility. Built from cards alone, so every engine that
can list its cards has the same facets, filters and orders.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from sys import intern
from typing import Any

from content.text import sort_key
from search.bits import from_numbers, numbers_of
from search.documents import SearchDocument
from search.index import CURRENT, EXPIRED, KIND, STATUS, Facets, Filters
from search.query import without_lead
from search.text import words


@dataclass(frozen=True, slots=True)
class Card:
    """A document as ranking sees it.

    ``folded`` are the words of the title without a leading "thủ tục", with a space
    before and after each; ``exact`` the same words with their marks, written alike: one
    line takes less memory than a tuple of words.
    """

    key: str
    digest: str
    title: str
    folded: str
    exact: str
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    is_current: bool
    visible_from: datetime | None
    visible_to: datetime | None
    published: date | None
    weight: float


def spaced(words_of_title: Sequence[str]) -> str:
    """Words in a line, so that a phrase is found in it with one comparison."""
    return f" {' '.join(words_of_title)} "


def card_of(document: SearchDocument, digest: str) -> Card:
    """The card of a document, with the facets every document has."""
    title = words(document.title)
    folded = without_lead(tuple(word.folded for word in title))
    exact = tuple(word.exact for word in title)[-len(folded) :] if folded else ()
    status = CURRENT if document.is_current else EXPIRED
    return Card(
        key=document.key,
        digest=digest,
        title=document.title,
        folded=spaced(folded),
        exact=spaced(exact),
        facets=_shared({**document.facets, KIND: (document.kind.value,), STATUS: (status,)}),
        is_current=document.is_current,
        visible_from=document.visible_from,
        visible_to=document.visible_to,
        published=document.published,
        weight=document.weight,
    )


def _shared(facets: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Facets in memory once, however many documents have the same value."""
    return tuple(_facet(str(name), tuple(map(str, values))) for name, values in facets.items())


@lru_cache(maxsize=32_768)
def _facet(name: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return intern(name), tuple(map(intern, values))


class Corpus:
    """All cards of one state; a document's number is its place in ``cards``.

    ``living`` leaves out those deleted since their part of the index was written.
    """

    def __init__(self, cards: Sequence[Card], living: int) -> None:
        self.cards = cards
        self.living = living
        self.facets = _facet_masks(cards)

    @cached_property
    def size(self) -> int:
        """How many documents there are."""
        return self.living.bit_count()

    def digests(self) -> dict[str, str]:
        """Every document's key with its digest."""
        living = numbers_of(self.living)
        return {self.cards[number].key: self.cards[number].digest for number in living}

    @cached_property
    def current(self) -> int:
        """What is in force."""
        return self.facets.get(STATUS, {}).get(CURRENT, 0)

    @cached_property
    def _windows(self) -> list[tuple[int, Card]]:
        return [
            (number, card)
            for number, card in enumerate(self.cards)
            if card.visible_from or card.visible_to
        ]

    @cached_property
    def _turns(self) -> list[datetime]:
        """The instants at which something appears or disappears."""
        ends = [end for _, card in self._windows for end in (card.visible_from, card.visible_to)]
        return sorted({end for end in ends if end})

    def epoch(self, at: datetime) -> int:
        """Equal for instants between which nothing appears or disappears."""
        return bisect_right(self._turns, at)

    def visible(self, at: datetime) -> int:
        """What may be found at this instant."""
        hidden = (number for number, card in self._windows if not _shows(card, at))
        return self.living & ~from_numbers(hidden, self.end)

    @property
    def end(self) -> int:
        """One more than the highest number."""
        return len(self.cards)

    def select(self, filters: Filters) -> int:
        """The documents with one of the values in each facet."""
        mask = self.living
        for name, values in filters.items():
            mask &= self._any_of(name, values)
        return mask

    def count_facets(self, matched: int, filters: Filters) -> Facets:
        """Counts of each value among ``matched`` (not yet filtered) documents."""
        counts = {}
        for name, masks in self.facets.items():
            others = {other: values for other, values in filters.items() if other != name}
            among = matched & self.select(others)
            found = ((value, (among & mask).bit_count()) for value, mask in masks.items())
            counts[name] = tuple(sorted((f for f in found if f[1]), key=lambda f: (-f[1], f[0])))
        return counts

    def _any_of(self, name: str, values: Iterable[str]) -> int:
        masks = self.facets.get(name, {})
        mask = 0
        for value in values:
            mask |= masks.get(value, 0)
        return mask

    @cached_property
    def by_title(self) -> list[int]:
        """The place of each document in the Vietnamese order of titles."""
        return _places([(_collation(card.title), card.key) for card in self.cards])

    @cached_property
    def by_age(self) -> list[int]:
        """The place of each document from the newest to the oldest and the undated."""
        return _places([(-_day(card), card.key) for card in self.cards])


def _day(card: Card) -> int:
    return card.published.toordinal() if card.published else 0


def _places(keys: Sequence[Any]) -> list[int]:
    """For each element its place in the order of the keys."""
    places = [0] * len(keys)
    for place, number in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        places[number] = place
    return places


@lru_cache(maxsize=32_768)
def _collation(title: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return sort_key(title)


def _shows(card: Card, at: datetime) -> bool:
    started = card.visible_from is None or card.visible_from <= at
    return started and (card.visible_to is None or at < card.visible_to)


def _facet_masks(cards: Sequence[Card]) -> dict[str, dict[str, int]]:
    members: dict[str, dict[str, list[int]]] = {}
    for number, card in enumerate(cards):
        for name, values in card.facets:
            for value in values:
                members.setdefault(name, {}).setdefault(value, []).append(number)
    return {
        name: {value: from_numbers(numbers, len(cards)) for value, numbers in values.items()}
        for name, values in members.items()
    }
