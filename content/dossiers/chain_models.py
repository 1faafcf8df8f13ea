"""Joint handling (liên thông): the chain of a procedure and the parts of a dossier.

NĐ 61/2018/NĐ-CP arts 19.6, 19.7. The applicant has one dossier and one date; each agency has
its part with its own task and days. Hand-overs have the columns of the control slip.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.errors import InvalidTransition
from content.orm import Base, Id, Versioned, by_value, reference
from content.procedures.models import Procedure

MAX_TASK = 300
MAX_OPINION = 4_000
MAX_PERSON = 120
MAX_AGENCY = 300


class ChainOrder(StrEnum):
    """Agencies of one level work at the same time under one that leads (art. 19.6); of
    different levels one after another (art. 19.7)."""

    TOGETHER = "together"
    ONE_BY_ONE = "one_by_one"


class PartResult(StrEnum):
    """What an agency answers for its part."""

    AGREED = "agreed"
    OBJECTED = "objected"
    DONE = "done"


RESULT_NAMES = {
    PartResult.AGREED: "Đồng ý",
    PartResult.OBJECTED: "Không đồng ý",
    PartResult.DONE: "Đã làm xong",
}


class ChainTemplate(Versioned, Base):
    """The chain of one procedure. Only one ``in_use`` begins chains; changing its tasks takes
    it out of use, dossiers keep the parts they began with. ``changes`` counts changes of tasks."""

    __tablename__ = "chain_template"

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", unique=True, index=False)
    order: Mapped[ChainOrder] = mapped_column("work_order", by_value(ChainOrder))
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    in_use: Mapped[bool] = mapped_column(Boolean, default=False)
    changes: Mapped[int] = mapped_column(Integer, default=0)

    procedure: Mapped[Procedure] = relationship()
    tasks: Mapped[list["ChainTask"]] = relationship(
        back_populates="template",
        order_by="ChainTask.position",
        cascade="all, delete-orphan",
    )


class ChainTask(Base):
    """An agency's task and its working days. Without an agency it is the competent one, which
    the desk names for each dossier (phi địa giới)."""

    __tablename__ = "chain_task"
    __table_args__ = (CheckConstraint("working_days > 0", name="days"),)

    id: Mapped[Id]
    template_id: Mapped[int] = reference("chain_template.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    agency_id: Mapped[int | None] = reference("agency.id")
    task: Mapped[str] = mapped_column(String(MAX_TASK))
    working_days: Mapped[int] = mapped_column(Integer)
    leads: Mapped[bool] = mapped_column(Boolean, default=False)

    template: Mapped[ChainTemplate] = relationship(back_populates="tasks")
    agency: Mapped[Agency | None] = relationship()


class ChainPart(Versioned, Base):
    """One agency's part of a dossier (domain: sub-record).

    ``planned_due`` is fixed when the chain begins. ``given_at`` is when the dossier was handed
    to the agency, from which its own days count, ``received_at`` when it signed. ``due_date``
    is written when it ends, as it was counted then; until then it is counted when read.
    """

    __tablename__ = "chain_part"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        CheckConstraint("finished_at IS NULL OR given_at IS NOT NULL", name="given_first"),
        Index("ix__chain_part__open", "agency_id", "finished_at"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    order: Mapped[ChainOrder] = mapped_column("work_order", by_value(ChainOrder))
    agency_id: Mapped[int] = reference("agency.id", index=False)
    agency_name: Mapped[str] = mapped_column(String(MAX_AGENCY))
    task: Mapped[str] = mapped_column(String(MAX_TASK))
    working_days: Mapped[int] = mapped_column(Integer)
    leads: Mapped[bool] = mapped_column(Boolean, default=False)
    planned_due: Mapped[date] = mapped_column(Date)
    given_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    due_date: Mapped[date | None] = mapped_column(Date)
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = reference("account.id")
    finished_by: Mapped[str] = mapped_column(String(MAX_PERSON), default="")
    result: Mapped[PartResult | None] = mapped_column(by_value(PartResult))
    opinion: Mapped[str] = mapped_column(Text, default="")

    dossier: Mapped[Dossier] = relationship()
    agency: Mapped[Agency] = relationship()


class ChainHandOver(Base):
    """A hand-over between agencies of a chain, signed by both sides.

    ``to_part`` is the part it brings the dossier to; none for the way back to the desk.
    """

    __tablename__ = "chain_hand_over"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        CheckConstraint("taken_at IS NULL OR taken_at >= given_at", name="taken_after_given"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    from_agency_id: Mapped[int] = reference("agency.id")
    from_name: Mapped[str] = mapped_column(String(MAX_AGENCY))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = reference("account.id")
    given_by: Mapped[str] = mapped_column(String(MAX_PERSON), default="")
    to_agency_id: Mapped[int] = reference("agency.id")
    to_name: Mapped[str] = mapped_column(String(MAX_AGENCY))
    to_part: Mapped[int | None] = mapped_column(Integer)
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = reference("account.id")
    taken_by: Mapped[str] = mapped_column(String(MAX_PERSON), default="")
    remark: Mapped[str] = mapped_column(Text, default="")

    dossier: Mapped[Dossier] = relationship()


_ADDED_LATER = frozenset({"taken_at", "taken_by_id", "taken_by"})


@event.listens_for(ChainHandOver, "before_update")
def _written_once(_mapper: Mapper[object], _connection: object, line: ChainHandOver) -> None:
    state = inspect(line)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        had = any(one not in (None, "") for one in history.deleted or ())
        if had or (history.deleted and column.key not in _ADDED_LATER):
            raise InvalidTransition("hand_over_stays", hand_over=line.id)


@event.listens_for(ChainHandOver, "before_delete")
def _kept(_mapper: Mapper[object], _connection: object, line: ChainHandOver) -> None:
    raise InvalidTransition("hand_over_stays", hand_over=line.id)
