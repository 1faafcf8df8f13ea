"""Tables of opinions asked of other units (T18, NĐ 61/2018/NĐ-CP art. 19.5b).

What was asked and what was answered stays as it was written; a question ends once, by its
answer, by going back with a reason, or by being withdrawn.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
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
from content.dossiers.models import MAX_FILE_NAME, MAX_KEY, Dossier
from content.errors import InvalidTransition
from content.files.model import StoredFile
from content.orm import Base, Document, Id, Versioned, by_value, reference
from content.people.models import MAX_NAME

MAX_UNIT = 300
MAX_QUESTION = 4_000
MAX_ANSWER = 8_000


class OpinionState(StrEnum):
    """How a question stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    GIVEN_BACK = "given_back"
    WITHDRAWN = "withdrawn"


class Reminder(StrEnum):
    """What is told of a question's last day: the working day before, that day, afterwards."""

    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


class Opinion(Versioned, Base):
    """A question to another unit, or to one person of it.

    ``number`` counts from 1 within the dossier. ``due_date`` is the last day for the answer;
    the dossier's own clock goes on. ``papers`` are the tokens of the attachments that the
    asked unit may read while it is asked. ``answer`` is the opinion, or why the question goes
    back, or why it was withdrawn.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended_once"),
        Index("ix__opinion__open", "agency_id", "state", "due_date"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[OpinionState] = mapped_column(by_value(OpinionState))
    question: Mapped[str] = mapped_column(Text)
    papers: Mapped[list[Any]] = mapped_column(Document, default=list)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = reference("account.id")
    asked_by: Mapped[str] = mapped_column(String(MAX_NAME))
    asker_id: Mapped[int] = reference("agency.id")
    asker_name: Mapped[str] = mapped_column(String(MAX_UNIT))
    agency_id: Mapped[int] = reference("agency.id", index=False)
    agency_name: Mapped[str] = mapped_column(String(MAX_UNIT))
    person_id: Mapped[int | None] = reference("account.id")
    person: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    due_date: Mapped[date] = mapped_column(Date)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = reference("account.id")
    ended_by: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    answer: Mapped[str] = mapped_column(Text, default="")

    dossier: Mapped[Dossier] = relationship()
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    files: Mapped[list["OpinionFile"]] = relationship(
        order_by="OpinionFile.position", passive_deletes="all"
    )

    @property
    def asked_of(self) -> str:
        """The unit, with the person where one was named."""
        return f"{self.agency_name} ({self.person})" if self.person else self.agency_name


class OpinionFile(Base):
    """A file that came with an answer."""

    __tablename__ = "opinion_file"

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    opinion_id: Mapped[int] = reference("opinion.id")
    position: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[int] = reference("stored_file.id")
    name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))

    file: Mapped[StoredFile] = relationship(lazy="joined")


class OpinionReminder(Base):
    """A reminder that was given, each once for a question."""

    __tablename__ = "opinion_reminder"
    __table_args__ = (UniqueConstraint("opinion_id", "reminder"),)

    id: Mapped[Id]
    opinion_id: Mapped[int] = reference("opinion.id", index=False)
    reminder: Mapped[Reminder] = mapped_column(by_value(Reminder))
    told_at: Mapped[datetime]


_ENDS = frozenset({"state", "ended_at", "ended_by_id", "ended_by", "answer", "revision"})


@event.listens_for(Opinion, "before_update")
def _written_once(_mapper: Mapper[Any], _connection: Any, line: Opinion) -> None:
    state = inspect(line)
    changed = {
        column.key
        for column in state.mapper.column_attrs
        if state.attrs[column.key].history.has_changes()
    }
    before = state.attrs.state.history.deleted or [line.state]
    if changed - _ENDS or (changed and before[0] is not OpinionState.ASKED):
        raise InvalidTransition("opinion_stays", opinion=line.id)


@event.listens_for(Opinion, "before_delete")
@event.listens_for(OpinionFile, "before_delete")
def _kept(_mapper: Mapper[Any], _connection: Any, line: Opinion | OpinionFile) -> None:
    raise InvalidTransition("opinion_stays", opinion=line.id)
