"""The table of days off and make-up days that an administrator keeps.

A change here never moves the date of a receipt already given: dossiers store theirs.
"""

import datetime

from sqlalchemy import Boolean, Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.calendar.working import CalendarDay, DayKind, KnownDay
from content.orm import Base, Id, Versioned, by_value, reference
from content.people.models import Account

MAX_NAME = 200
MAX_BASIS = 400


class CalendarEntry(Versioned, Base):
    """One day that differs from its weekday.

    ``counterpart`` is the other side of a swap: the Saturday worked for this day off, or the
    day off for this Saturday. ``entered_at`` is ``None`` for what a new database knew from
    the start. An entry that no longer holds is kept with ``ended_at``: receipts given while
    it held are counted with it.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (
        Index(
            "ix__calendar_entry__date",
            "date",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    date: Mapped[datetime.date] = mapped_column(Date)
    kind: Mapped[DayKind] = mapped_column(by_value(DayKind))
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    legal_basis: Mapped[str] = mapped_column(String(MAX_BASIS), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_provisional: Mapped[bool] = mapped_column(Boolean, default=False)
    counterpart: Mapped[datetime.date | None] = mapped_column(Date)
    entered_at: Mapped[datetime.datetime | None]
    entered_by_id: Mapped[int | None] = reference("account.id")
    ended_at: Mapped[datetime.datetime | None]
    ended_by_id: Mapped[int | None] = reference("account.id")

    entered_by: Mapped[Account | None] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])

    def as_day(self) -> CalendarDay:
        """The value the rules work with."""
        return CalendarDay(self.date, self.kind, self.name, self.legal_basis, self.is_provisional)

    def as_known(self) -> KnownDay:
        """The same with its time."""
        return KnownDay(self.as_day(), self.entered_at, self.ended_at)
