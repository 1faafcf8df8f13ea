"""An index in the memory of one process, for tests and one-off questions.

Keeps the same promises as the others, which the contract suite proves; forgets
everything when the process ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from search.bits import from_numbers
from search.corpus import Corpus, card_of
from search.documents import SearchDocument
from search.engine import answer
from search.index import Found, Search, Stored
from search.stored import digest_of, stored_of
from search.zones import Zone, terms_of


@dataclass(frozen=True, slots=True)
class _State:
    """One unchanging state: what it holds and how it is looked up."""

    number: int
    corpus: Corpus
    stored: Sequence[Stored]
    terms: Mapping[tuple[Zone, str], int] = field(repr=False)

    def postings(self, zone: Zone, term: str) -> int:
        return self.terms.get((zone, term), 0)


class MemoryIndex:
    """``Index`` kept in dictionaries; every change makes a new state."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._built = False
        self._owned: dict[str, tuple[SearchDocument, ...]] = {}
        self._state = _state_of(0, ())

    def search(self, search: Search) -> Found:
        state = self._state
        given = answer(state.corpus, state, search)
        hits = tuple((state.stored[number], score) for number, score in given.page)
        return Found(hits, given.total, given.facets)

    def keys(self, search: Search) -> tuple[str, ...]:
        state = self._state
        given = answer(state.corpus, state, search)
        return tuple(state.corpus.cards[number].key for number, _ in given.page)

    def digests(self) -> Mapping[str, str]:
        return self._state.corpus.digests()

    def replace(self, changes: Mapping[str, Sequence[SearchDocument]]) -> None:
        with self._lock:
            if not self._built:
                return
            owned = {**self._owned, **{owner: tuple(docs) for owner, docs in changes.items()}}
            self._switch(owned)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        owned: dict[str, tuple[SearchDocument, ...]] = {}
        for document in documents:
            owned[document.owner_key] = (*owned.get(document.owner_key, ()), document)
        with self._lock:
            self._switch(owned)
            self._built = True
        return self.doc_count()

    def generation(self, at: datetime) -> str:
        state = self._state
        return f"{state.number}.{state.corpus.epoch(at)}"

    def doc_count(self) -> int:
        return self._state.corpus.size

    def needs_rebuild(self) -> bool:
        return not self._built

    def close(self) -> None:
        """Nothing is held open."""

    def _switch(self, owned: dict[str, tuple[SearchDocument, ...]]) -> None:
        documents = [document for docs in owned.values() for document in docs]
        self._state = _state_of(self._state.number + 1, documents)
        self._owned = owned


def _state_of(number: int, documents: Sequence[SearchDocument]) -> _State:
    places: dict[tuple[Zone, str], list[int]] = {}
    for place, document in enumerate(documents):
        for zone, terms in terms_of(document).items():
            for term in terms:
                places.setdefault((zone, term), []).append(place)
    size = len(documents)
    return _State(
        number=number,
        corpus=Corpus([card_of(doc, digest_of(doc)) for doc in documents], (1 << size) - 1),
        stored=[stored_of(document) for document in documents],
        terms={key: from_numbers(found, size) for key, found in places.items()},
    )
