"""What every index offers, and the values that cross its border.

Engines stand behind ``Index`` and pass one contract test suite. An index holds
nothing that cannot be made again from the database, decides no permission and
makes no HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from search.documents import NOTHING, Kind, SearchDocument
from search.query import Query

KIND = "kind"
STATUS = "status"
CURRENT = "current"
EXPIRED = "expired"

#: Values wanted of each facet: any of them within a facet, all facets together.
Filters = Mapping[str, tuple[str, ...]]
#: How many results each value of each facet has, most first.
Facets = Mapping[str, tuple[tuple[str, int], ...]]


class Sort(StrEnum):
    """The order of results; history comes after what is in force in all of them."""

    RELEVANCE = "relevance"
    TITLE = "title"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Search:
    """One question to an index; ``at`` decides what is visible."""

    query: Query
    at: datetime
    filters: Filters = field(default_factory=lambda: NOTHING)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index keeps of a document to show a hit."""

    key: str
    kind: Kind
    object_id: int
    title: str
    code: str
    facets: Mapping[str, tuple[str, ...]]
    is_current: bool
    published: date | None
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class Found:
    """The page asked for, with the number and the facets of all results.

    ``hits`` are documents with their score, best first. Each facet is counted
    as if it were not filtered by itself, so that people see what else they may choose.
    """

    hits: tuple[tuple[Stored, float], ...]
    total: int
    facets: Facets


class IndexUnavailable(Exception):
    """The index cannot be written now, since another writer holds it, or is not there."""


class Index(Protocol):
    """A place where documents are found."""

    def search(self, search: Search) -> Found:
        """The answer, from one consistent state of the index."""

    def keys(self, search: Search) -> tuple[str, ...]:
        """The keys of the hits alone, best first: cheap for thousands."""

    def replace(self, changes: Mapping[str, Sequence[SearchDocument]]) -> None:
        """Make these the only documents of each owner; none removes the owner.

        All or nothing, and harmless when repeated. Where there is no index yet
        nothing is changed: the rebuild that is due reads everything. Raises
        IndexUnavailable when another writer does not finish.
        """

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build anew beside the index in use, then switch; gives the number of documents.

        Changes made meanwhile are in the new one too. If it fails, the index in
        use stays. Raises IndexUnavailable while another rebuild runs.
        """

    def generation(self, at: datetime) -> str:
        """Changes when the same search could give another answer."""

    def doc_count(self) -> int:
        """How many documents there are, visible or not."""

    def digests(self) -> Mapping[str, str]:
        """The key of every document with its digest, to compare with the database."""

    def needs_rebuild(self) -> bool:
        """Whether there is no index, or one that this version cannot use."""

    def close(self) -> None:
        """Let go of files; a closed index opens again when used."""
