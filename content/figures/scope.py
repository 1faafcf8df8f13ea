"""Whose dossiers a report counts: of the whole authority, or of some units."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.models import Dossier


@dataclass(frozen=True)
class Units:
    """The units counted; ``ids`` ``None`` is everybody, so that nothing is asked in vain."""

    ids: frozenset[int] | None = None

    @property
    def dossiers(self) -> ColumnElement[bool]:
        """Dossiers that one of the units received, has now, or decides."""
        if self.ids is None:
            return true()
        return or_(
            Dossier.agency_id.in_(self.ids),
            Dossier.unit_id.in_(self.ids),
            Dossier.competent_agency_id.in_(self.ids),
        )

    @property
    def agencies(self) -> ColumnElement[bool]:
        """The units themselves."""
        return true() if self.ids is None else Agency.id.in_(self.ids)


EVERYBODY = Units()


def units_of(session: Session, ids: Collection[int]) -> Units:
    """These units; all of them together are everybody."""
    known = session.scalar(select(func.count(Agency.id))) or 0
    return EVERYBODY if len(set(ids)) >= known else Units(frozenset(ids))
