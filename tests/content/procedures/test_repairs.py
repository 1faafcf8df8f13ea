"""How flattened records are read: the record stays, the reading stands beside it."""

from datetime import date

import pytest

from content.procedures.kinds import LimitUnit, ServiceLevel
from content.procedures.repairs import FeeReading, Limit, is_historical, read
from tests.content.procedures.conftest import record, sample_records


def limit(**fields):
    reading = read(record(time_limit={"value": None, "unit": None, "text": None, **fields}))
    return reading.limit, [repair.code for repair in reading.repairs]


@pytest.mark.parametrize(
    ("fields", "expected", "repairs"),
    [
        (
            {
                "value": 1,
                "unit": "ngày",
                "text": "ngay trong ngày; nhận sau 15 giờ thì hôm sau",
            },
            LimitUnit.SAME_DAY,
            ["same_day"],
        ),
        (
            {"value": 15, "unit": "giờ", "text": "Trong ngày làm việc nhận được hồ sơ hợp lệ"},
            LimitUnit.SAME_DAY,
            ["same_day"],
        ),
        (
            {
                "value": 1,
                "unit": "ngày làm việc",
                "text": "01 ngày làm việc hoặc trong ngày làm việc tiếp theo, nếu tiếp nhận "
                "yêu cầu sau 03 (ba) giờ chiều",
            },
            LimitUnit.SAME_DAY,
            ["same_day"],
        ),
        (
            {
                "value": 1,
                "unit": "ngày làm việc",
                "text": "Tiếp nhận và kiểm tra thành phần hồ sơ ngay trong ngày làm việc",
            },
            LimitUnit.WORKING_DAY,
            [],
        ),
        ({"value": 15, "unit": "giờ"}, LimitUnit.WORKING_HOUR, []),
        ({"value": 15, "unit": "giờ", "text": "nhận sau 15 giờ"}, None, ["cut_off_hour"]),
        ({"value": 3, "unit": "giờ"}, LimitUnit.WORKING_HOUR, []),
        ({"value": 2.5, "unit": "ngày"}, LimitUnit.DAY, []),
        ({"value": 1, "text": "nguồn chỉ ghi số 1, không ghi đơn vị"}, None, []),
        ({"text": "Không quy định"}, None, []),
    ],
)
def test_limits(fields, expected, repairs):
    read_as, found = limit(**fields)
    assert read_as.unit is expected
    assert found == repairs


def test_a_cut_off_hour_is_no_limit():
    assert limit(value=15, unit="giờ", text="sau 15h")[0] == Limit(None, None, "sau 15h")


def test_same_day_is_found_where_the_sample_has_it():
    found = {
        (one["code"], one["level"])
        for one in sample_records()
        if (read_as := read(one).limit) and read_as.unit is LimitUnit.SAME_DAY
    }
    assert {("1.001193", "xã"), ("2.000815", "xã"), ("2.000635", "xã")} <= found
    assert {("1.011441", "tỉnh"), ("1.005092", "tỉnh"), ("2.000815", "huyện")} <= found
    assert ("1.000028", "tỉnh") not in found
    assert len(found) == 11


def test_no_limit_of_the_sample_is_fifteen_hours():
    hours = [
        one["code"]
        for one in sample_records()
        if (read_as := read(one).limit)
        and read_as.unit is LimitUnit.WORKING_HOUR
        and read_as.value == 15
    ]
    assert hours == []


def test_applicants_cut_at_commas_are_rejoined():
    given = ["Công dân Việt Nam", "Cán bộ", "công chức", "viên chức", "Doanh nghiệp"]
    reading = read(record(applicants=given))
    expected = ("Công dân Việt Nam", "Cán bộ, công chức, viên chức", "Doanh nghiệp")
    assert reading.applicants == expected
    assert [(one.path, one.was) for one in reading.repairs] == [("applicants", given)]


def test_applicants_that_say_nothing_are_unknown():
    for words in ("(Chưa có thông tin)", "[Chưa có thông tin về đối tượng]", "Không có thông tin"):
        assert read(record(applicants=[words])).applicants is None
    assert read(record(applicants=None)).applicants is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        (4, ServiceLevel.FULL),
        ("mức độ 3", ServiceLevel.PARTIAL),
        ("2", ServiceLevel.INFORMATION),
        ("một phần", ServiceLevel.PARTIAL),
    ],
)
def test_old_service_levels_become_the_words_that_followed_them(given, expected):
    assert read(record(service_level=given)).service_level is expected


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ({"amount": 8000, "unit": "đồng/bản"}, FeeReading(8000, "VND", None, None)),
        ({"amount": 0}, FeeReading(0, "VND", None, None)),
        ({"unit": "USD", "condition": "1.5 USD/người"}, FeeReading(150, "USD", None, None)),
        ({"condition": "10,5 USD"}, FeeReading(1050, "USD", None, None)),
        ({"amount": 5, "currency": "USD"}, FeeReading(500, "USD", None, None)),
        ({"condition": "01 USD; trẻ em 0.5 USD"}, FeeReading(None, "VND", None, None)),
        ({"condition": "HĐND cấp tỉnh quy định"}, FeeReading(None, "VND", None, None)),
        (
            {"amount": 1, "condition": "mức giảm 01/7/2025-31/12/2026"},
            FeeReading(1, "VND", date(2025, 7, 1), date(2026, 12, 31)),
        ),
        (
            {"amount": 1, "condition": "mức gốc; 01/7/2025-31/12/2026 thu 400.000 đồng"},
            FeeReading(1, "VND", None, None),
        ),
        ({"amount": 1, "condition": "31/2/2025-1/3/2025"}, FeeReading(1, "VND", None, None)),
        (
            {"amount": 1, "valid_from": "2026-01-01", "valid_to": None},
            FeeReading(1, "VND", date(2026, 1, 1), None),
        ),
    ],
)
def test_fees(fee, expected):
    assert read(record(fee=[fee])).fees == (expected,)


@pytest.mark.parametrize(
    ("as_of", "historical"),
    [
        ("2026-07", False),
        ("2025-07 (Điện Biên)", False),
        ("2025-06", True),
        ("2025-05 (mô hình 3 cấp, trước 01/7/2025)", True),
        ("2025 (Lào Cai, H38)", False),
        ("2025-2026", False),
        ("2018-2023", True),
        ("trước 2025-07 (TP Thanh Hoá)", True),
        ("trước 2025-08", False),
        ("trước 2026", False),
        ("trước 2024 (Hà Nam)", True),
        ("trước 2025-01", True),
        ("2021", True),
        ("", False),
        (None, False),
        ("không rõ", False),
        ("0000", False),
    ],
)
def test_history_is_what_is_certainly_older_than_the_two_tier_model(as_of, historical):
    assert is_historical(as_of) is historical


def test_the_sample_holds_212_records_of_history_with_all_districts():
    old = [one for one in sample_records() if is_historical(one["as_of"])]
    assert len(old) == 212
    assert sum(one["level"] == "huyện" for one in old) == 69
    assert sum(one["level"] == "huyện" for one in sample_records()) == 69
