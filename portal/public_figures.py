"""Public figures as pages and programs ask for them, and this month's, kept for ten minutes.

The home page shows three of them; it must not count dossiers each time it is made.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pyramid.request import Request

from content.calendar.store import load_calendar
from content.figures.periods import Span, month_of
from content.figures.public import total
from content.figures.question import Question
from content.figures.settling import Settling
from content.words import local

LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class OfMonth:
    """What happened in a month so far, counted ``at``."""

    span: Span
    settling: Settling
    at: datetime

    @property
    def new(self) -> int:
        """Dossiers received in the month itself."""
        return self.settling.online + self.settling.other_channels


class KeptMonth:
    """The figures of this month that this process knows."""

    def __init__(self) -> None:
        self._known: OfMonth | None = None

    def of(self, request: Request) -> OfMonth:
        """Counted anew after ten minutes, and in a new month."""
        span, known = month_of(local(request.now).date()), self._known
        if known and known.span == span and known.at <= request.now < known.at + LIFE:
            return known
        # Two who come at once count twice and keep the same; nobody waits for the other.
        made = OfMonth(span, total(question(request, span)), request.now)
        self._known = made
        return made


def question(request: Request, span: Span) -> Question:
    """Of the whole authority."""
    today = local(request.now).date()
    return Question(request.db, span.until(today), today, load_calendar(request.db))


def of_month(request: Request) -> OfMonth:
    """This month's figures."""
    kept: KeptMonth = request.registry["public_figures"]
    return kept.of(request)


def provide(registry: Any) -> None:
    """What this process keeps."""
    registry["public_figures"] = KeptMonth()
