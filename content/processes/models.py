"""Versions of internal processes. ``service.py`` alone writes them; published, they stay."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.errors import InvalidTransition
from content.orm import Base, Document, Id, Versioned, by_value, reference
from content.people.models import MAX_NAME, Account
from content.procedures.models import Procedure
from content.processes.graph import Graph

MAX_CODE = 60
MAX_WORDS = 4_000
#: How long the last internal step may be taken back where a process says nothing else.
UNDO_MINUTES = 30
MAX_UNDO_MINUTES = 480


class ProcessState(StrEnum):
    """A version is worked on, then holds as it is."""

    DRAFT = "draft"
    PUBLISHED = "published"


class ProcessVersion(Versioned, Base):
    """One version of the process of a procedure, or of one of its cases (else ``""``).

    ``number`` is the "lần ban hành". ``steps`` see ``graph.Step``; ``words`` the parts of the
    sheet written by hand, by the keys of ``sheet.PARTS``. Until ``undo_minutes`` have passed
    the last internal step may be taken back. ``limit_words`` is the limit on the day of
    publication, ``drafted_by`` who saved it last. Dossiers keep the version they began with.
    """

    __tablename__ = "process_version"
    __table_args__ = (
        UniqueConstraint("procedure_id", "case_name", "number"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
        CheckConstraint("undo_minutes BETWEEN 0 AND 480", name="undo_minutes"),
    )

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", index=False)
    case: Mapped[str] = mapped_column("case_name", Text, default="")
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[ProcessState] = mapped_column(by_value(ProcessState), default=ProcessState.DRAFT)
    code: Mapped[str] = mapped_column(String(MAX_CODE))
    steps: Mapped[list[Any]] = mapped_column(Document)
    words: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    undo_minutes: Mapped[int] = mapped_column(Integer, default=UNDO_MINUTES)
    changes: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    reviewer: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    approver: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    effective_on: Mapped[date | None] = mapped_column(Date)
    limit_words: Mapped[str] = mapped_column(Text, default="")
    drafted_by_id: Mapped[int] = reference("account.id")
    saved_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = reference("account.id")
    published_at: Mapped[datetime | None]

    procedure: Mapped[Procedure] = relationship()
    drafted_by: Mapped[Account] = relationship(foreign_keys=[drafted_by_id])
    published_by: Mapped[Account | None] = relationship(foreign_keys=[published_by_id])

    @property
    def graph(self) -> Graph:
        """Its steps as values."""
        return Graph.of(self.steps)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state is ProcessState.DRAFT


@event.listens_for(ProcessVersion, "before_update")
@event.listens_for(ProcessVersion, "before_delete")
def _published_stays(_mapper: Mapper[Any], _connection: Any, version: ProcessVersion) -> None:
    state = inspect(version).attrs.state.history
    before = state.deleted or state.unchanged or ()
    if ProcessState.PUBLISHED in before:
        raise InvalidTransition("process_published", process=version.id)
