"""Large exports: lists of dossiers that are ordered on a page and written by the worker.

The row says what was asked for, how far it is, and which file came of it. What it counts
and in which order is fixed when it is ordered, so that making it again gives the same rows.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit, outbox
from content.figures.lists import Narrowed
from content.figures.scope import Units
from content.figures.settling import Period
from content.figures.which import Which
from content.files.model import StoredFile
from content.orm import Base, Id, by_value, reference
from content.people.models import Account
from content.procedures.kinds import Channel, Level

#: The kind of its outbox job; the payload names the row.
JOB = "report_export"
#: How long a file full of names lies about.
KEPT = timedelta(days=7)
#: The newest that a person sees of their own.
SHOWN = 20


class ExportState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class ReportExport(Base):
    """One export. ``units`` are the ids counted, ``None`` for all, as the officer saw them
    when it was ordered; ``which`` and what stands below it are those of ``lists.Narrowed``."""

    __tablename__ = "report_export"

    id: Mapped[Id]
    which: Mapped[str] = mapped_column(String(60))
    sector_id: Mapped[int | None] = reference("sector.id", index=False)
    level: Mapped[Level | None] = mapped_column(by_value(Level))
    procedure_id: Mapped[int | None] = reference("procedure.id", index=False)
    channel: Mapped[Channel | None] = mapped_column(by_value(Channel))
    unit_id: Mapped[int | None] = reference("agency.id", index=False)
    holder_id: Mapped[int | None] = reference("account.id", index=False)
    first: Mapped[date] = mapped_column("first_day", Date)
    last: Mapped[date] = mapped_column("last_day", Date)
    units: Mapped[list[Any] | None]
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[ExportState] = mapped_column(by_value(ExportState))
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str | None] = mapped_column(String(200))
    file_id: Mapped[int | None] = reference("stored_file.id")
    asked_by_id: Mapped[int] = reference("account.id")
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]

    file: Mapped[StoredFile | None] = relationship(lazy="select")

    @property
    def narrowed(self) -> Narrowed:
        """The list it is of."""
        return Narrowed(
            Which(self.which),
            Period(self.first, self.last),
            Units(None if self.units is None else frozenset(self.units)),
            sector_id=self.sector_id,
            level=self.level,
            procedure_id=self.procedure_id,
            channel=self.channel,
            unit_id=self.unit_id,
            holder_id=self.holder_id,
        )

    @property
    def is_busy(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in {ExportState.WAITING, ExportState.MAKING}


@dataclass(frozen=True)
class Asked:
    """What an export is to list; ``total`` is how many there were when it was asked for."""

    narrowed: Narrowed
    title: str
    total: int


def order(session: Session, officer: Account, asked: Asked, now: datetime) -> ReportExport:
    """Ask for an export; the worker writes it after commit. The same one that is still being
    made is not ordered twice."""
    for one in exports_of(session, officer):
        if one.is_busy and one.narrowed == asked.narrowed:
            return one
    wanted = asked.narrowed
    made = ReportExport(
        which=wanted.which.value,
        sector_id=wanted.sector_id,
        level=wanted.level,
        procedure_id=wanted.procedure_id,
        channel=wanted.channel,
        unit_id=wanted.unit_id,
        holder_id=wanted.holder_id,
        first=wanted.period.first,
        last=wanted.period.last,
        units=None if wanted.units.ids is None else sorted(wanted.units.ids),
        title=asked.title,
        state=ExportState.WAITING,
        total=asked.total,
        done=0,
        asked_by_id=officer.id,
        asked_at=now,
    )
    session.add(made)
    # The job names the row.
    session.flush()
    key = f"report_export:{made.id}"
    outbox.enqueue(session, JOB, key, now=now, payload={"export": made.id})
    # Names of many people leave the house with it.
    audit.record(
        session,
        now=now,
        actor_id=officer.id,
        action="report.export",
        subject=key,
        which=wanted.which.value,
        total=asked.total,
    )
    return made


def exports_of(session: Session, officer: Account) -> list[ReportExport]:
    """An officer's own, the newest first."""
    query = (
        select(ReportExport)
        .where(ReportExport.asked_by_id == officer.id)
        .order_by(ReportExport.id.desc())
        .limit(SHOWN)
    )
    return list(session.scalars(query))


def forget(session: Session, now: datetime) -> int:
    """Delete exports older than a week, with their files; how many there were. The sweeper
    takes the bytes."""
    found = list(session.scalars(select(ReportExport).where(ReportExport.asked_at < now - KEPT)))
    for one in found:
        file = one.file
        session.delete(one)
        if file is not None:
            session.delete(file)
    return len(found)
