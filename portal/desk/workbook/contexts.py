"""Books and entries found by their address, with what the rules ask of them."""

from dataclasses import dataclass

from pyramid.request import Request

from content.dossiers.desks import ancestor_ids
from content.errors import NotFound
from content.people.roles import Role
from content.workbook.kinds import EntryKind, kind_at
from content.workbook.models import WorkEntry
from content.workbook.rights import writing_ids


@dataclass(frozen=True)
class Book:
    """One book: whoever has one of its roles anywhere may open it; what they find in it is that
    of their units."""

    kind: EntryKind

    @property
    def reader_roles(self) -> frozenset[Role]:
        return self.kind.readers

    @property
    def writer_roles(self) -> frozenset[Role]:
        return self.kind.writers


@dataclass(frozen=True)
class Entry(Book):
    """One entry: ``agency_ids`` are its unit and all above it, whose people read it;
    ``writing_ids`` those whose people write it."""

    entry: WorkEntry
    agency_ids: frozenset[int]
    writing_ids: frozenset[int]


def book(request: Request) -> Book:
    """The book of an address."""
    return Book(kind_at(request.matchdict["book"]))


def entry(request: Request) -> Entry:
    """An entry at the address of its own book."""
    kind = kind_at(request.matchdict["book"])
    found = request.db.get(WorkEntry, int(request.matchdict["id"][:18]))
    if found is None or found.kind != kind.key:
        raise NotFound("work_entry")
    above = frozenset(ancestor_ids(request.db, found.agency_id))
    return Entry(kind, found, above, writing_ids(request.db, kind, found.agency_id))
