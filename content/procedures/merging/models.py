"""Imports from elsewhere: each run, the last national wording, the queue of differences."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.orm import Base, Document, Id, by_value, reference
from content.procedures.kinds import Level
from content.procedures.merging.threeway import Kind
from content.procedures.models import Procedure

MAX_FILE_NAME = 255
MAX_LABEL = 300


class Source(StrEnum):
    """Whose file it is: our own, to change drafts, or the national one, to compare with."""

    OWN = "own"
    NATIONAL = "national"


class RunState(StrEnum):
    """Where a run stands. Nothing but the run itself is written before ``running``."""

    CHECKING = "checking"
    REFUSED = "refused"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_busy(self) -> bool:
        """Whether the worker has it."""
        return self in {RunState.CHECKING, RunState.RUNNING}


class Decision(StrEnum):
    """What became of a difference; ``replaced`` by what a later import says."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"


class ImportRun(Base):
    """One file, looked at and perhaps taken in. ``report`` is what the page shows."""

    __tablename__ = "import_run"

    id: Mapped[Id]
    source: Mapped[Source] = mapped_column(by_value(Source))
    state: Mapped[RunState] = mapped_column(by_value(RunState))
    file_id: Mapped[int | None] = reference("stored_file.id", ondelete="SET NULL", index=False)
    file_name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))
    label: Mapped[str] = mapped_column(String(MAX_LABEL), default="")
    report: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    created_by: Mapped[int | None] = reference("account.id", index=False)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ImportBase(Base):
    """What the national catalogue last said of a procedure, ours or not."""

    __tablename__ = "import_base"
    __table_args__ = (UniqueConstraint("identity", "level"),)

    id: Mapped[Id]
    identity: Mapped[str] = mapped_column(Text)
    level: Mapped[Level] = mapped_column(by_value(Level))
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    imported_at: Mapped[datetime]


class ImportDifference(Base):
    """One unit to decide about. A procedure we do not have has no ``procedure``; one that
    the national catalogue names no more ``is_gone``."""

    __tablename__ = "import_difference"
    __table_args__ = (Index("ix__import_difference__queue", "state", "procedure_id"),)

    id: Mapped[Id]
    run_id: Mapped[int] = reference("import_run.id", ondelete="CASCADE")
    procedure_id: Mapped[int | None] = reference("procedure.id", ondelete="CASCADE")
    identity: Mapped[str] = mapped_column(Text)
    level: Mapped[Level] = mapped_column(by_value(Level))
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    part: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[list[Any]] = mapped_column(Document)
    base: Mapped[Any] = mapped_column(Document, nullable=True)
    ours: Mapped[Any] = mapped_column(Document, nullable=True)
    theirs: Mapped[Any] = mapped_column(Document, nullable=True)
    state: Mapped[Decision] = mapped_column(by_value(Decision), default=Decision.OPEN)
    is_gone: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    decided_by: Mapped[int | None] = reference("account.id", index=False)
    decided_at: Mapped[datetime | None]

    procedure: Mapped[Procedure | None] = relationship(lazy="select")
    run: Mapped[ImportRun] = relationship(lazy="select")
