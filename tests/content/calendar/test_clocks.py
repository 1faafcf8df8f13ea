"""Transfer, reception, chains, apologies, warnings and classes."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar import clocks
from content.calendar.clocks import ChainStep, OnTimeClass, TransferMoment, Urgency
from content.calendar.due import compute_due
from content.calendar.model import Limit, LimitUnit
from content.errors import Invalid
from tests.content.calendar.strategies import CALENDAR, receipts

PROPERTY = settings(max_examples=100)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def test_what_came_by_three_leaves_the_desk_the_same_day():
    by = clocks.transfer_by(CALENDAR, moment("2026-10-14T15:00:00"))
    assert (by.by_date, by.moment) == (date(2026, 10, 14), TransferMoment.SAME_DAY)
    assert by.at == moment("2026-10-14T17:00")


def test_what_came_later_leaves_at_the_start_of_the_next_working_day():
    by = clocks.transfer_by(CALENDAR, moment("2026-10-16T15:00:01"))
    assert (by.by_date, by.moment) == (date(2026, 10, 19), TransferMoment.START_OF_DAY)
    assert by.at == moment("2026-10-19T07:30")


def test_an_online_dossier_is_answered_within_eight_working_hours():
    assert clocks.reception_answer_by(CALENDAR, moment("2026-10-16T16:00")) == moment(
        "2026-10-19T16:00"
    )


def test_missing_papers_are_asked_for_by_the_third_working_day():
    assert clocks.supplement_notice_by(CALENDAR, moment("2026-10-16T09:00")) == date(2026, 10, 21)


def test_the_apology_comes_a_working_day_before():
    assert clocks.apology_latest_date(CALENDAR, date(2026, 5, 4)) == date(2026, 4, 29)


def test_each_agency_of_a_chain_starts_where_the_one_before_ends():
    steps = [ChainStep("UBND cấp xã", 1), ChainStep("Sở Nội vụ", 2), ChainStep("UBND tỉnh", 3)]
    due = clocks.chain_due(CALENDAR, moment("2026-11-20T17:30"), steps)
    assert [step.start_date.day for step in due.steps] == [23, 25, 27]
    assert (due.total_working_days, due.due_date) == (6, date(2026, 12, 2))


def test_a_chain_needs_agencies_with_days():
    with pytest.raises(Invalid):
        clocks.chain_due(CALENDAR, moment("2026-11-20T09:00"), [])
    with pytest.raises(Invalid):
        ChainStep("UBND cấp xã", 0)


@PROPERTY
@given(receipts, st.lists(st.integers(1, 10), min_size=1, max_size=4))
def test_a_chain_ends_with_the_sum_of_its_days(received, days):
    chain = clocks.chain_due(CALENDAR, received, [ChainStep("", count) for count in days])
    whole = compute_due(CALENDAR, received, Limit.of(sum(days), LimitUnit.WORKING_DAY))
    assert chain.due_date == whole.due_date


DUE = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("due", "finished", "as_of", "expected"),
    [
        (DUE, date(2026, 10, 9), None, OnTimeClass.EARLY),
        (DUE, DUE, None, OnTimeClass.ON_TIME),
        (DUE, date(2026, 10, 13), None, OnTimeClass.LATE),
        (DUE, None, DUE, OnTimeClass.WITHIN),
        (DUE, None, date(2026, 10, 13), OnTimeClass.LATE),
        (None, None, date(2030, 1, 1), OnTimeClass.WITHIN),
        (None, date(2030, 1, 1), None, OnTimeClass.ON_TIME),
    ],
)
def test_dossiers_are_classed_by_dates(due, finished, as_of, expected):
    found = clocks.on_time_class(due, finished, as_of)
    assert found is expected
    assert found.is_late is (expected is OnTimeClass.LATE)


def test_an_open_dossier_is_classed_as_of_a_day():
    with pytest.raises(Invalid):
        clocks.on_time_class(DUE, None)


@pytest.mark.parametrize(
    ("as_of", "left"),
    [("2026-10-08T09:00", 2), ("2026-10-12T16:59", 0), ("2026-10-14T08:00", -2)],
)
def test_working_days_left_are_counted_from_the_day_asked(as_of, left):
    assert clocks.remaining_working_days(CALENDAR, DUE, moment(as_of)) == left


@pytest.mark.parametrize(
    ("as_of", "received", "expected"),
    [
        ("2026-10-07T09:00", None, Urgency.WITHIN),
        ("2026-10-09T09:00", None, Urgency.DUE_SOON),
        ("2026-10-12T23:00", None, Urgency.DUE_SOON),
        ("2026-10-13T00:00", None, Urgency.OVERDUE),
        ("2026-10-06T09:00", "2026-09-11T09:00", Urgency.DUE_SOON),
        ("2026-10-05T09:00", "2026-09-11T09:00", Urgency.WITHIN),
    ],
)
def test_officers_are_warned_in_time(as_of, received, expected):
    start = None if received is None else moment(received)
    assert clocks.urgency(CALENDAR, DUE, moment(as_of), start) is expected


def test_without_an_appointment_date_nothing_is_urgent():
    assert clocks.urgency(CALENDAR, None, moment("2030-01-01T09:00")) is Urgency.NO_DATE


@PROPERTY
@given(receipts)
def test_transfer_and_apology_fall_on_working_days(received):
    by = clocks.transfer_by(CALENDAR, received)
    assert CALENDAR.is_working(by.by_date)
    assert by.at >= received
    latest = clocks.apology_latest_date(CALENDAR, by.by_date)
    assert CALENDAR.is_working(latest)
    assert latest <= by.by_date - timedelta(1)
