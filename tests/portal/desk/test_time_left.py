"""How much time is left, in words and with a colour."""

from datetime import date, datetime, timedelta

import pytest

from content.calendar.holidays_seed import default_calendar
from content.words import LOCAL_ZONE
from portal.desk.time_left import until_answer, until_due

CALENDAR = default_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


def told(left) -> tuple[str, str]:
    return left.words.interpolate(), left.kind


ANSWER_BY = at("2026-11-25 10:00")  # sent on Monday 23/11 at 10:00, the 24th is a holiday


@pytest.mark.parametrize(
    ("now", "words", "kind"),
    [
        ("2026-11-23 10:00", "còn 8 giờ làm việc", "ok"),
        ("2026-11-24 10:00", "còn 2 giờ làm việc", "ok"),
        ("2026-11-25 08:00", "còn 2 giờ làm việc", "warn"),
        ("2026-11-25 09:01", "còn 59 phút làm việc", "warn"),
        ("2026-11-25 10:00", "đến hạn", "warn"),
        ("2026-11-25 10:00:20", "vừa quá hạn", "bad"),
        ("2026-11-25 10:30", "quá hạn 30 phút làm việc", "bad"),
        ("2026-11-26 10:00", "quá hạn 8 giờ làm việc", "bad"),
    ],
)
def test_the_answer_is_counted_in_working_hours(now: str, words: str, kind: str) -> None:
    assert told(until_answer(CALENDAR, ANSWER_BY, at(now))) == (words, kind)


DUE, RECEIVED = date(2026, 12, 1), at("2026-11-23 10:00")


@pytest.mark.parametrize(
    ("now", "words", "kind"),
    [
        ("2026-11-23 10:00", "còn 5 ngày làm việc", "ok"),
        ("2026-11-24 10:00", "còn 5 ngày làm việc", "ok"),
        ("2026-11-27 10:00", "còn 2 ngày làm việc", "ok"),
        ("2026-11-30 10:00", "còn 1 ngày làm việc", "warn"),
        ("2026-12-01 23:00", "hẹn trả hôm nay", "warn"),
        ("2026-12-02 00:10", "quá hạn 1 ngày", "bad"),
        ("2026-12-07 10:00", "quá hạn 6 ngày", "bad"),
    ],
)
def test_the_result_is_counted_in_working_days_and_lateness_in_days(
    now: str, words: str, kind: str
) -> None:
    assert told(until_due(CALENDAR, DUE, RECEIVED, at(now))) == (words, kind)


def test_without_a_due_date_that_is_said() -> None:
    left = until_due(CALENDAR, None, RECEIVED, RECEIVED + timedelta(days=900))
    assert told(left) == ("không hẹn ngày trả", "plain")
