"""Biểu II.06a balances whatever the rows, and counts each dossier where it belongs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import Invalid
from content.figures.settling import Period, SettledRow, Settling, settle
from content.procedures.kinds import Channel

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
DAYS = st.dates(date(2026, 8, 1), date(2026, 12, 31))


@st.composite
def rows(draw) -> SettledRow:
    received = draw(DAYS)
    after = st.integers(0, 60).map(lambda days: received + timedelta(days=days))
    return SettledRow(
        channel=draw(st.sampled_from(Channel)),
        received=received,
        due=draw(st.none() | after),
        finished=draw(st.none() | after),
    )


@given(st.lists(rows(), max_size=40))
def test_it_balances(given_rows: list[SettledRow]) -> None:
    columns = settle(given_rows, OCTOBER).columns()
    assert columns[3] == columns[7] + columns[11]
    concerned = [
        row
        for row in given_rows
        if row.received <= OCTOBER.last and (row.finished is None or row.finished >= OCTOBER.first)
    ]
    assert columns[3] == len(concerned)


@given(st.lists(rows(), max_size=20), st.lists(rows(), max_size=20))
def test_two_lines_add_up_to_the_line_of_both(
    left: list[SettledRow], right: list[SettledRow]
) -> None:
    assert settle(left, OCTOBER) + settle(right, OCTOBER) == settle(left + right, OCTOBER)


@given(st.lists(rows(), max_size=30))
def test_what_is_open_at_the_end_is_carried_into_the_next_period(
    given_rows: list[SettledRow],
) -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    before, after = settle(given_rows, OCTOBER), settle(given_rows, november)
    assert after.carried_over == before.open


@pytest.mark.parametrize(
    ("finished", "line"),
    [
        (date(2026, 10, 7), Settling(online=1, early=1)),
        (date(2026, 10, 8), Settling(online=1, on_time=1)),
        (date(2026, 10, 9), Settling(online=1, late=1)),
        (date(2026, 11, 1), Settling(online=1, open_late=1)),
        (None, Settling(online=1, open_late=1)),
    ],
)
def test_the_day_decides(finished: date | None, line: Settling) -> None:
    row = SettledRow(Channel.ONLINE, date(2026, 10, 1), date(2026, 10, 8), finished)
    assert settle([row], OCTOBER) == line


def test_without_an_appointment_nothing_is_late() -> None:
    row = SettledRow(Channel.POST, date(2026, 1, 5), None, None)
    assert settle([row], OCTOBER) == Settling(carried_over=1, open_within=1)


def test_nothing_settled_has_no_share() -> None:
    assert settle([], OCTOBER).on_time_share is None


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(Invalid):
        Period(date(2026, 10, 2), date(2026, 10, 1))
