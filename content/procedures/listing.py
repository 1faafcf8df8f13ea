"""Lists of the catalogue: pages of cards with facets and counts, and the home figures.

A list costs one query for its cards and one for the generation; facets and counts come
from the facet table of that generation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from content.changes import generation, has_advanced
from content.orm import plain_rows
from content.procedures.facets import Facet, FacetTable, Value, places
from content.procedures.filing import allowed
from content.procedures.kinds import PUBLIC, Filing, Level, ServiceLevel, Status
from content.procedures.models import Procedure, Sector, address_of

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


class Sort(StrEnum):
    """Orders of a list; ``GIVEN`` is that of ``Filters.ids``."""

    NAME = "name"
    NEWEST = "newest"
    GIVEN = "given"


class Scope(StrEnum):
    """Which procedures: those of the default listing, all, or the rest."""

    CURRENT = "current"
    ALL = "all"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed by; ``ids`` are hits of a search, best first."""

    scope: Scope = Scope.CURRENT
    chosen: dict[Facet, str] = field(default_factory=dict)
    ids: Sequence[int] | None = None


@dataclass(frozen=True)
class Card:
    """A procedure in a list. ``address`` stands below ``/thu-tuc/``; ``filing`` is today's."""

    id: int
    code: str | None
    slug: str
    address: str
    name: str
    level: Level
    sector: str | None
    agency: str | None
    status: Status
    status_since: date | None
    filing: Filing | None
    information_only: bool
    service_level: ServiceLevel | None
    as_of: str | None
    official_url: str | None
    updated_at: datetime
    card: dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """One page of a list, its total, and for each facet the counts if it were chosen anew."""

    items: list[Card]
    total: int
    page: int
    page_size: int
    facets: dict[Facet, list[Value]]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


@dataclass(frozen=True)
class Figures:
    """Counts for the home page, of procedures in the default listing."""

    current: int
    all: int
    full: int
    partial: int
    filed_here: int
    by_level: list[Value]
    groups: list[Value]


class Catalogue:
    """Lists of one authority's catalogue; keeps the facet table of the newest generation.

    One object serves all threads of a process.
    """

    def __init__(self) -> None:
        self._kept: tuple[int, FacetTable] | None = None

    def table(self, session: Session) -> FacetTable:
        """The facet table of what this session sees."""
        now = generation(session)
        if has_advanced(session):
            # This generation may be rolled back, and then belongs to another change.
            return FacetTable.load(session)
        kept = self._kept
        if kept is None or kept[0] != now:
            self._kept = kept = (now, FacetTable.load(session))
        return kept[1]

    def listing(
        self,
        session: Session,
        filters: Filters,
        *,
        page: int = 1,
        page_size: int = PAGE_SIZE,
        sort: Sort = Sort.NAME,
    ) -> Listing:
        """One page; numbers out of range are brought into it."""
        table = self.table(session)
        base = _scope(table, filters)
        if filters.ids is not None:
            base &= table.of_ids(filters.ids)
        chosen = {facet: table.having(facet, slug) for facet, slug in filters.chosen.items()}
        found = base
        for bits in chosen.values():
            found &= bits
        total = found.bit_count()
        size = min(max(1, page_size), MAX_PAGE_SIZE)
        page = min(max(1, page), max(1, -(-total // size)))
        ids = _page(table, found, filters, sort, (page - 1) * size, size)
        return Listing(
            items=cards(session, ids),
            total=total,
            page=page,
            page_size=size,
            facets={facet: table.values(facet, _others(base, chosen, facet)) for facet in Facet},
        )

    def figures(self, session: Session) -> Figures:
        """The figures of the home page."""
        table = self.table(session)

        def count(facet: Facet, slug: str) -> int:
            return (table.having(facet, slug) & table.current).bit_count()

        return Figures(
            current=table.current.bit_count(),
            all=len(table.ids),
            full=count(Facet.SERVICE_LEVEL, "toan-trinh"),
            partial=count(Facet.SERVICE_LEVEL, "mot-phan"),
            filed_here=count(Facet.FILING, Filing.LOCAL.value),
            by_level=table.values(Facet.LEVEL, table.current),
            groups=table.values(Facet.GROUP, table.current),
        )


def cards(session: Session, ids: Sequence[int]) -> list[Card]:
    """The cards of these procedures in this order, in one query; what is gone is left out."""
    rows = plain_rows(session, _CARDS, {"ids": list(ids)})
    by_id = {row.id: _card(row) for row in rows if row.status in PUBLIC}
    return [by_id[one] for one in ids if one in by_id]


def featured(session: Session, limit: int = 8) -> list[Card]:
    """The procedures editors put on the home page, in their order."""
    query = (
        select(Procedure.id)
        .where(Procedure.featured.is_not(None), Procedure.status == Status.IN_FORCE)
        .order_by(Procedure.featured, Procedure.id)
        .limit(limit)
    )
    return cards(session, list(session.scalars(query)))


_CARD = (
    Procedure.id,
    Procedure.code,
    Procedure.slug,
    Procedure.is_primary,
    Procedure.name,
    Procedure.level,
    Sector.name.label("sector"),
    Procedure.authority,
    Procedure.status,
    Procedure.status_since,
    Procedure.filing,
    Procedure.information_only,
    Procedure.service_level,
    Procedure.as_of,
    Procedure.official_url,
    Procedure.updated_at,
    Procedure.card,
)
# Asked by every list and by search; building it would cost as much as its rows. Standing
# is compared afterwards: with it in the query SQLite walks the index of all that stand so,
# two milliseconds for twenty rows.
_CARDS = (
    select(*_CARD)
    .outerjoin(Sector, Sector.id == Procedure.sector_id)
    .where(Procedure.id.in_(bindparam("ids", expanding=True)))
)


def _card(row: Any) -> Card:
    return Card(
        id=row.id,
        code=row.code,
        slug=row.slug,
        address=address_of(row.code or row.slug, row.level, is_primary=row.is_primary),
        name=row.name,
        level=row.level,
        sector=row.sector,
        agency=row.authority,
        status=row.status,
        status_since=row.status_since,
        filing=allowed(row.filing, row.status),
        information_only=row.information_only,
        service_level=row.service_level,
        as_of=row.as_of,
        official_url=row.official_url,
        updated_at=row.updated_at,
        card=row.card,
    )


def _scope(table: FacetTable, filters: Filters) -> int:
    """A status asked for by name is looked for everywhere."""
    if filters.scope is Scope.ALL or Facet.STATUS in filters.chosen:
        return table.all
    if filters.scope is Scope.EXPIRED:
        return table.all & ~table.current
    return table.current


def _others(base: int, chosen: dict[Facet, int], facet: Facet) -> int:
    """What is found without the choice in this facet, so that another can be compared."""
    for other, bits in chosen.items():
        if other is not facet:
            base &= bits
    return base


def _page(
    table: FacetTable, found: int, filters: Filters, sort: Sort, start: int, size: int
) -> list[int]:
    if sort is Sort.NEWEST:
        newest = (table.ids[place] for place in table.newest_first if found >> place & 1)
        return list(islice(newest, start, start + size))
    if sort is Sort.GIVEN and filters.ids is not None:
        kept = {table.ids[place] for place in places(found)}
        return list(islice((one for one in filters.ids if one in kept), start, start + size))
    return [table.ids[place] for place in islice(places(found, start), size)]
