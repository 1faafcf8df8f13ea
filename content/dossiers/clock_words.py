"""The clock of a dossier in words, as of any instant: what was promised, when it waited and why,
which apology moved it, and what is left. For officers and applicants alike; no HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from content.calendar.clocks import Urgency, remaining_working_days, urgency
from content.calendar.model import DueDate
from content.calendar.pauses import Pause, PauseCause
from content.calendar.working import WorkingCalendar
from content.dossiers.clock import Then, counted
from content.dossiers.deadlines import calendar_of
from content.dossiers.models import Dossier
from content.dossiers.states import Action
from content.dossiers.waiting import DossierPause, pauses_of
from content.errors import Invalid
from content.words import clock_and_day, integer, local, short_date, weekday

_WAITS = {
    PauseCause.SUPPLEMENT: "chờ bổ sung giấy tờ",
    PauseCause.PAYMENT: "chờ thực hiện nghĩa vụ tài chính",
}


@dataclass(frozen=True)
class ClockTold:
    """``history`` says what happened to the date, ``now`` how it stands at ``as_of``; ``due``
    has the ledger of every day, ``None`` where there is no date."""

    as_of: datetime
    history: tuple[str, ...]
    now: str
    urgency: Urgency
    due: DueDate | None


def clock_at(
    session: Session, calendar: WorkingCalendar, dossier: Dossier, as_of: datetime
) -> ClockTold:
    """The clock as it was at an instant. Raises ``Invalid`` (``as_of``) before the reception,
    where there was no clock."""
    if dossier.received_at is None or as_of < dossier.received_at:
        raise Invalid({"as_of": "before_reception"})
    rows = [one for one in _stops(session, dossier) if one.starts_at <= as_of]
    then = _then(dossier, rows, as_of)
    due = counted(calendar, then, [_pause(one, as_of) for one in rows], as_of)
    hours = calendar_of(calendar, dossier.agency, as_of)
    end = min(as_of, dossier.finished_at or as_of)
    how = urgency(hours, due.due_date if due else None, end, then.clock_from)
    waiting = next((one for one in rows if one.ends_at is None or one.ends_at > as_of), None)
    return ClockTold(
        as_of=as_of,
        history=tuple(_history(dossier, rows, as_of)),
        now=_now(hours, dossier, due, waiting, how, end),
        urgency=how,
        due=due,
    )


def history_of(session: Session, dossier: Dossier) -> tuple[str, ...]:
    """What happened to the date until today; empty where it is still that of the receipt."""
    if dossier.received_at is None or dossier.promised_date is None:
        return ()
    told = tuple(_history(dossier, _stops(session, dossier), None))
    return told if len(told) > 1 else ()


def _stops(session: Session, dossier: Dossier) -> list[DossierPause]:
    """Those of the clock: what the desk asked for before it received the dossier stopped
    nothing."""
    begun = dossier.received_at
    return [one for one in pauses_of(session, dossier) if begun and one.starts_at >= begun]


def _then(dossier: Dossier, rows: Sequence[DossierPause], as_of: datetime) -> Then:
    begins = dossier.clock_from
    if begins is not None and begins > as_of:
        # Before the limit began anew it ran from the reception, or from an earlier supplement.
        ended = [
            one.ends_at
            for one in rows
            if one.cause is PauseCause.SUPPLEMENT and one.ends_at and one.ends_at <= as_of
        ]
        begins = max(ended) if ended else dossier.received_at
    known = dossier.extended_at is not None and dossier.extended_at <= as_of
    return Then(
        agency=dossier.agency,
        time_limit=dossier.time_limit,
        received_at=dossier.received_at,
        promised_date=dossier.promised_date,
        clock_from=begins,
        due_date=dossier.due_date,
        extended_to=dossier.extended_to if known else None,
        extended_at=dossier.extended_at if known else None,
    )


def _pause(row: DossierPause, as_of: datetime) -> Pause:
    ends = row.ends_at if row.ends_at is not None and row.ends_at <= as_of else None
    return Pause(row.starts_at, ends, row.cause)


def _history(
    dossier: Dossier, rows: Sequence[DossierPause], as_of: datetime | None
) -> Iterator[str]:
    promised = dossier.promised_date
    if promised is not None:
        yield f"Ngày hẹn trên giấy tiếp nhận: {_day(promised)}."
    told = [(one.starts_at, _waited(dossier, one, as_of)) for one in rows]
    for event in dossier.events:
        if event.action == Action.APOLOGISE_AND_EXTEND.value and (
            as_of is None or event.at <= as_of
        ):
            told.append((event.at, _apology(event.at, event.data)))
    yield from (words for _, words in sorted(told, key=lambda one: one[0]))


def _waited(dossier: Dossier, one: DossierPause, as_of: datetime | None) -> str:
    what = _WAITS[one.cause]
    if one.ends_at is None or (as_of is not None and one.ends_at > as_of):
        return f"Từ {clock_and_day(one.starts_at)}: {what}, đồng hồ dừng."
    span = f"Từ {clock_and_day(one.starts_at)} đến {clock_and_day(one.ends_at)}: {what}"
    anew = one.cause is PauseCause.SUPPLEMENT and dossier.clock_from == one.ends_at
    if anew:
        return f"{span}; khi đủ hồ sơ, thời hạn tính lại từ đầu."
    return f"{span}; thời gian này không tính."


def _apology(at: datetime, data: dict[str, object]) -> str:
    old, new = (date.fromisoformat(str(data[name])) for name in ("old_due", "new_due"))
    late = f" Nơi chậm: {data['late_unit']}." if data.get("late_unit") else ""
    return (
        f"{clock_and_day(at)}: xin lỗi, hẹn lại {_day(new)} thay cho {_day(old)}. "
        f"Thống kê vẫn so với ngày hẹn đầu.{late}"
    )


def _now(
    hours: WorkingCalendar,
    dossier: Dossier,
    due: DueDate | None,
    waiting: DossierPause | None,
    how: Urgency,
    end: datetime,
) -> str:
    if due is None:
        return "Hồ sơ không có ngày hẹn trả nên không bao giờ quá hạn."
    told = f"Hạn: {_day(due.due_date)}"
    if dossier.finished_at is not None and end == dossier.finished_at:
        late = " sau hạn" if how is Urgency.OVERDUE else " trong hạn"
        return f"{told}; đã giải quyết xong{late}."
    if waiting is not None:
        return f"{told} nếu hết chờ vào lúc này; đồng hồ đang dừng."
    left = remaining_working_days(hours, due.due_date, end)
    if how is Urgency.OVERDUE:
        days = max(-left, (local(end).date() - due.due_date).days if left == 0 else -left)
        return f"{told}; đã quá hạn {integer(days)} ngày{' làm việc' if left else ''}."
    soon = "sắp đến hạn, " if how is Urgency.DUE_SOON else ""
    return f"{told}; {soon}còn {integer(left)} ngày làm việc."


def _day(day: date) -> str:
    return f"{weekday(day)}, {short_date(day)}"
