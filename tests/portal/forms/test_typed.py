"""What people type, and what it becomes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.procedures.forms.conditions import day, number
from content.procedures.forms.display import show_day, show_number
from portal.forms import typed

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("1/2/2026", "2026-02-01"),
        ("01-02-2026", "2026-02-01"),
        (" 01.02.2026 ", "2026-02-01"),
        ("01 02 2026", "2026-02-01"),
        ("01022026", "2026-02-01"),
        ("2026-2-1", "2026-02-01"),
        ("29/02/2024", "2024-02-29"),
        ("31/02/2026", "31/02/2026"),
        ("29/02/2026", "29/02/2026"),
        ("00/01/2026", "00/01/2026"),
        ("1/2/26", "1/2/26"),
        ("hôm qua", "hôm qua"),
        ("１/２/２０２６", "１/２/２０２６"),
        ("", ""),
    ],
)
def test_a_date_is_read_forgivingly_and_never_guessed(raw: str, read: str):
    assert typed.read_day(raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234 567", "1234567"),
        ("1\u00a0234", "1234"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("12.5", "12.5"),
        ("0,50", "0.5"),
        ("-3", "-3"),
        ("007", "7"),
        ("12 đồng", "12 đồng"),
        ("1.2.3", "1.2.3"),
        ("1e5", "1e5"),
        ("٣", "٣"),
        ("9" * 31, "9" * 31),
    ],
)
def test_a_number_is_read_the_vietnamese_way(raw: str, read: str):
    assert typed.read_number(raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [("001 164 000001", "001164000001"), ("c1234567", "C1234567"), ("số 5", "số 5")],
)
def test_a_paper_number_loses_its_separators(raw: str, read: str):
    assert typed.read_paper_number(raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [("+84 912 345 678", "0912345678"), ("0912.345.678", "0912345678"), ("gọi sau", "gọi sau")],
)
def test_a_phone_number_becomes_national(raw: str, read: str):
    assert typed.read_phone(raw) == read


def test_text_is_composed_and_trimmed():
    assert typed.read_line("  Nguye\u0302\u0303n \u200b Thi\u0323\tAn \r\n") == "Nguyễn Thị An"
    assert typed.read_lines("một\r\n\r\n\r\n\r\nhai ") == "một\n\nhai"


@pytest.mark.parametrize("raw", ["a\x00b", "a\x07", "\ud800", "\x9b"])
def test_characters_no_keyboard_types_are_noticed(raw: str):
    assert typed.has_bad_characters(raw)


@pytest.mark.parametrize("raw", ["", "Đặng\tVăn\r\nỔn", "👩‍👩‍👧", "שלום", "a\u202eb"])
def test_ordinary_characters_are_not(raw: str):
    assert not typed.has_bad_characters(raw)


@given(ANY_TEXT)
@example("\ud800\x00" * 10)
@example("9" * 10_000)
def test_nothing_typed_makes_reading_fail(raw: str):
    for read in (
        typed.read_line,
        typed.read_lines,
        typed.read_day,
        typed.read_number,
        typed.read_paper_number,
        typed.read_phone,
    ):
        read(raw).encode("utf-8")


@given(st.dates())
def test_a_shown_date_is_read_back(value):
    assert typed.read_day(show_day(value.isoformat())) == value.isoformat()
    assert day(typed.read_day(f"{value.day}/{value.month}/{value.year:04d}")) == value


@given(st.decimals(-(10**12), 10**12, places=2), st.booleans())
def test_a_shown_number_is_read_back(value, grouped: bool):
    assert number(typed.read_number(show_number(value, grouped=grouped))) == value
