"""Dates, numbers and amounts as they are written in Vietnamese."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import words


def test_a_date_line_has_zeros_before_small_days_and_the_first_two_months():
    assert words.date_line("Hà Giang", date(2026, 2, 5)) == "Hà Giang, ngày 05 tháng 02 năm 2026"
    assert words.date_words(date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"
    assert words.date_words(date(2026, 11, 23)) == "ngày 23 tháng 11 năm 2026"


def test_a_document_number_below_ten_has_a_zero():
    assert words.number_line(5, "TB-UBND") == "Số: 05/TB-UBND"
    assert words.number_line(123, "PXL") == "Số: 123/PXL"


def test_moments_are_written_as_news_pages_and_slips_do():
    moment = datetime(2018, 4, 25, 2, 4, tzinfo=UTC)
    assert words.article_moment(moment) == "Thứ Tư, 25/04/2018, 09:04 (GMT+7)"
    assert words.clock_and_day(datetime(2020, 11, 2, 2, 47, tzinfo=UTC)) == (
        "09:47 - Thứ Hai, 02/11/2020"
    )
    assert words.bracketed_moment(datetime(2019, 4, 2, 9, tzinfo=UTC)) == "(16:00 | 02/04/2019)"
    assert words.moment_words(moment) == "9 giờ 04 phút, ngày 25/04/2018"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="naive"):
        words.local(datetime(2018, 4, 25))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [
        (98.5, 1, "98,5%"),
        (100, 0, "100%"),
        (63.75, 1, "63,8%"),
        (0.125, 2, "0,13%"),
        (1234.5, 1, "1.234,5%"),
        (-2.5, 0, "-3%"),
    ],
)
def test_percentages_round_half_up(number, digits, expected):
    assert words.percent(number, digits) == expected


def test_numbers_are_grouped_by_dots():
    assert words.integer(33143) == "33.143"
    assert words.integer(-1_000_000) == "-1.000.000"
    assert words.money(10_000) == "10.000 đồng"


def test_plain_numbers_carry_no_needless_zeros():
    numbers = ("3", "3.0", "0.50", "1.25", "100")
    assert [words.plain(Decimal(n)) for n in numbers] == ["3", "3", "0,5", "1,25", "100"]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_015_000, "Một triệu không trăm mười lăm nghìn đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (10**9 + 1, "Một tỷ không trăm linh một đồng"),
        (-25_000, "Âm hai mươi lăm nghìn đồng"),
    ],
)
def test_amounts_in_words(amount, expected):
    assert words.amount_in_words(amount) == expected


@settings(max_examples=200)
@given(st.integers(0, 10**15))
def test_amounts_in_words_read_back_as_the_number(number):
    assert _read(words.number_in_words(number)) == number


def _read(text: str) -> int:
    """A number from its words, written independently of how they were made."""
    if " tỷ" in text:
        high, _, low = text.rpartition(" tỷ")
        return _read(high) * 10**9 + (_read(low.strip()) if low.strip() else 0)
    total = group = 0
    for word in text.split():
        if word in _SCALES:
            total, group = total + group * _SCALES[word], 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group = group - group % 10 + group % 10 * 10
        elif word != "linh":
            group += _UNITS[word]
    return total + group


_SCALES = {"triệu": 10**6, "nghìn": 10**3}
_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 phút"), (61, "2 phút"), (3600, "1 giờ"), (3601, "1 giờ 1 phút"), (86400, "24 giờ")],
)
def test_a_wait_is_rounded_up_to_the_minute(seconds: int, said: str) -> None:
    assert words.wait_words(seconds) == said
