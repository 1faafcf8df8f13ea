"""The facet table: which procedures have which value, as sets of bits.

Built once per generation of the catalogue from narrow columns, then every listing,
count and figure is a few ``and`` operations on integers, whatever is filtered. Bit
*n* is the *n*-th procedure in the order of the alphabet. Never written to.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.kinds import PUBLIC, Audience, Filing, Level, ServiceLevel, Status
from content.procedures.models import Procedure, Sector
from content.text import slugify

#: The value of ``service_level`` where the record says nothing.
UNKNOWN = "chua-co-thong-tin"

_COUNTS_KEPT = 512

_AGENCY_BREAK = re.compile(r"[,;]\s+(?=[A-ZĐÂÊÔƠƯĂÁÀẢÃẠÚÙỦŨỤỨỪỬỮỰ])")
_ABBREVIATED = re.compile(r"\b(?:uỷ|ủy) ban nhân dân\b", re.I)


class Facet(StrEnum):
    """What procedures can be told apart by."""

    SECTOR = "sector"
    GROUP = "group"
    LEVEL = "level"
    AGENCY = "agency"
    SERVICE_LEVEL = "service_level"
    AUDIENCE = "audience"
    STATUS = "status"
    FILING = "filing"


@dataclass(frozen=True)
class Value:
    """One value of a facet: its word in addresses, its name, how many procedures have it."""

    slug: str
    name: str
    count: int


class Row(NamedTuple):
    """The narrow columns of one procedure."""

    id: int
    status: Status
    sector_slug: str | None
    sector_name: str | None
    group_slug: str | None
    group_name: str | None
    level: Level
    authority: str | None
    service_level: ServiceLevel | None
    audiences: int
    filing: Filing | None


def agencies_of(authority: str | None) -> list[tuple[str, str]]:
    """(slug, name) of each agency an authority text names; spellings of one count as one."""
    parts = _AGENCY_BREAK.split(authority or "")
    names = (_ABBREVIATED.sub("UBND", part.strip(" .;,")) for part in parts)
    found = {slugify(name): name for name in names if name}
    return [(slug, name) for slug, name in found.items() if slug]


def service_level_slug(level: ServiceLevel | None) -> str:
    """``toan-trinh``, ``mot-phan``, ``chi-cung-cap-thong-tin`` or ``chua-co-thong-tin``."""
    return slugify(level.value) if level else UNKNOWN


@dataclass(frozen=True)
class FacetTable:
    """Sets of bits by facet and value, and the ids by bit."""

    ids: tuple[int, ...]
    bits: Mapping[Facet, Mapping[str, int]]
    names: Mapping[Facet, Mapping[str, str]]
    current: int
    newest_first: tuple[int, ...]
    #: Counts of sets asked for again and again, such as the whole default listing.
    _counted: dict[tuple[Facet, int], tuple[Value, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def load(cls, session: Session) -> "FacetTable":
        """From the database, in two queries."""
        query = (
            select(
                Procedure.id,
                Procedure.status,
                Sector.slug,
                Sector.name,
                Sector.group_slug,
                Sector.group,
                Procedure.level,
                Procedure.authority,
                Procedure.service_level,
                Procedure.audiences,
                Procedure.filing,
            )
            .outerjoin(Sector, Sector.id == Procedure.sector_id)
            .where(Procedure.status.in_(PUBLIC))
            .order_by(Procedure.name_sort, Procedure.id)
        )
        newest = (
            select(Procedure.id)
            .where(Procedure.status.in_(PUBLIC))
            .order_by(Procedure.status_since.desc().nulls_last(), Procedure.name_sort)
        )
        rows = [Row._make(row) for row in session.execute(query)]
        return cls.of(rows, session.scalars(newest).all())

    @classmethod
    def of(cls, rows: Sequence[Row], newest: Iterable[int]) -> "FacetTable":
        """From rows in the order of the alphabet."""
        bits: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
        names: dict[Facet, dict[str, str]] = {facet: {} for facet in Facet}
        current = 0
        for place, row in enumerate(rows):
            bit = 1 << place
            current |= bit if row.status.is_current else 0
            for facet, slug, name in _values(row):
                bits[facet][slug] = bits[facet].get(slug, 0) | bit
                names[facet].setdefault(slug, name)
        place_of = {row.id: place for place, row in enumerate(rows)}
        return cls(
            ids=tuple(row.id for row in rows),
            bits=bits,
            names=names,
            current=current,
            newest_first=tuple(place_of[one] for one in newest),
        )

    @property
    def all(self) -> int:
        """Every procedure people can read."""
        return (1 << len(self.ids)) - 1

    def having(self, facet: Facet, slug: str) -> int:
        """The procedures that have a value; none for a value that does not exist."""
        return self.bits[facet].get(slug, 0)

    def of_ids(self, ids: Iterable[int]) -> int:
        """The set of these ids; unknown ones are left out."""
        wanted = set(ids)
        return sum(1 << place for place, one in enumerate(self.ids) if one in wanted)

    def values(self, facet: Facet, among: int) -> list[Value]:
        """The values found in a set with their counts, most frequent first, without zeros."""
        kept = self._counted.get((facet, among))
        if kept is None:
            if len(self._counted) >= _COUNTS_KEPT:
                self._counted.clear()
            kept = self._counted[facet, among] = self._count(facet, among)
        return list(kept)

    def _count(self, facet: Facet, among: int) -> tuple[Value, ...]:
        names = self.names[facet]
        found = (
            Value(slug, names[slug], (bits & among).bit_count())
            for slug, bits in self.bits[facet].items()
        )
        return tuple(
            sorted((one for one in found if one.count), key=lambda one: (-one.count, one.slug))
        )


def places(bits: int, start: int = 0) -> Iterator[int]:
    """The places of the bits of a set, lowest first, without the first ``start`` of them."""
    digits = f"{bits:b}"[::-1]
    # Halving the set finds the hundredth page as quickly as the first.
    first = bisect_left(
        range(len(digits)), start, key=lambda place: (bits & ((1 << place) - 1)).bit_count()
    )
    place = digits.find("1", first)
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def _values(row: Row) -> Iterator[tuple[Facet, str, str]]:
    if row.sector_slug and row.group_slug:
        yield Facet.SECTOR, row.sector_slug, row.sector_name or ""
        yield Facet.GROUP, row.group_slug, row.group_name or ""
    yield Facet.LEVEL, row.level.slug, str(row.level.value)
    for slug, name in agencies_of(row.authority):
        yield Facet.AGENCY, slug, name
    level_name = row.service_level.value if row.service_level else "chưa có thông tin"
    yield Facet.SERVICE_LEVEL, service_level_slug(row.service_level), level_name
    for group in Audience(row.audiences):
        slug, name = AUDIENCES[group]
        yield Facet.AUDIENCE, slug, name
    yield Facet.STATUS, row.status.value, row.status.value
    if row.filing:
        yield Facet.FILING, row.filing.value, row.filing.value


#: How people name the groups of applicants.
AUDIENCES = {
    Audience.CITIZEN: ("cong-dan", "Công dân"),
    Audience.BUSINESS: ("doanh-nghiep", "Doanh nghiệp, hợp tác xã, hộ kinh doanh"),
    Audience.ORGANISATION: ("to-chuc", "Cơ quan, tổ chức"),
    Audience.OFFICIAL: ("can-bo", "Cán bộ, công chức, viên chức"),
    Audience.FOREIGNER: ("nuoc-ngoai", "Người nước ngoài, người Việt Nam ở nước ngoài"),
}
