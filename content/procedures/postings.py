"""Whether every procedure in force is made public in the three compulsory places.

NĐ 63/2010/NĐ-CP art. 17: the national database, the board of the office, the portal.
Derived, never written: the database from the day a decision was entered, the board from
what a desk acknowledged, the portal from the publication itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.kinds import EntryKind, Status
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.notified import LEVELS_OF, Acknowledgement
from content.procedures.standing import today


class Place(StrEnum):
    """The compulsory places."""

    DATABASE = "database"
    BOARD = "board"
    PORTAL = "portal"


@dataclass(frozen=True)
class Posted:
    """A procedure at one desk: since when it is public in each place."""

    procedure_id: int
    code: str | None
    name: str
    address: str
    decision: str
    version: int
    dates: dict[Place, date | None]

    @property
    def is_complete(self) -> bool:
        """Whether it is public everywhere."""
        return all(self.dates.values())


@dataclass(frozen=True)
class Check:
    """All procedures in force that a desk receives."""

    agency: Agency
    rows: tuple[Posted, ...]

    def count(self, place: Place) -> int:
        """How many are public in a place."""
        return sum(1 for row in self.rows if row.dates[place])

    @property
    def complete(self) -> int:
        """How many are public in all three."""
        return sum(1 for row in self.rows if row.is_complete)

    @property
    def percent(self) -> int:
        """Whole percent of complete ones, rounded down; 100 means all."""
        return self.complete * 100 // len(self.rows) if self.rows else 100


def check(session: Session, agency: Agency) -> Check:
    """The check of one desk."""
    return Check(agency, tuple(_rows(session, agency)))


def _rows(session: Session, agency: Agency) -> Iterator[Posted]:
    answers = select(Acknowledgement.decision_id, Acknowledgement.posted_on)
    of_desk = session.execute(answers.where(Acknowledgement.agency_id == agency.id))
    posted: dict[int, date] = {row.decision_id: row.posted_on for row in of_desk}
    seen: set[int] = set()
    for row in session.execute(_IN_FORCE.where(Procedure.level.in_(LEVELS_OF[agency.kind]))):
        if row.Procedure.id in seen:
            continue
        seen.add(row.Procedure.id)
        procedure, version = row.Procedure, row.published_at
        yield Posted(
            procedure_id=procedure.id,
            code=procedure.code,
            name=procedure.name,
            address=procedure.address,
            decision=row.number,
            version=row.version,
            dates={
                Place.DATABASE: row.entered_on,
                Place.BOARD: posted.get(row.decision_id),
                Place.PORTAL: today(version) if version else None,
            },
        )


_IN_FORCE = (
    select(
        Procedure,
        ProcedureVersion.published_at,
        ProcedureVersion.number.label("version"),
        PublicationDecision.id.label("decision_id"),
        PublicationDecision.number,
        PublicationDecision.entered_on,
    )
    .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
    .join(
        PublicationEntry,
        and_(
            PublicationEntry.version_id == ProcedureVersion.id,
            PublicationEntry.kind.in_([EntryKind.NEW, EntryKind.AMENDED]),
        ),
    )
    .join(PublicationDecision, PublicationDecision.id == PublicationEntry.decision_id)
    .where(Procedure.status == Status.IN_FORCE)
    .order_by(Procedure.name_sort, Procedure.id, PublicationEntry.id.desc())
)
