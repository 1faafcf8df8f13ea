"""Whose date a change of days off would move: for the preview, and for apologies afterwards.

A receipt that was given keeps its date whatever is decided later; these lists say what the
date would be if it were counted anew. Reads only, but for drafts of apologies.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content.calendar.days import next_working_day
from content.calendar.working import WorkingCalendar
from content.dossiers.apologies import ApologyService
from content.dossiers.clock import counted
from content.dossiers.locking import lock
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal
from content.dossiers.states import CLOCK_RUNS, CLOCK_STOPPED, Status
from content.dossiers.waiting import DossierPause
from content.words import local

OPEN = CLOCK_RUNS | CLOCK_STOPPED
#: Dossiers that are counted anew for one preview; a list says so where there are more.
LOOK = 3_000
#: A date may move past the changed day by earlier changes; nothing moves further.
SLACK = timedelta(days=31)


@dataclass(frozen=True)
class MovedDate:
    """A dossier, the date it has, and the date it would have."""

    dossier: Dossier
    old: date
    new: date

    @property
    def is_later(self) -> bool:
        """Whether only an apology could give the applicant that date."""
        return self.new > self.old

    @property
    def is_kept(self) -> bool:
        """Whether an earlier change is undone: counted anew, the date is the promised one."""
        return self.new == self.old


@dataclass(frozen=True)
class MovedDates:
    """The dossiers, soonest first; ``looked`` were counted, ``is_all`` that is all of them."""

    rows: tuple[MovedDate, ...]
    looked: int
    is_all: bool

    def promised_on(self, days: Collection[date]) -> int:
        """How many were promised for one of these days."""
        return sum(one.old in days for one in self.rows)


def moved_by(
    session: Session,
    now: datetime,
    before: WorkingCalendar,
    after: WorkingCalendar,
    days: Sequence[date],
    *,
    look: int = LOOK,
) -> MovedDates:
    """Open dossiers whose date differs when counted with ``after`` instead of ``before``,
    both taken as if always known; ``days`` are those in which they differ."""
    if not days:
        return MovedDates((), 0, is_all=True)
    found = _open(session, min(days), max(days), look + 1)
    waits = _pauses(session, found[:look])
    rows = []
    for one in found[:look]:
        pauses = [pause.as_pause() for pause in waits.get(one.id, ())]
        was = counted(before.with_days(before.days.values()), one, pauses, now)
        new = counted(after, one, pauses, now)
        if was and new and was.due_date != new.due_date and one.due_date is not None:
            rows.append(MovedDate(one, one.due_date, new.due_date))
    return MovedDates(tuple(rows), len(found[:look]), is_all=len(found) <= look)


def kept_dates(session: Session, now: datetime, calendar: WorkingCalendar) -> MovedDates:
    """Open dossiers whose date stays as the calendar was when they were received, although
    the calendar of today would give another one."""
    changes = [one for one in calendar.history if one.since or one.until]
    if not changes:
        return MovedDates((), 0, is_all=True)
    days = [one.day.date for one in changes]
    found = [
        one
        for one in _open(session, min(days), max(days), LOOK + 1)
        if one.clock_from is not None and calendar.as_known_at(one.clock_from) is not calendar
    ]
    waits = _pauses(session, found[:LOOK])
    rows = []
    today = calendar.with_days(calendar.days.values())
    for one in found[:LOOK]:
        pauses = [pause.as_pause() for pause in waits.get(one.id, ())]
        new = counted(today, one, pauses, now)
        if new and one.due_date and new.due_date != one.due_date:
            rows.append(MovedDate(one, one.due_date, new.due_date))
    return MovedDates(tuple(rows), len(found[:LOOK]), is_all=len(found) <= LOOK)


def prepare_apologies(service: ApologyService, rows: Sequence[MovedDate]) -> list[Proposal]:
    """A draft of an apology for each dossier that would be due later, with the new date in
    it; its officer writes the reason, its leader signs. Where none may come in time, or one
    is there, nothing is prepared."""
    return [one for row in rows for one in _prepared(service, row)]


def _prepared(service: ApologyService, row: MovedDate) -> Iterator[Proposal]:
    dossier = row.dossier
    lock(service.session, dossier)
    if not row.is_later or dossier.status is not Status.IN_PROGRESS:
        return
    today = local(service.now).date()
    day = row.new if row.new > today else next_working_day(service.calendar_for(dossier), today)
    draft = service.prepare(dossier, new_due=day)
    if draft is not None:
        yield draft


def _open(session: Session, first: date, last: date, limit: int) -> list[Dossier]:
    """Open dossiers whose limit may run over days from ``first`` to ``last``."""
    begun = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    query = (
        select(Dossier)
        .options(selectinload(Dossier.agency))
        .where(
            Dossier.status.in_(OPEN),
            Dossier.due_date >= first - SLACK,
            Dossier.clock_from < begun,
        )
        .order_by(Dossier.due_date, Dossier.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def _pauses(session: Session, dossiers: Sequence[Dossier]) -> dict[int, list[DossierPause]]:
    """Those that ended: the date that is held knows nothing of a wait that still goes on, so
    that counting it would take waiting for a change of the calendar."""
    found: dict[int, list[DossierPause]] = {}
    ids = [one.id for one in dossiers]
    ended = DossierPause.ends_at.is_not(None)
    for start in range(0, len(ids), 500):
        some = DossierPause.dossier_id.in_(ids[start : start + 500])
        for pause in session.scalars(select(DossierPause).where(some, ended)):
            found.setdefault(pause.dossier_id, []).append(pause)
    return found
