"""The tables of the book of work: entries, what happened to them, their files."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Index, Integer, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.agencies.models import Agency
from content.errors import InvalidTransition
from content.files.model import StoredFile
from content.orm import Base, Document, Id, Versioned, by_value, reference
from content.people.models import MAX_NAME, Account

MAX_TITLE = 300
MAX_KEY = 40
MAX_REMARK = 4_000
MAX_FILE_NAME = 255
#: Files of one entry.
MAX_FILES = 30


class WorkStatus(StrEnum):
    """How far an entry is."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_finished(self) -> bool:
        """Nothing is to be done any more."""
        return self in FINISHED


FINISHED = (WorkStatus.DONE, WorkStatus.DROPPED)
STATUS_NAMES = {
    WorkStatus.OPEN: "Chưa làm",
    WorkStatus.DOING: "Đang làm",
    WorkStatus.DONE: "Đã xong",
    WorkStatus.DROPPED: "Không làm nữa",
}


class WorkAct(StrEnum):
    """What happened to an entry."""

    BEGUN = "begun"
    CHANGED = "changed"
    REMARKED = "remarked"
    FILE_DROPPED = "file_dropped"
    REMINDED = "reminded"
    NOT_REMINDED = "not_reminded"


class WorkEntry(Versioned, Base):
    """One line of the book. ``number`` runs by kind and year, never given twice.

    ``values`` are the fields of its kind (``kinds.py``) as text. ``key`` is drawn when its form
    is opened, so that a second press finds the first one's entry; ``only_key`` is set for kinds
    that a unit has once a year. ``reminded_for`` is the due day that the owner was told of.
    """

    __tablename__ = "work_entry"
    __table_args__ = (
        UniqueConstraint("kind", "year", "number"),
        Index("ix__work_entry__due", "status", "due_on"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    kind: Mapped[str] = mapped_column(String(MAX_KEY))
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    only_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    agency_id: Mapped[int] = reference("agency.id")
    owner_id: Mapped[int | None] = reference("account.id")
    parent_id: Mapped[int | None] = reference("work_entry.id")
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    #: Title and fields, folded, for finding.
    words: Mapped[str] = mapped_column(Text)
    values: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    due_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[WorkStatus] = mapped_column(by_value(WorkStatus))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    reminded_for: Mapped[date | None] = mapped_column(Date)
    #: Acts so far; so each of them makes a new revision, a remark as well.
    touched: Mapped[int] = mapped_column(Integer, default=0)

    agency: Mapped[Agency] = relationship()
    owner: Mapped[Account | None] = relationship()
    parent: Mapped["WorkEntry | None"] = relationship(
        remote_side="WorkEntry.id", back_populates="children"
    )
    children: Mapped[list["WorkEntry"]] = relationship(
        back_populates="parent", order_by="WorkEntry.id"
    )
    events: Mapped[list["WorkEvent"]] = relationship(order_by="WorkEvent.id")
    files: Mapped[list["WorkFile"]] = relationship(order_by="WorkFile.id")

    def is_archived(self, this_year: int) -> bool:
        """Whether it is finished and its year is over: nothing of it changes any more."""
        return self.status.is_finished and self.year < this_year


class WorkEvent(Base):
    """What somebody did to an entry, or said about it; written once.

    ``changes`` lists ``[label, before, after]`` in words. Without an actor the portal did it.
    """

    __tablename__ = "work_event"

    id: Mapped[Id]
    entry_id: Mapped[int] = reference("work_entry.id")
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = reference("account.id")
    actor_name: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    act: Mapped[WorkAct] = mapped_column(by_value(WorkAct))
    text: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[list[Any]] = mapped_column(Document, default=list)


class WorkFile(Base):
    """A file of an entry; ``token`` stands in its address."""

    __tablename__ = "work_file"

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    entry_id: Mapped[int] = reference("work_entry.id")
    file_id: Mapped[int] = reference("stored_file.id")
    name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship(lazy="joined")


@event.listens_for(WorkEvent, "before_update")
@event.listens_for(WorkEvent, "before_delete")
def _written_once(_mapper: Mapper[Any], _connection: Any, line: WorkEvent) -> None:
    raise InvalidTransition("words_stay", line=line.id)
