"""The clock of a received dossier: its due date counted again after waiting or an apology.

Pure of status: who moves a dossier calls :func:`recount` afterwards. The date of the
receipt slip, ``promised_date``, never changes; an apology moves ``due_date`` and not
``lawful_date``, by which reports judge lateness; while a dossier waits for its applicant
(:func:`stand_still`) there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from content.agencies.models import Agency
from content.calendar.days import effective_receipt, working_days_between
from content.calendar.due import compute_due
from content.calendar.explain import due_document
from content.calendar.model import DueDate, Limit, LimitUnit
from content.calendar.pauses import Pause, with_pauses
from content.calendar.working import WorkingCalendar
from content.dossiers.deadlines import calendar_of
from content.dossiers.models import Dossier
from content.words import local


@dataclass(frozen=True)
class Then:
    """What the clock asks of a dossier, as it was at an earlier instant."""

    agency: Agency
    time_limit: dict[str, Any] | None
    received_at: datetime | None
    promised_date: date | None
    clock_from: datetime | None
    due_date: date | None
    extended_to: date | None
    extended_at: datetime | None


def counted(
    calendar: WorkingCalendar,
    dossier: Dossier | Then,
    pauses: Sequence[Pause],
    as_of: datetime | None = None,
) -> DueDate | None:
    """The due date from ``clock_from`` with its pauses, or from the apology's new date on.

    ``None`` for a dossier without an appointment. Open pauses last until ``as_of``; without
    it they raise ``Invalid``.
    """
    if dossier.clock_from is None or dossier.due_date is None:
        return None
    # Days off and hours decided since then move no receipt that was given (domain: a change
    # after a receipt does not move its date).
    since = dossier.clock_from
    hours = calendar_of(calendar.as_known_at(since), dossier.agency, since)
    base = _base(calendar, hours, dossier, since)
    if base is None:
        return None
    if _apology_holds(dossier):
        assert dossier.extended_to is not None
        assert dossier.extended_at is not None
        base = _until(hours, base, dossier.extended_to)
        since = dossier.extended_at
    counting = [one for one in pauses if one.ends_at is None or one.ends_at > since]
    return with_pauses(hours, base, counting, as_of) if counting else base


def _base(
    calendar: WorkingCalendar, hours: WorkingCalendar, dossier: Dossier | Then, since: datetime
) -> DueDate | None:
    """The due date of the limit alone. A dossier of an older system may have a promised day and
    no limit of ours: it has the working days up to that day, from the receipt and anew."""
    limit, received = dossier.time_limit, dossier.received_at
    if limit is not None:
        return compute_due(hours, since, Limit.of(limit["value"], limit["unit"]))
    if received is None or dossier.promised_date is None:
        return None
    then = calendar_of(calendar.as_known_at(received), dossier.agency, received)
    first = effective_receipt(then, received).date()
    given = max(1, working_days_between(then, first, dossier.promised_date))
    base = compute_due(hours, since, Limit.of(given, LimitUnit.WORKING_DAY))
    # From the receipt itself it is the promised day, be it worked or not.
    return _until(hours, base, dossier.promised_date) if since == received else base


def recount(calendar: WorkingCalendar, dossier: Dossier, pauses: Sequence[Pause]) -> None:
    """Write the due date and its ledger anew; a dossier without an appointment stays so."""
    due = counted(calendar, dossier, pauses)
    if due is not None:
        dossier.due_date = due.due_date
        keeps_hour = bool((dossier.time_limit or {}).get("keeps_hour"))
        dossier.due_at = due.due_at_keep_hour if keeps_hour else due.due_at
        dossier.due_ledger = due_document(due)
        by_law = counted(calendar, _without_apology(dossier), pauses)
        dossier.lawful_date = by_law.due_date if by_law else due.due_date


def stand_still(dossier: Dossier, at: datetime) -> None:
    """The clock of a dossier that waits has no day to be late after, until it is counted anew;
    one that was late before it began to wait stays so."""
    if dossier.lawful_date is not None and local(at).date() <= dossier.lawful_date:
        dossier.lawful_date = None


def _without_apology(dossier: Dossier) -> Then:
    return Then(
        agency=dossier.agency,
        time_limit=dossier.time_limit,
        received_at=dossier.received_at,
        promised_date=dossier.promised_date,
        clock_from=dossier.clock_from,
        due_date=dossier.due_date,
        extended_to=None,
        extended_at=None,
    )


def _apology_holds(dossier: Dossier | Then) -> bool:
    """Whether the apology's date counts: a supplement since then began the limit anew."""
    if dossier.extended_to is None or dossier.extended_at is None:
        return False
    return dossier.clock_from is not None and dossier.extended_at >= dossier.clock_from


def _until(hours: WorkingCalendar, base: DueDate, day: date) -> DueDate:
    closing = hours.closing(day)
    return replace(base, due_date=day, due_at=closing, due_at_keep_hour=closing, unrolled_date=day)
