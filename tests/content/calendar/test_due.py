"""Due dates: the worked cases of the trade, and what holds for all of them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar.days import effective_receipt, working_days_between
from content.calendar.due import compute_due
from content.calendar.model import Limit, LimitUnit, Reason
from content.calendar.working import Session, WorkingCalendar
from content.errors import Invalid
from tests.content.calendar.strategies import (
    CALENDAR,
    calendar_limits,
    hour_limits,
    limits,
    receipts,
    working_days,
)

PROPERTY = settings(max_examples=150)


def due(received: str, value: float, unit: str, calendar: WorkingCalendar = CALENDAR):
    return compute_due(calendar, datetime.fromisoformat(received), Limit.of(value, unit))


@pytest.mark.parametrize(
    ("received", "value", "unit", "expected"),
    [
        ("2026-11-23T10:00+07:00", 5, "working_day", "2026-12-01"),
        ("2025-12-31T08:00+07:00", 2, "working_day", "2026-01-06"),
        ("2026-01-09T08:00+07:00", 1, "working_day", "2026-01-10"),
        ("2023-10-27T09:32+07:00", 5, "working_day", "2023-11-03"),
        ("2026-11-09T09:00+07:00", 15, "day", "2026-11-25"),
        ("2026-10-05T09:00+07:00", 2.5, "day", "2026-10-08"),
        ("2026-08-21T09:00+07:00", 1, "day", "2026-08-22"),
        ("2026-10-05T09:00+07:00", 2, "week", "2026-10-19"),
        ("2026-01-31T08:00+07:00", 1, "month", "2026-03-02"),
        ("2024-02-29T08:00+07:00", 1, "year", "2025-02-28"),
        ("2026-10-14T15:00:00+07:00", 0, "same_day", "2026-10-14"),
        ("2026-10-14T15:00:01+07:00", 0, "same_day", "2026-10-15"),
        ("2026-10-17T09:00+07:00", 0, "same_day", "2026-10-19"),
        ("2026-10-16T16:00+07:00", 1, "same_day", "2026-10-19"),
    ],
)
def test_the_worked_cases_come_out(received, value, unit, expected):
    assert due(received, value, unit).due_date == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("received", "hours", "expected"),
    [
        ("2026-10-14T07:30+07:00", 4, "2026-10-14T11:30"),
        ("2026-10-14T07:30+07:00", 8, "2026-10-14T17:00"),
        ("2026-10-14T17:00+07:00", 1, "2026-10-15T08:30"),
        ("2026-10-14T12:00+07:00", 4, "2026-10-14T17:00"),
        ("2026-10-16T16:00+07:00", 2, "2026-10-19T08:30"),
    ],
)
def test_hours_run_through_the_sessions(received, hours, expected):
    found = due(received, hours, "working_hour")
    assert found.due_at == datetime.fromisoformat(f"{expected}+07:00")
    assert found.due_at == found.due_at_keep_hour


def test_half_a_working_day_is_four_hours():
    assert due("2026-10-14T10:30+07:00", 0.5, "working_day").due_at.isoformat() == (
        "2026-10-14T16:00:00+07:00"
    )


@pytest.mark.parametrize(
    ("received", "effective"),
    [
        ("2026-10-14T17:00:00+07:00", "2026-10-14T17:00:00+07:00"),
        ("2026-10-14T17:00:01+07:00", "2026-10-15T07:30:00+07:00"),
        ("2026-10-14T05:00:00+07:00", "2026-10-14T07:30:00+07:00"),
        ("2026-10-14T11:30:00+07:00", "2026-10-14T11:30:00+07:00"),
        ("2026-10-14T12:15:00+07:00", "2026-10-14T13:00:00+07:00"),
        ("2026-10-17T09:00:00+07:00", "2026-10-19T07:30:00+07:00"),
        ("2026-10-14T02:00:00+00:00", "2026-10-14T09:00:00+07:00"),
    ],
)
def test_a_receipt_counts_from_working_time(received, effective):
    found = effective_receipt(CALENDAR, datetime.fromisoformat(received))
    assert found.isoformat() == effective


def test_the_ledger_tells_every_day_between_receipt_and_due_date():
    found = due("2026-11-20T17:30+07:00", 2, "working_day")
    told = [(line.date.day, line.counted, line.reason) for line in found.ledger]
    assert told == [
        (20, False, Reason.AFTER_CLOSING),
        (21, False, Reason.WEEKEND),
        (22, False, Reason.WEEKEND),
        (23, False, Reason.RECEIPT_DAY),
        (24, False, Reason.HOLIDAY),
        (25, True, Reason.WORKING_DAY),
        (26, True, Reason.WORKING_DAY),
    ]
    assert found.ledger[4].name == "Ngày Văn hóa Việt Nam"


def test_the_ledger_names_a_make_up_day_and_a_roll():
    assert due("2026-01-09T08:00+07:00", 1, "working_day").ledger[-1].reason is Reason.MAKE_UP_DAY
    rolled = due("2026-10-07T09:00+07:00", 10, "day")
    assert [line.reason for line in rolled.ledger[-3:]] == [
        Reason.CALENDAR_DAY,
        Reason.WEEKEND,
        Reason.ROLLED_TO,
    ]
    assert rolled.unrolled_date == date(2026, 10, 17)


def test_hours_that_begin_at_closing_take_nothing_from_that_day():
    first, second = due("2026-10-14T17:00+07:00", 1, "working_hour").ledger
    assert (first.reason, first.counted) == (Reason.NO_HOURS_LEFT, False)
    assert (second.reason, second.hours) == (Reason.WORKING_HOURS, Decimal(1))


def test_an_agency_with_other_hours_closes_at_its_own():
    hours = (
        Session(time(7), time(11, 30)),
        Session(time(13, 30), time(17, 30)),
    )
    found = due("2026-10-14T17:20+07:00", 1, "working_day", CALENDAR.with_hours(hours))
    assert found.due_at.isoformat() == "2026-10-15T17:30:00+07:00"


def test_a_year_without_decided_days_makes_the_date_provisional():
    assert due("2026-12-28T09:00+07:00", 30, "working_day").provisional
    assert due("2029-03-01T09:00+07:00", 1, "working_day").provisional
    assert not due("2026-10-14T09:00+07:00", 5, "working_day").provisional


@pytest.mark.parametrize(
    ("value", "unit", "problem"),
    [
        (0, "working_day", {"limit": "not_positive"}),
        (-1, "day", {"limit": "not_positive"}),
        ("ba", "day", {"limit": "not_a_number"}),
        ("nan", "day", {"limit": "not_a_number"}),
        ("Infinity", "same_day", {"limit": "not_a_number"}),
        (1.5, "month", {"limit": "not_whole"}),
        (10**9, "day", {"limit": "too_long"}),
        (3, "fortnight", {"unit": "unknown_unit"}),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(value, unit, problem):
    with pytest.raises(Invalid) as refused:
        Limit.of(value, unit)
    assert refused.value.problems == problem


def test_a_naive_receipt_is_refused():
    with pytest.raises(ValueError, match="naive"):
        due("2026-10-14T09:00", 1, "day")


def test_a_receipt_of_an_impossible_year_is_refused():
    with pytest.raises(Invalid):
        due("9999-12-31T23:00+07:00", 1, "day")


@PROPERTY
@given(receipts)
def test_effective_receipt_is_in_working_time_and_never_earlier(received):
    effective = effective_receipt(CALENDAR, received)
    assert effective >= received
    assert effective_receipt(CALENDAR, effective) == effective
    assert CALENDAR.is_working(effective.date())


@PROPERTY
@given(receipts, limits)
def test_a_due_date_is_a_working_day_not_before_the_receipt(received, limit):
    found = compute_due(CALENDAR, received, limit)
    assert CALENDAR.is_working(found.due_date)
    assert found.due_date >= found.effective_received_at.date()
    assert found.due_at.date() == found.due_at_keep_hour.date() == found.due_date


@PROPERTY
@given(receipts, limits)
def test_the_ledger_has_every_day_once_up_to_the_due_date(received, limit):
    found = compute_due(CALENDAR, received, limit)
    days = [line.date for line in found.ledger]
    assert days == [days[0] + timedelta(n) for n in range(len(days))]
    assert (days[0], days[-1]) == (received.date(), found.due_date)


@PROPERTY
@given(receipts, working_days)
def test_as_many_days_are_counted_as_the_limit_has(received, count):
    found = compute_due(CALENDAR, received, Limit.of(count, LimitUnit.WORKING_DAY))
    counted = [line.date for line in found.ledger if line.counted]
    assert len(counted) == count
    assert all(CALENDAR.is_working(day) for day in counted)
    effective = found.effective_received_at.date()
    assert working_days_between(CALENDAR, effective, found.due_date) == count


@PROPERTY
@given(receipts, st.integers(1, 90))
def test_calendar_days_count_all_days(received, count):
    found = compute_due(CALENDAR, received, Limit.of(count, LimitUnit.DAY))
    assert sum(line.counted for line in found.ledger) == count
    assert found.unrolled_date - found.effective_received_at.date() == timedelta(count)


@PROPERTY
@given(receipts, hour_limits)
def test_the_hours_of_the_ledger_add_up_to_the_limit(received, limit):
    found = compute_due(CALENDAR, received, limit)
    assert sum(line.hours or 0 for line in found.ledger) == limit.hours


@PROPERTY
@given(receipts, receipts, limits)
def test_who_comes_later_is_not_due_earlier(one, other, limit):
    first, second = sorted((one, other))
    earlier = compute_due(CALENDAR, first, limit)
    assert earlier.due_at <= compute_due(CALENDAR, second, limit).due_at


@PROPERTY
@given(receipts, working_days)
def test_one_more_working_day_is_the_next_working_day(received, count):
    short = compute_due(CALENDAR, received, Limit.of(count, LimitUnit.WORKING_DAY))
    long = compute_due(CALENDAR, received, Limit.of(count + 1, LimitUnit.WORKING_DAY))
    assert working_days_between(CALENDAR, short.due_date, long.due_date) == 1


@PROPERTY
@given(receipts, calendar_limits)
def test_calendar_limits_roll_only_over_days_off(received, limit):
    found = compute_due(CALENDAR, received, limit)
    assert working_days_between(CALENDAR, found.unrolled_date, found.due_date) in {0, 1}
