"""Lateness belongs to whoever overran: judged against a slow count of days kept beside."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar.days import add_working_days, working_days_between
from content.calendar.holidays_seed import default_calendar
from content.dossiers.chain_clock import PartDays, overruns, own_due

CALENDAR = default_calendar()
DAY = timedelta(days=1)
starts = st.dates(date(2025, 1, 2), date(2026, 12, 31))
chains = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 15), st.integers(0, 2)), min_size=2, max_size=5
)


def worked(day: date) -> int:
    """A number for each day, one more for each working day; slow and simple."""
    return sum(
        CALENDAR.is_working(date(2024, 12, 31) + DAY * n)
        for n in range((day - date(2024, 12, 31)).days + 1)
    )


@settings(max_examples=40)
@given(start=starts, steps=chains)
def test_one_after_another_each_answers_for_its_own_days(
    start: date, steps: list[tuple[int, int, int]]
) -> None:
    """``steps``: days granted, working days taken, and days off after which it was handed on."""
    day, parts, late = start, [], {}
    for number, (granted, taken, rest) in enumerate(steps):
        ended = add_working_days(CALENDAR, day, taken) + DAY * rest
        parts.append(PartDays(f"A{number}", granted, day, ended))
        late[f"A{number}"] = worked(ended) - worked(day) - granted
        day = ended
    found = overruns(CALENDAR, parts, day, together=False)
    named = {one.agency: one.days for one in found}
    # Named are those, and only those, that took more working days than they had.
    for name, over in late.items():
        if over > 0:
            assert named[name] == over
        elif over < 0:
            assert name not in named
    # The whole is late by no more than those who are named took too long.
    planned = add_working_days(CALENDAR, start, sum(granted for granted, _, _ in steps))
    total = working_days_between(CALENDAR, planned, day)
    assert total <= sum(named.values())
    if day > planned:
        assert named


@settings(max_examples=40)
@given(start=starts, steps=chains, extra=st.integers(0, 4), own=st.integers(0, 8))
def test_who_leads_is_not_late_by_what_the_others_took(
    start: date, steps: list[tuple[int, int, int]], extra: int, own: int
) -> None:
    others = [
        PartDays(f"A{number}", granted, start, add_working_days(CALENDAR, start, taken))
        for number, (granted, taken, _) in enumerate(steps)
    ]
    longest = max(one.working_days for one in others)
    last = max(one.finished for one in others if one.finished)
    lead = PartDays("L", longest + extra, start, add_working_days(CALENDAR, last, own), leads=True)
    named = {one.agency for one in overruns(CALENDAR, [*others, lead], last, together=True)}
    # With the days it has beyond the others, counted from the last of them, it is in time.
    if own <= extra:
        assert "L" not in named
    for one in others:
        took = worked(one.finished or start) - worked(start)
        assert (one.agency in named) == (took > one.working_days)
    alone = own_due(CALENDAR, lead)
    assert alone is not None
    if "L" in named:
        assert lead.finished is not None
        assert lead.finished > alone


def test_what_is_open_is_judged_today_and_what_was_not_given_is_not() -> None:
    monday = date(2026, 11, 23)
    parts = [PartDays("A", 1, monday), PartDays("B", 3, None)]
    # The 24th is a holiday: the one day is the 25th.
    assert overruns(CALENDAR, parts, date(2026, 11, 25), together=False) == ()
    [late] = overruns(CALENDAR, parts, date(2026, 11, 27), together=False)
    assert (late.agency, late.days) == ("A", 2)
