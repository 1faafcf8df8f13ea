"""Tariffs read from fee lines as the catalogue words them, and what an act then costs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.certification.fees import Step, Tariff, tariff_of


def line(amount: int | None, unit: str, condition: str | None = None, money: str = "VND") -> Any:
    return {"amount": amount, "unit": unit, "condition": condition, "currency": money}


COPIES = [
    line(2000, "đồng/trang", "trang thứ 1-2, tại UBND cấp xã"),
    line(1000, "đồng/trang", "từ trang thứ 3"),
    line(200000, "đồng/bản", "mức tối đa"),
    line(None, "USD/bản", "tại cơ quan đại diện ở nước ngoài: 10 USD/bản"),
]


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [(1, 1, 2000), (2, 1, 4000), (3, 1, 5000), (10, 3, 36000), (500, 1, 200000), (500, 2, 400000)],
)
def test_copies_by_page_with_a_most(pages: int, copies: int, fee: int) -> None:
    tariff = tariff_of(COPIES)
    assert tariff is not None
    assert tariff.fee(pages, copies) == fee


def test_signatures_by_case() -> None:
    tariff = tariff_of([line(10000, "đồng/trường hợp", "một hoặc nhiều chữ ký trong một giấy tờ")])
    assert tariff == Tariff(each=10000)
    assert tariff.fee(pages=5, copies=2) == 20000


def test_a_flat_rate_by_page_and_free_of_charge() -> None:
    assert tariff_of([line(3000, "đồng/trang")]) == Tariff((Step(3000),))
    free = tariff_of([line(0, "đồng", "không thu")])
    assert free is not None
    assert free.fee(4, 4) == 0


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [line(None, "đồng/trang")],
        [line(10, "USD/bản", money="USD")],
        [line(10000, "đồng/lần"), line(20000, "đồng/lần", "làm nhanh")],
        [line(2000, "đồng/trang"), line(1000, "đồng/trang", "từ trang thứ 3")],
        [line(200000, "đồng/bản", "mức tối đa")],
    ],
)
def test_what_cannot_be_read_is_unknown(lines: list[Any]) -> None:
    assert tariff_of(lines) is None


@given(pages=st.integers(1, 2000), copies=st.integers(1, 500))
def test_more_never_costs_less(pages: int, copies: int) -> None:
    tariff = tariff_of(COPIES)
    assert tariff is not None
    fee = tariff.fee(pages, copies)
    assert 0 < fee <= 200000 * copies
    assert tariff.fee(pages + 1, copies) >= fee
    assert tariff.fee(pages, copies + 1) > fee
