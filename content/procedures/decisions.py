"""Publication decisions: the acts that give a procedure its validity (NĐ 63/2010 art. 15)."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.orm import Base, BigId, Id, by_value, reference
from content.procedures.deadlines import Publisher
from content.procedures.kinds import EntryKind
from content.procedures.models import Procedure, ProcedureVersion


class PublicationDecision(Base):
    """A signed decision. Without a stated date it takes effect on signing.

    ``issued_on`` is the day of the legal document behind a shortened decision;
    ``entered_on`` the day of its entry in the national database.
    """

    __tablename__ = "publication_decision"
    __table_args__ = (UniqueConstraint("number", "signed_on"),)

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(100))
    signed_on: Mapped[date] = mapped_column(Date)
    agency: Mapped[str] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    effective_on: Mapped[date | None] = mapped_column(Date)
    file_id: Mapped[int | None] = reference("stored_file.id")
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)
    signer: Mapped[str | None] = mapped_column(Text)
    publisher: Mapped[Publisher | None] = mapped_column(by_value(Publisher))
    shortened: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    issued_on: Mapped[date | None] = mapped_column(Date)
    entered_on: Mapped[date | None] = mapped_column(Date)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(BigId)

    entries: Mapped[list["PublicationEntry"]] = relationship(
        back_populates="decision", order_by="PublicationEntry.id", cascade="all"
    )

    @property
    def in_force_from(self) -> date:
        """The day from which its entries hold, unless an entry says otherwise."""
        return self.effective_on or self.signed_on


class PublicationEntry(Base):
    """One line of a decision: what happens to one procedure, and from when.

    ``version`` is what is published, or the last one that held when it is ended.
    """

    __tablename__ = "publication_entry"
    __table_args__ = (UniqueConstraint("decision_id", "procedure_id"),)

    id: Mapped[Id]
    decision_id: Mapped[int] = reference("publication_decision.id", index=False)
    procedure_id: Mapped[int] = reference("procedure.id")
    version_id: Mapped[int | None] = reference("procedure_version.id")
    kind: Mapped[EntryKind] = mapped_column(by_value(EntryKind))
    effective_on: Mapped[date | None] = mapped_column(Date)
    replaced_by_id: Mapped[int | None] = reference("procedure.id")

    decision: Mapped[PublicationDecision] = relationship(back_populates="entries", lazy="joined")
    procedure: Mapped[Procedure] = relationship(foreign_keys=[procedure_id], lazy="select")
    replaced_by: Mapped[Procedure | None] = relationship(
        foreign_keys=[replaced_by_id], lazy="select"
    )
    version: Mapped[ProcedureVersion | None] = relationship(lazy="select")

    @property
    def in_force_from(self) -> date:
        """Its own date, else that of the decision."""
        return self.effective_on or self.decision.in_force_from
