"""Searching for people: any text and any filters in, one page of results out.

Clamps what is asked, remembers answers for one generation of the index, marks
matches. Whoever shows hits loads the rows by id and drops those that are gone or
not public; the database has the last word. One object serves all threads.
"""

from collections.abc import Hashable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime

from search.documents import NOTHING, Kind
from search.highlight import Highlighter, Segment
from search.index import KIND, Facets, Filters, Index, IndexUnavailable, Search, Sort, Stored
from search.query import Query, Synonyms, parse
from search.recent import Recent

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
#: Results beyond this one cannot be paged to; nobody reads so far.
MAX_RESULTS = 10_000

_MAX_FILTERS = 12
_MAX_VALUES = 20
_MAX_VALUE = 120
_CACHED_PAGES = 256


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a person asks; every value is clamped, none is refused."""

    text: str
    at: datetime
    filters: Mapping[str, Iterable[str]] = field(default_factory=lambda: NOTHING)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the object it stands for, and what to show of it.

    ``title_parts`` and ``snippet`` are segments (text, is_match) of plain text.
    """

    kind: Kind
    object_id: int
    key: str
    code: str
    title: str
    title_parts: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    is_current: bool
    published: date | None
    facets: Mapping[str, tuple[str, ...]]
    score: float


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results; ``text`` is the query as it was understood."""

    text: str
    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-min(self.total, MAX_RESULTS) // self.page_size))


class SearchService:
    """Search over one index; ``synonyms`` adds official words to everyday ones."""

    def __init__(self, index: Index, synonyms: Synonyms | None = None) -> None:
        self._index = index
        self._synonyms = synonyms
        self._said: Hashable = None
        self._pages: Recent[SearchPage] = Recent(_CACHED_PAGES)

    def saying(self, synonyms: Synonyms, said: Hashable) -> "SearchService":
        """The same search with the synonyms of the moment; ``said`` names their state, so
        that no answer given before they changed is given again."""
        other = copy(self)
        other._synonyms, other._said = synonyms, said
        return other

    def generation(self, at: datetime) -> str:
        """Equal as long as every search gives the same, the synonyms apart."""
        return self._index.generation(at)

    def search(self, request: SearchRequest) -> SearchPage:
        """One page; a page beyond the last has no hits but the right total.

        Raises ``IndexUnavailable`` where nothing is found because the index is not there.
        """
        query = parse(request.text, self._synonyms)
        filters = _clamped(request.filters)
        size = min(max(1, request.page_size), MAX_PAGE_SIZE)
        page = min(max(1, request.page), MAX_RESULTS // size)
        asked = (query.text, tuple(sorted(filters.items())), request.sort, page, size)
        generation = self._index.generation(request.at)
        known = self._pages.get((generation, self._said, *asked))
        if known is not None:
            return known
        offset = (page - 1) * size
        found = self._index.search(Search(query, request.at, filters, request.sort, offset, size))
        if not found.total:
            self._demand_index(query)
        hits = _hits(query, found.hits)
        given = SearchPage(query.text, hits, found.total, found.facets, page, size)
        self._pages.put((generation, self._said, *asked), given)
        return given

    def procedure_ids(self, text: str, *, at: datetime) -> list[int]:
        """The ids of all procedures that answer, in force or not, best first.

        Raises ``IndexUnavailable`` as :meth:`search` does.
        """
        return self.ids(Kind.PROCEDURE, text, at=at)

    def ids(self, kind: Kind, text: str, *, at: datetime, limit: int = MAX_RESULTS) -> list[int]:
        """The same of any kind, the best ``limit`` of them."""
        query = parse(text, self._synonyms)
        keys = self._index.keys(Search(query, at, {KIND: (kind.value,)}, limit=limit))
        if not keys:
            self._demand_index(query)
        return [int(key.partition(":")[2]) for key in keys]

    def _demand_index(self, query: Query) -> None:
        """That there is no index must not read as if there were no results."""
        if not query.is_empty and self._index.needs_rebuild():
            raise IndexUnavailable("no index")


def _hits(query: Query, found: Iterable[tuple[Stored, float]]) -> tuple[Hit, ...]:
    highlighter = Highlighter(query)
    return tuple(_hit(highlighter, stored, score) for stored, score in found)


def _hit(highlighter: Highlighter, stored: Stored, score: float) -> Hit:
    return Hit(
        kind=stored.kind,
        object_id=stored.object_id,
        key=stored.key,
        code=stored.code,
        title=stored.title,
        title_parts=highlighter.mark(stored.title),
        snippet=highlighter.snippet(f"{stored.summary}\n{stored.body}".strip()),
        is_current=stored.is_current,
        published=stored.published,
        facets=stored.facets,
        score=round(score, 4),
    )


def _clamped(filters: Mapping[str, Iterable[str]]) -> Filters:
    """Filters of bearable size; a facet without values does not filter."""
    named = list(filters.items())[:_MAX_FILTERS]
    cut = ((name, tuple(sorted(set(values)))[:_MAX_VALUES]) for name, values in named)
    return {name: tuple(value[:_MAX_VALUE] for value in values) for name, values in cut if values}
