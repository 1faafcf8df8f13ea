"""From rules to days: every pattern, days off, changes; whatever the rule."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar.holidays_seed import seeded_days
from content.calendar.working import WorkingCalendar
from content.reception.days import Occurrence, Standing, between, next_day, planned
from content.reception.models import IfOff, Pattern, ReceptionChange, ReceptionRule
from content.reception.wording import pattern_words

CALENDAR = WorkingCalendar.of(seeded_days())


def rule(pattern: Pattern, **given: Any) -> ReceptionRule:
    usual: dict[str, Any] = {
        "id": 1,
        "revision": 1,
        "leader": "Ông Mẫu",
        "post": "Chủ tịch",
        "place": "Phòng 101",
        "starts": time(8),
        "ends": time(11),
        "weekday": None,
        "nth": None,
        "month_days": [],
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "if_off": IfOff.NEXT,
        "note": "",
    }
    return ReceptionRule(pattern=pattern, **{**usual, **given})


def change(of: ReceptionRule, day: date, **given: Any) -> ReceptionChange:
    empty: dict[str, Any] = {
        "is_cancelled": False,
        "moved_to": None,
        "starts": None,
        "ends": None,
        "leader": "",
        "post": "",
        "place": "",
        "reason": "",
    }
    return ReceptionChange(rule=of, day=day, revision=1, **{**empty, **given})


def month(of: ReceptionRule, year: int, number: int) -> list[Occurrence]:
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return between([of], CALENDAR, first, last)


def test_a_weekly_rule_falls_on_each_of_its_weekdays() -> None:
    found = month(rule(Pattern.WEEKLY, weekday=4), 2026, 10)
    assert [one.day.day for one in found] == [1, 8, 15, 22, 29]
    assert {one.standing for one in found} == {Standing.PLANNED}


def test_a_day_off_moves_to_the_next_working_day_or_is_left_out() -> None:
    culture_day = rule(Pattern.MONTH_DAYS, month_days=[24])
    [moved] = month(culture_day, 2026, 11)
    assert (moved.planned, moved.day) == (date(2026, 11, 24), date(2026, 11, 25))
    assert moved.standing is Standing.SHIFTED
    culture_day.if_off = IfOff.SKIP
    assert month(culture_day, 2026, 11) == []


def test_weeks_of_tet_that_move_onto_one_day_are_one_reception() -> None:
    found = month(rule(Pattern.WEEKLY, weekday=1), 2026, 2)
    days = [one.day for one in found]
    assert len(days) == len(set(days))
    assert all(CALENDAR.is_working(day) for day in days)


def test_the_last_day_of_a_month_may_move_into_the_next() -> None:
    last = rule(Pattern.MONTH_DAYS, month_days=[31])
    assert month(last, 2026, 10) == []
    [moved] = month(last, 2026, 11)
    assert moved.planned == date(2026, 10, 31)


@pytest.mark.parametrize(("nth", "day"), [(1, 4), (2, 11), (4, 25), (-1, 25)])
def test_a_weekday_of_a_week_of_the_month(nth: int, day: int) -> None:
    [found] = month(rule(Pattern.MONTH_WEEKDAY, weekday=3, nth=nth), 2026, 11)
    assert found.day == date(2026, 11, day)


def test_once_is_once_and_validity_ends_a_rule() -> None:
    once = rule(Pattern.ONCE, valid_from=date(2026, 12, 3))
    assert [one.day for one in month(once, 2026, 12)] == [date(2026, 12, 3)]
    weekly = rule(Pattern.WEEKLY, weekday=4, valid_to=date(2026, 10, 10))
    assert [one.day.day for one in month(weekly, 2026, 10)] == [1, 8]


def test_working_days_are_announced_in_words_not_day_by_day() -> None:
    standing = rule(Pattern.WORKING_DAYS)
    assert month(standing, 2026, 10) == []
    assert pattern_words(standing) == "Mọi ngày làm việc"


def test_a_change_wins_over_the_rule() -> None:
    weekly = rule(Pattern.WEEKLY, weekday=4)
    change(weekly, date(2026, 10, 8), is_cancelled=True, reason="Họp")
    change(weekly, date(2026, 10, 15), moved_to=date(2026, 11, 3), leader="Bà Thay")
    october, november = month(weekly, 2026, 10), month(weekly, 2026, 11)
    assert [one.day.day for one in october] == [1, 8, 22, 29]
    assert october[1].standing is Standing.CANCELLED
    assert october[1].note == "Họp"
    assert november[0].day == date(2026, 11, 3)
    assert (november[0].leader, november[0].post) == ("Bà Thay", "")


def test_the_next_reception_is_one_that_is_held() -> None:
    weekly = rule(Pattern.WEEKLY, weekday=4)
    change(weekly, date(2026, 10, 8), is_cancelled=True, reason="Họp")
    found = next_day(weekly, CALENDAR, date(2026, 10, 2), timedelta(days=30))
    assert found is not None
    assert found.day == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"pattern": Pattern.WEEKLY, "weekday": 4}, "Thứ Năm hằng tuần"),
        ({"pattern": Pattern.MONTH_DAYS, "month_days": [20, 5]}, "Ngày 05 và 20 hằng tháng"),
        ({"pattern": Pattern.MONTH_DAYS, "month_days": [5]}, "Ngày 05 hằng tháng"),
        (
            {"pattern": Pattern.MONTH_WEEKDAY, "weekday": 5, "nth": -1},
            "Thứ Sáu cuối cùng trong tháng",
        ),
        ({"pattern": Pattern.ONCE, "valid_from": date(2026, 12, 3)}, "Ngày 03/12/2026"),
    ],
)
def test_patterns_are_said_in_words(given: dict[str, Any], words: str) -> None:
    assert pattern_words(rule(**given)) == words


rules = st.builds(
    rule,
    st.sampled_from([one for one in Pattern if one is not Pattern.WORKING_DAYS]),
    weekday=st.integers(1, 7),
    nth=st.sampled_from([1, 2, 3, 4, -1]),
    month_days=st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True),
    valid_from=st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    if_off=st.sampled_from(IfOff),
)


@settings(max_examples=60)
@given(rules, st.dates(date(2025, 8, 1), date(2027, 2, 1)), st.integers(0, 70))
def test_any_rule_gives_working_days_in_range_each_once(
    any_rule: ReceptionRule, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = between([any_rule], CALENDAR, first, last)
    days = [one.day for one in found]
    assert days == sorted(set(days))
    assert all(first <= day <= last and CALENDAR.is_working(day) for day in days)
    assert all(one.planned in planned(any_rule, one.planned, one.planned) for one in found)
    # What a range shows does not depend on where it is cut.
    middle = first + timedelta(days=length // 2)
    halves = between([any_rule], CALENDAR, first, middle) + between(
        [any_rule], CALENDAR, middle + timedelta(days=1), last
    )
    assert [one.day for one in halves] == days
