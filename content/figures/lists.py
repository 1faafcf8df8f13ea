"""The dossiers behind a number: filters by name, counted, read page by page or in a stream.

Each number of a report that stands for dossiers leads here, so that whoever doubts it sees
which they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.dossiers.states import STATUS_NAMES, Status
from content.figures.late_reasons import CAUSE_NAMES, LateReason
from content.figures.scope import Units
from content.figures.settling import Period
from content.figures.which import Which, condition
from content.figures.whose import handler, working_unit
from content.people.models import Account
from content.procedures.kinds import Channel, Level
from content.procedures.models import Procedure, Sector

PAGE_SIZE = 50
#: Rows fetched at a time when all of them are written somewhere.
CHUNK = 1_000


@dataclass(frozen=True)
class Listed:
    """A dossier as lists and exports say it."""

    lookup_code: str
    code: str
    procedure: str
    sector: str
    applicant: str
    channel: Channel
    unit: str
    holder: str | None
    received_at: datetime
    promised: date | None
    extended_to: date | None
    finished_at: datetime | None
    status: Status
    cause: str | None
    reason: str | None
    measure: str | None

    @property
    def status_words(self) -> str:
        """The name of the national status."""
        return STATUS_NAMES[self.status]


@dataclass(frozen=True)
class Narrowed:
    """A list with everything that narrows it. ``unit_id`` and ``holder_id`` are those who
    worked on it (``whose.py``)."""

    which: Which
    period: Period
    units: Units
    sector_id: int | None = None
    level: Level | None = None
    procedure_id: int | None = None
    channel: Channel | None = None
    unit_id: int | None = None
    holder_id: int | None = None

    @property
    def fitting(self) -> ColumnElement[bool]:
        """The condition of all of it."""
        parts = [condition(self.which, self.period, self.units)]
        if self.sector_id is not None:
            parts.append(Procedure.sector_id == self.sector_id)
        if self.level is not None:
            parts.append(Procedure.level == self.level)
        if self.procedure_id is not None:
            parts.append(Dossier.procedure_id == self.procedure_id)
        if self.channel is not None:
            parts.append(Dossier.channel == self.channel)
        if self.unit_id is not None:
            parts.append(working_unit == self.unit_id)
        if self.holder_id is not None:
            parts.append(handler == self.holder_id)
        return and_(*parts)


def count(session: Session, asked: Narrowed) -> int:
    """How many there are."""
    query = select(func.count(Dossier.id)).select_from(Dossier)
    if asked.sector_id is not None or asked.level is not None:
        query = query.join(Procedure, Procedure.id == Dossier.procedure_id)
    return session.scalar(query.where(asked.fitting)) or 0


def page(session: Session, asked: Narrowed, number: int) -> list[Listed]:
    """Fifty of them, those with the oldest promise first."""
    order = (Dossier.lawful_date, Dossier.id)
    # The page first: whose a dossier is would else be asked of all that are sorted.
    ids = select(Dossier.id).join(Procedure, Procedure.id == Dossier.procedure_id)
    ids = ids.where(asked.fitting).order_by(*order)
    shown = ids.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE).subquery()
    found = _query(Dossier.id.in_(select(shown.c.id))).order_by(*order)
    return [_listed(row) for row in session.execute(found)]


def stream(session: Session, asked: Narrowed) -> Iterator[Listed]:
    """All of them, fetched a thousand at a time: none is kept here."""
    # In the order of arrival: sorting by anything else would collect them all first.
    asked_for = _query(asked.fitting).order_by(Dossier.id).execution_options(yield_per=CHUNK)
    for row in session.execute(asked_for):
        yield _listed(row)


def _query(which: ColumnElement[bool]) -> Select[Any]:
    unit = Agency.__table__.alias("unit")
    return (
        select(
            Dossier.lookup_code,
            Dossier.code,
            Dossier.procedure_name,
            Sector.name.label("sector"),
            Dossier.applicant_name,
            Dossier.channel,
            unit.c.name.label("unit"),
            Account.name.label("holder"),
            Dossier.received_at,
            Dossier.lawful_date,
            Dossier.extended_to,
            Dossier.finished_at,
            Dossier.status,
            LateReason.cause,
            LateReason.text,
            LateReason.measure,
        )
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .join(unit, unit.c.id == working_unit)
        .join(Account, Account.id == handler, isouter=True)
        .join(LateReason, LateReason.dossier_id == Dossier.id, isouter=True)
        .where(which)
    )


def _listed(row: Any) -> Listed:
    return Listed(
        lookup_code=row.lookup_code,
        code=row.code,
        procedure=row.procedure_name,
        sector=row.sector or "",
        applicant=row.applicant_name,
        channel=row.channel,
        unit=row.unit,
        holder=row.holder,
        received_at=row.received_at,
        promised=row.lawful_date,
        extended_to=row.extended_to,
        finished_at=row.finished_at,
        status=row.status,
        cause=CAUSE_NAMES[row.cause] if row.cause else None,
        reason=row.text,
        measure=row.measure,
    )
