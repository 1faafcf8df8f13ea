"""The clocks of a petition."""

from datetime import date, datetime

from content.calendar.holidays_seed import default_calendar
from content.voice.deadlines import petition_deadlines, publish_answer_by

CALENDAR = default_calendar()


def test_a_petition_has_its_days_over_a_holiday():
    received = datetime.fromisoformat("2026-11-20T18:00:00+07:00")
    found = petition_deadlines(CALENDAR, received)
    assert (found.reject_by, found.ask_more_by) == (date(2026, 11, 26), date(2026, 12, 1))
    assert (found.transfer_by, found.answer_by) == (date(2026, 12, 1), date(2026, 12, 15))


def test_an_answer_is_published_within_two_working_days():
    assert publish_answer_by(CALENDAR, date(2026, 11, 20)) == date(2026, 11, 25)
