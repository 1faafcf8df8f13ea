"""The line of a citizen card's QR code: read as scanners type it, nothing else taken for one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.people.cards import Card, parse_card
from content.people.identity import Gender

TODAY = date(2026, 11, 23)
LINE = (
    "001164012345|012345678|Nguyễn Thị Mẫu|05031964|Nữ|"
    "Thôn 3, Xã Đông Mây, Tỉnh Sơn Hà Mẫu|10052021"
)


def test_a_card_is_read() -> None:
    assert parse_card(LINE, TODAY) == Card(
        number="001164012345",
        old_number="012345678",
        name="Nguyễn Thị Mẫu",
        born_on=date(1964, 3, 5),
        sex=Gender.FEMALE,
        address="Thôn 3, Xã Đông Mây, Tỉnh Sơn Hà Mẫu",
        issued_on=date(2021, 5, 10),
    )


def test_newer_cards_say_more_and_first_cards_have_no_old_number() -> None:
    found = parse_card(LINE.replace("012345678", "") + "|||Nguyễn Văn Cha|Trần Thị Mẹ|\r\n", TODAY)
    assert found is not None
    assert (found.old_number, found.issued_on) == (None, date(2021, 5, 10))


def test_decomposed_letters_are_composed() -> None:
    found = parse_card(LINE.replace("Mẫu|05", "Mẫu|05"), TODAY)
    assert found is not None
    assert found.name == "Nguyễn Thị Mẫu"


@pytest.mark.parametrize(
    ("part", "instead", "field"),
    [
        ("05031964", "31021964", "born_on"),
        ("05031964", "00001964", "born_on"),
        ("05031964", "05032964", "born_on"),
        ("10052021", "", "issued_on"),
        ("|Nữ|", "|khác|", "sex"),
        ("Thôn 3, Xã Đông Mây, Tỉnh Sơn Hà Mẫu", " ", "address"),
    ],
)
def test_what_cannot_be_read_is_left_out(part: str, instead: str, field: str) -> None:
    found = parse_card(LINE.replace(part, instead), TODAY)
    assert found is not None
    assert getattr(found, field) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "001164012345",
        "https://example.vn/?a=1|2|3|4|5|6|7",
        LINE.replace("001164012345", "999"),
        LINE.replace("001164012345", "000164012345"),
        LINE.replace("Nguyễn Thị Mẫu", "\u200b"),
        LINE + "|" * 20,
        "|" * 6,
        "x" * 2000,
    ],
)
def test_what_is_no_card_is_none(line: str) -> None:
    assert parse_card(line, TODAY) is None


@settings(max_examples=200)
@given(st.text(max_size=120) | st.lists(st.text(max_size=20), max_size=9).map("|".join))
def test_no_text_breaks_it(line: str) -> None:
    found = parse_card(line, TODAY)
    assert found is None or (found.number and found.name)
