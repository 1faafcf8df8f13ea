"""A decision while it is being prepared: the rows only, nothing of it is in force.

``preparing.py`` fills them and ``publishing.py`` turns them into a publication decision;
then ``decision_id`` is set and the rows do not change any more.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.files.model import StoredFile
from content.orm import Base, BigId, Document, Id, Versioned, by_value, reference
from content.procedures.deadlines import Publisher
from content.procedures.decisions import PublicationDecision
from content.procedures.kinds import EntryKind
from content.procedures.models import Procedure, ProcedureVersion

MAX_NUMBER = 100
MAX_LINE = 300
MAX_SUMMARY = 2000


class PreparedDecision(Versioned, Base):
    """What a clerk copies from the signed paper, or plans before it is signed.

    A planned decision has no number and no day of signing yet, only the day on which it
    shall take effect. ``writers`` are the accounts that wrote in it, ``updated_by`` the last.
    """

    __tablename__ = "prepared_decision"

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(MAX_NUMBER), default="")
    signed_on: Mapped[date | None] = mapped_column(Date)
    agency: Mapped[str] = mapped_column(String(MAX_LINE))
    signer: Mapped[str | None] = mapped_column(String(MAX_LINE))
    summary: Mapped[str | None] = mapped_column(Text)
    effective_on: Mapped[date | None] = mapped_column(Date)
    publisher: Mapped[Publisher] = mapped_column(by_value(Publisher))
    shortened: Mapped[bool] = mapped_column(Boolean, default=False)
    issued_on: Mapped[date | None] = mapped_column(Date)
    file_id: Mapped[int | None] = reference("stored_file.id")
    writers: Mapped[list[Any]] = mapped_column(Document, default=list)
    author_id: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(BigId)
    decision_id: Mapped[int | None] = reference("publication_decision.id")

    file: Mapped[StoredFile | None] = relationship(lazy="select")
    decision: Mapped[PublicationDecision | None] = relationship(lazy="select")
    lines: Mapped[list["PreparedLine"]] = relationship(
        back_populates="prepared", order_by="PreparedLine.id", cascade="all, delete-orphan"
    )

    @property
    def in_force_from(self) -> date | None:
        """The day from which its lines hold, unless a line says otherwise; ``None`` while
        neither that nor the day of signing is known."""
        return self.effective_on or self.signed_on

    @property
    def is_planned(self) -> bool:
        """Whether it is not signed yet."""
        return self.signed_on is None

    @property
    def label(self) -> str:
        """What people call it: its number, else that it has none yet."""
        return self.number or f"dự kiến số {self.id}"


class PreparedLine(Base):
    """One line: what will happen to one procedure. ``version`` is the draft to publish."""

    __tablename__ = "prepared_line"
    __table_args__ = (UniqueConstraint("prepared_id", "procedure_id"),)

    id: Mapped[Id]
    prepared_id: Mapped[int] = reference("prepared_decision.id", ondelete="CASCADE", index=False)
    procedure_id: Mapped[int] = reference("procedure.id")
    kind: Mapped[EntryKind] = mapped_column(by_value(EntryKind))
    effective_on: Mapped[date | None] = mapped_column(Date)
    version_id: Mapped[int | None] = reference("procedure_version.id", ondelete="SET NULL")
    replaced_by_id: Mapped[int | None] = reference("procedure.id")

    prepared: Mapped[PreparedDecision] = relationship(back_populates="lines", lazy="joined")
    procedure: Mapped[Procedure] = relationship(foreign_keys=[procedure_id], lazy="select")
    replaced_by: Mapped[Procedure | None] = relationship(
        foreign_keys=[replaced_by_id], lazy="select"
    )
    version: Mapped[ProcedureVersion | None] = relationship(lazy="select")

    @property
    def in_force_from(self) -> date | None:
        """Its own date, else that of the decision."""
        return self.effective_on or self.prepared.in_force_from
