"""What every report is asked: which days, whose dossiers, and as of when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from content.calendar.working import WorkingCalendar
from content.figures.periods import Span
from content.figures.scope import EVERYBODY, Units
from content.figures.settling import Period


@dataclass(frozen=True)
class Question:
    """``today`` is the day on which it is asked; a period may go on after it. ``only_of`` is
    whose figures alone may be told where they are told by person (an account's id)."""

    session: Session
    span: Span
    today: date
    calendar: WorkingCalendar
    units: Units = EVERYBODY
    only_of: int | None = None

    @property
    def period(self) -> Period:
        """The days of the report."""
        return self.span.period
