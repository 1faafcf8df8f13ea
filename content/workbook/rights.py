"""Whose entries an officer reads and writes: those of their own unit, and of all below it.

A role counts where it was given, also to an absent colleague. Who may read a kind and who may
write it stands in the table of kinds.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.desks import ancestor_ids, subtree_ids
from content.people.delegations import posts_of
from content.people.models import Account
from content.people.roles import Role
from content.words import local
from content.workbook.kinds import EntryKind
from content.workbook.models import WorkEntry


class Rights:
    """The rights of one officer on one day; each subtree is asked for once."""

    def __init__(self, session: Session, officer: Account, now: datetime) -> None:
        self._session = session
        self._posts = posts_of(session, officer, local(now).date())
        self._below: dict[frozenset[int], frozenset[int]] = {}

    def readable(self, kind: EntryKind) -> frozenset[int]:
        """The units whose entries of a kind they read."""
        return self._subtree(self._at(kind.readers))

    def writable(self, kind: EntryKind) -> frozenset[int]:
        """The units for which they write entries of a kind."""
        own = self._at(kind.writers)
        reached = self._subtree(own) if kind.reaches_down else own
        if not kind.unit_kinds or not reached:
            return reached
        query = select(Agency.id).where(Agency.id.in_(reached), Agency.kind.in_(kind.unit_kinds))
        return frozenset(self._session.scalars(query))

    def may_read(self, kind: EntryKind, entry: WorkEntry) -> bool:
        """Whether they read this one."""
        return entry.agency_id in self.readable(kind)

    def _at(self, roles: Collection[Role]) -> frozenset[int]:
        return frozenset(agency for agency, role in self._posts if role in roles)

    def _subtree(self, agency_ids: frozenset[int]) -> frozenset[int]:
        if agency_ids not in self._below:
            self._below[agency_ids] = frozenset(subtree_ids(self._session, list(agency_ids)))
        return self._below[agency_ids]


def writing_ids(session: Session, kind: EntryKind, agency_id: int) -> frozenset[int]:
    """The agencies whose people write a unit's entries: the unit, and those above it where the
    kind reaches down."""
    return (
        frozenset(ancestor_ids(session, agency_id)) if kind.reaches_down else frozenset({agency_id})
    )
