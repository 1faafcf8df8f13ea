"""Hand-overs: every passing on of a dossier inside the house, a line of the control slip each.

NĐ 61/2018/NĐ-CP art. 18, TT 01/2018/TT-VPCP form 05. Lines are never deleted; afterwards only
the receiver's signature, or that the giver took it back, is added. ``routing.py`` and
``handing_back.py`` write them.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
    select,
    text,
)
from sqlalchemy import inspect as inspect_row
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.errors import InvalidTransition
from content.orm import Base, Id, by_value, reference
from content.people.models import MAX_NAME

MAX_UNIT = 300
MAX_NOTE = 2_000


class Punctuality(StrEnum):
    """How the work of a unit ended against its limit; written by the receiver."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class HandOverKind(StrEnum):
    """Why it is passed on: from the desk, to the next step, to an earlier one, to somebody
    else at the same step, back to the desk at the end."""

    TRANSFER = "transfer"
    FORWARD = "forward"
    BACK = "back"
    ASSIGN = "assign"
    TO_DESK = "to_desk"


#: The giver may take these back while nothing followed; a transfer changes the status.
MAY_BE_TAKEN_BACK = frozenset({HandOverKind.FORWARD, HandOverKind.BACK, HandOverKind.ASSIGN})


class HandOver(Base):
    """One hand-over: who gave what step, done how, and who has the next.

    ``number`` counts from 1 within the dossier. ``from_minutes`` are the working minutes that
    the giver's step took, without waiting for the applicant; ``outcome`` how that ended
    against ``from_due_at``, ``None`` where the step had no limit. ``due_at`` is the limit of
    the receiver's step as counted on that day. ``to_person_id`` is empty for a unit without a
    named person; ``taken_at`` until somebody has signed. ``event_number`` is its line in the
    dossier's log.
    """

    __tablename__ = "hand_over"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        CheckConstraint("from_minutes >= 0", name="minutes"),
        CheckConstraint("taken_at IS NULL OR taken_at >= given_at", name="taken_after_given"),
        Index("ix__hand_over__step", "from_step", "given_at"),
        Index(
            "ix__hand_over__waiting",
            "dossier_id",
            postgresql_where=text("taken_at IS NULL AND undone_at IS NULL"),
            sqlite_where=text("taken_at IS NULL AND undone_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[HandOverKind] = mapped_column(by_value(HandOverKind))
    event_number: Mapped[int] = mapped_column(Integer)
    from_agency_id: Mapped[int] = reference("agency.id")
    from_name: Mapped[str] = mapped_column(String(MAX_UNIT))
    from_step: Mapped[str | None] = mapped_column(String(40))
    from_step_name: Mapped[str] = mapped_column(String(200), default="")
    from_due_at: Mapped[datetime | None]
    from_minutes: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[Punctuality | None] = mapped_column(by_value(Punctuality))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = reference("account.id")
    given_by: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    to_agency_id: Mapped[int] = reference("agency.id")
    to_name: Mapped[str] = mapped_column(String(MAX_UNIT))
    to_person_id: Mapped[int | None] = reference("account.id")
    to_person: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    to_performer: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str | None] = mapped_column(String(40))
    step_name: Mapped[str] = mapped_column(String(200), default="")
    due_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = reference("account.id")
    taken_by: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    undone_at: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship()
    to_agency: Mapped[Agency] = relationship(foreign_keys=[to_agency_id])


_ADDED_LATER = frozenset({"taken_at", "taken_by_id", "taken_by", "undone_at"})


@event.listens_for(HandOver, "before_update")
def _written_once(_mapper: Mapper[Any], _connection: Any, line: HandOver) -> None:
    state = inspect_row(line)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        had = any(one not in (None, "") for one in history.deleted or ())
        if had or (history.deleted and column.key not in _ADDED_LATER):
            raise InvalidTransition("hand_over_stays", hand_over=line.id)


@event.listens_for(HandOver, "before_delete")
def _kept(_mapper: Mapper[Any], _connection: Any, line: HandOver) -> None:
    raise InvalidTransition("hand_over_stays", hand_over=line.id)


def hand_overs_of(session: Session, dossier: Dossier) -> list[HandOver]:
    """All hand-overs of a dossier, in their order, also those taken back."""
    query = select(HandOver).where(HandOver.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(HandOver.number)))


def standing(rows: list[HandOver]) -> list[HandOver]:
    """Those that were not taken back."""
    return [one for one in rows if one.undone_at is None]


def last_hand_over(session: Session, dossier: Dossier) -> HandOver | None:
    """By which the dossier came to where it is; ``None`` while it never left the desk."""
    rows = standing(hand_overs_of(session, dossier))
    return rows[-1] if rows else None
