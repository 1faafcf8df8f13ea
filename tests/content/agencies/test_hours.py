"""Opening hours: typed, kept, said."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.agencies.hours import in_words, read, typed
from content.errors import Invalid

USUAL = "T2-T6: 07:30-11:30, 13:00-17:00\nT7: 08:00-11:00"


def test_what_was_typed_is_kept_and_said() -> None:
    hours = read(USUAL)
    assert in_words(hours) == (
        "Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:00–17:00",
        "Thứ Bảy: 08:00–11:00",
    )
    assert typed(hours) == USUAL


def test_days_apart_and_small_letters_are_understood() -> None:
    assert in_words(read("t2, t4-t6, cn: 7h30–11g30")) == (
        "Thứ Hai, Thứ Tư, Thứ Năm, Thứ Sáu, Chủ Nhật: 07:30–11:30",
    )


@pytest.mark.parametrize(
    "text",
    [
        "sáng",
        "T2",
        "T2:",
        "T9: 07:00-08:00",
        "T2: 08:00-07:00",
        "T2: 25:00-26:00",
        "T6-T2: 1:00-2:00",
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(f"T3: 07:00-08:00\n{text}")
    assert refused.value.data["line"] == text


def test_hours_that_overlap_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read("T2-T6: 07:00-11:00\nT4: 10:00-12:00")
    assert refused.value.code == "hours_overlap"


clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
spans = st.lists(clocks, min_size=2, max_size=4, unique=True).filter(lambda one: len(one) % 2 == 0)


@given(st.dictionaries(st.integers(1, 7), spans.map(sorted)))
def test_any_orderly_hours_survive_being_typed(by_day: dict[int, list[str]]) -> None:
    sessions = [
        {"days": [day], "from": opens, "to": closes}
        for day, clock in by_day.items()
        for opens, closes in zip(clock[::2], clock[1::2], strict=True)
    ]
    assert in_words(read(typed(sessions))) == in_words(sessions)


@given(st.text(max_size=80))
def test_any_text_is_hours_or_is_refused(text: str) -> None:
    with suppress(Invalid):
        assert in_words(read(text)) is not None
