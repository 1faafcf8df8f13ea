"""A due date explained to people and to programs."""

import json

import pytest
from hypothesis import given, settings

from content.calendar.due import compute_due
from content.calendar.explain import due_text, explain_due
from content.calendar.model import LedgerDay, Limit, Reason
from content.calendar.pauses import Pause, PauseCause, with_pauses
from content.calendar.wording import due_sentence, ledger_sentence, limit_words
from content.errors import Invalid
from tests.content.calendar.strategies import CALENDAR, limits, receipts


def test_the_text_says_when_and_why():
    text = explain_due(CALENDAR, "2026-11-20T17:30", "2", "working_day")
    assert text.splitlines()[:4] == [
        "Nhận hồ sơ: Thứ Sáu, 20/11/2026, 17:30 (GMT+7)",
        "Tính từ:    Thứ Hai, 23/11/2026, 07:30 (GMT+7)",
        "Thời hạn:   2 ngày làm việc",
        "Hạn trả kết quả: 17 giờ 00, Thứ Năm, 26/11/2026.",
    ]
    assert "· 24/11/2026 Thứ Ba   Không tính: ngày nghỉ (Ngày Văn hóa Việt Nam)." in text
    assert "+ 26/11/2026 Thứ Năm  Tính: ngày làm việc." in text


def test_the_json_holds_dates_limit_and_ledger():
    text = explain_due(CALENDAR, "2026-10-14T03:30:00Z", "1,5", "working_day", as_json=True)
    document = json.loads(text)
    assert document["received_at"] == "2026-10-14T10:30:00+07:00"
    assert document["limit"] == {"value": 1.5, "unit": "working_day"}
    assert document["due_at"] == "2026-10-15T16:00:00+07:00"
    assert [line["hours"] for line in document["ledger"]] == [5, 7]
    assert document["ledger"][0]["text"] == "Tính 5 giờ làm việc."


def test_an_estimated_year_is_said():
    text = explain_due(CALENDAR, "2027-10-14T09:00", "2", "day")
    assert "ước tính" in text
    document = json.loads(explain_due(CALENDAR, "2027-10-14", "2", "day", as_json=True))
    assert document["provisional"] is True
    assert document["limit"]["value"] == 2
    assert document["ledger"][0]["hours"] is None


@pytest.mark.parametrize(
    ("received", "limit", "unit", "field"),
    [
        ("hôm qua", "3", "day", "received_at"),
        ("0001-01-01T00:00:00+14:00", "3", "day", "received_at"),
        ("1066-10-14", "3", "day", "received_at"),
        ("2026-10-14", "ba", "day", "limit"),
        ("2026-10-14", "3", "ngày", "unit"),
    ],
)
def test_wrong_arguments_are_named(received, limit, unit, field):
    with pytest.raises(Invalid) as refused:
        explain_due(CALENDAR, received, limit, unit)
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (3, "working_day", "3 ngày làm việc"),
        (0.5, "working_day", "0,5 ngày làm việc"),
        (30, "day", "30 ngày"),
        (8, "working_hour", "8 giờ làm việc"),
        (1, "month", "1 tháng"),
        (0, "same_day", "trong ngày"),
    ],
)
def test_a_limit_in_words(value, unit, words):
    assert limit_words(Limit.of(value, unit)) == words


def test_every_reason_has_a_sentence():
    for reason in Reason:
        line = LedgerDay(compute_due_day(), True, reason, name=PauseCause.PAYMENT.value)
        assert ledger_sentence(line).endswith(".")


def compute_due_day():
    return next(iter(CALENDAR.days))


@settings(max_examples=60)
@given(receipts, limits)
def test_any_due_date_can_be_told(received, limit):
    due = compute_due(CALENDAR, received, limit)
    paused = with_pauses(CALENDAR, due, [Pause(received, due.due_at)])
    assert due_sentence(due) in due_text(due)
    assert len(due_text(paused).splitlines()) >= 5 + len(paused.ledger)
