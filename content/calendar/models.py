"""The table of days off and make-up days that an administrator keeps.

A change here never moves the date of a receipt already given: dossiers store theirs.
"""

import datetime

from sqlalchemy import Boolean, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.calendar.working import CalendarDay, DayKind
from content.orm import Base, Id, Versioned, by_value


class CalendarEntry(Versioned, Base):
    """One day that differs from its weekday."""

    __tablename__ = "calendar_entry"

    id: Mapped[Id]
    date: Mapped[datetime.date] = mapped_column(Date, unique=True)
    kind: Mapped[DayKind] = mapped_column(by_value(DayKind))
    name: Mapped[str] = mapped_column(String(200))
    legal_basis: Mapped[str] = mapped_column(String(400), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_provisional: Mapped[bool] = mapped_column(Boolean, default=False)

    def as_day(self) -> CalendarDay:
        """The value the rules work with."""
        return CalendarDay(self.date, self.kind, self.name, self.legal_basis, self.is_provisional)
