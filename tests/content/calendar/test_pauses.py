"""Supplements and payments: counting anew, or leaving the waiting out."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar.days import working_days_between
from content.calendar.due import compute_due
from content.calendar.model import Limit, Reason
from content.calendar.pauses import (
    Pause,
    PauseCause,
    SupplementMode,
    after_supplement,
    with_pauses,
)
from content.errors import Invalid
from tests.content.calendar.strategies import (
    CALENDAR,
    calendar_limits,
    hour_limits,
    limits,
    receipts,
    working_limits,
)

PROPERTY = settings(max_examples=150)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def base(value: float, unit: str, received: str = "2026-10-05T09:00"):
    return compute_due(CALENDAR, moment(received), Limit.of(value, unit))


def waiting(start: str, end: str | None, cause: PauseCause = PauseCause.SUPPLEMENT) -> Pause:
    return Pause(moment(start), None if end is None else moment(end), cause)


def test_restart_gives_the_whole_limit_from_the_complete_dossier():
    asked = waiting("2026-10-06T09:00", "2026-10-08T17:30")
    found = after_supplement(CALENDAR, base(5, "working_day"), asked, SupplementMode.RESTART)
    assert found.due_date == date(2026, 10, 16)


def test_pause_adds_the_working_days_waited():
    asked = waiting("2026-10-06T09:00", "2026-10-12T09:00")
    found = after_supplement(CALENDAR, base(5, "working_day"), asked, SupplementMode.PAUSE)
    assert found.due_date == date(2026, 10, 16)
    told = {line.date.day: line.reason for line in found.ledger}
    assert [told[day] for day in (7, 8, 9, 12)] == [Reason.WAITING] * 4
    assert told[10] is told[11] is Reason.WEEKEND
    assert sum(line.counted for line in found.ledger) == 5


def test_pause_of_calendar_days_adds_all_of_them_and_rolls_once():
    found = with_pauses(
        CALENDAR,
        base(10, "day", "2026-10-07T09:00"),
        [waiting("2026-10-08T09:00", "2026-10-10T09:00")],
    )
    assert (found.unrolled_date, found.due_date) == (date(2026, 10, 19), date(2026, 10, 19))
    assert sum(line.counted for line in found.ledger) == 10


def test_pause_of_hours_adds_the_working_hours_waited():
    found = with_pauses(
        CALENDAR,
        base(8, "working_hour"),
        [waiting("2026-10-05T16:00", "2026-10-06T09:30", PauseCause.PAYMENT)],
    )
    assert found.due_at == moment("2026-10-06T13:30")
    assert [line.hours for line in found.ledger] == [Decimal("5.5"), Decimal("2.5")]


def test_a_long_pause_of_hours_tells_the_days_between():
    found = with_pauses(
        CALENDAR, base(2, "working_hour"), [waiting("2026-10-05T10:00", "2026-10-13T08:30")]
    )
    reasons = [line.reason for line in found.ledger]
    assert reasons.count(Reason.WEEKEND) == 2
    assert Reason.WAITING in reasons
    assert found.ledger[-1].date == found.due_date


def test_a_same_day_case_that_waits_moves_by_the_days_waited():
    found = with_pauses(
        CALENDAR, base(0, "same_day"), [waiting("2026-10-05T10:00", "2026-10-07T08:00")]
    )
    assert found.due_date == date(2026, 10, 7)
    assert found.due_at == found.due_at_keep_hour == moment("2026-10-07T17:00")


def test_waiting_that_begins_when_all_days_are_used_only_shifts():
    found = with_pauses(
        CALENDAR, base(1, "working_day"), [waiting("2026-10-07T09:00", "2026-10-09T09:00")]
    )
    assert found.due_date == date(2026, 10, 8)
    assert [line.reason for line in found.ledger[-2:]] == [Reason.SHIFTED, Reason.WAITING]


def test_overlapping_pauses_count_once():
    one = waiting("2026-10-06T09:00", "2026-10-08T09:00")
    other = waiting("2026-10-07T09:00", "2026-10-08T15:00", PauseCause.PAYMENT)
    both = with_pauses(CALENDAR, base(5, "working_day"), [other, one])
    assert both.due_date == with_pauses(CALENDAR, base(5, "working_day"), [one]).due_date


def test_open_waiting_lasts_until_the_moment_asked_about():
    still = waiting("2026-10-06T09:00", None)
    found = with_pauses(CALENDAR, base(5, "working_day"), [still], moment("2026-10-08T09:00"))
    assert found.due_date == date(2026, 10, 14)
    with pytest.raises(Invalid):
        with_pauses(CALENDAR, base(5, "working_day"), [still])
    with pytest.raises(Invalid):
        after_supplement(CALENDAR, base(5, "working_day"), still, SupplementMode.PAUSE)


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(Invalid):
        waiting("2026-10-06T09:00", "2026-10-05T09:00")


spans = st.tuples(st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 40))


def _pauses(received: datetime, drawn: list[tuple[int, int]]) -> list[Pause]:
    starts = [received + timedelta(minutes=start) for start, _ in drawn]
    return [
        Pause(start, start + timedelta(minutes=length))
        for start, (_, length) in zip(starts, drawn, strict=True)
    ]


@PROPERTY
@given(receipts, limits, st.lists(spans, max_size=3))
def test_waiting_never_shortens_and_the_ledger_stays_whole(received, limit, drawn):
    before = compute_due(CALENDAR, received, limit)
    after = with_pauses(CALENDAR, before, _pauses(received, drawn))
    assert after.due_at >= before.due_at
    assert CALENDAR.is_working(after.due_date)
    days = [line.date for line in after.ledger]
    assert days == [received.date() + timedelta(n) for n in range(len(days))]
    assert days[-1] == after.due_date


@PROPERTY
@given(receipts, working_limits, st.lists(spans, max_size=3))
def test_a_paused_working_limit_moves_by_the_working_days_waited(received, limit, drawn):
    before = compute_due(CALENDAR, received, limit)
    pauses = _pauses(received, drawn)
    waited = {
        pause.starts_at.date() + timedelta(n)
        for pause in pauses
        for n in range(1, (pause.ends_at.date() - pause.starts_at.date()).days + 1)
    }
    start = before.effective_received_at.date()
    expected = sum(CALENDAR.is_working(day) for day in waited if day > start)
    after = with_pauses(CALENDAR, before, pauses)
    assert working_days_between(CALENDAR, before.due_date, after.due_date) == expected


@PROPERTY
@given(receipts, st.one_of(working_limits, calendar_limits), st.lists(spans, max_size=3))
def test_pauses_change_no_number_of_counted_days(received, limit, drawn):
    before = compute_due(CALENDAR, received, limit)
    after = with_pauses(CALENDAR, before, _pauses(received, drawn))
    counted = sum(line.counted for line in after.ledger)
    assert counted == sum(line.counted for line in before.ledger)


def test_waiting_before_the_clock_starts_takes_nothing_from_the_limit():
    """Received on a Saturday evening: the clock starts on Monday, which is not counted."""
    received = datetime.fromisoformat("2026-11-28T21:00:00+07:00")
    before = compute_due(CALENDAR, received, Limit.of(5, "working_day"))
    asked_at_once = [
        Pause(received, datetime.fromisoformat(end))
        for end in ("2026-11-30T00:00:00+07:00", "2026-11-30T16:00:00+07:00")
    ]
    assert before.due_date == date(2026, 12, 7)
    for waiting in asked_at_once:
        assert with_pauses(CALENDAR, before, [waiting]).due_date == date(2026, 12, 7)
    longer = Pause(received, datetime.fromisoformat("2026-12-01T09:00:00+07:00"))
    assert with_pauses(CALENDAR, before, [longer]).due_date == date(2026, 12, 8)


@PROPERTY
@given(receipts, limits)
def test_no_waiting_changes_nothing(received, limit):
    before = compute_due(CALENDAR, received, limit)
    after = with_pauses(CALENDAR, before, [])
    assert (after.due_at, after.due_at_keep_hour) == (before.due_at, before.due_at_keep_hour)


@PROPERTY
@given(receipts, hour_limits, st.lists(spans, max_size=3))
def test_pauses_change_no_number_of_counted_hours(received, limit, drawn):
    before = compute_due(CALENDAR, received, limit)
    after = with_pauses(CALENDAR, before, _pauses(received, drawn))
    hours = sum(line.hours or 0 for line in after.ledger)
    assert abs(hours - limit.hours) < Decimal("0.001")
