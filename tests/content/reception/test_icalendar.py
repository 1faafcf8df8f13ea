"""The calendar file as phones read it (RFC 5545)."""

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from content.reception.days import Occurrence, Standing
from content.reception.icalendar import calendar, escape, fold

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def occurrence(standing: Standing = Standing.PLANNED, day: int = 26) -> Occurrence:
    return Occurrence(
        rule_id=7,
        planned=date(2026, 11, 26),
        day=date(2026, 11, day),
        starts=time(8),
        ends=time(11, 30),
        leader="Ông Mẫu",
        post="Chủ tịch",
        place="Phòng 101, nhà A; tầng 1",
        note="",
        standing=standing,
        sequence=3,
    )


def lines(*found: Occurrence) -> list[str]:
    text = calendar(found, name="Lịch", host="a.vn", address="https://a.vn/l", now=NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_says_when_in_universal_time_and_where() -> None:
    text = lines(occurrence())
    assert "DTSTART:20261126T010000Z" in text
    assert "DTEND:20261126T043000Z" in text
    assert "LOCATION:Phòng 101\\, nhà A\\; tầng 1" in text
    assert "SUMMARY:Tiếp công dân – Chủ tịch\\, Ông Mẫu" in text


def test_a_moved_or_cancelled_event_keeps_its_identity() -> None:
    [uid] = [one for one in lines(occurrence()) if one.startswith("UID:")]
    moved = lines(occurrence(Standing.CHANGED, 27))
    cancelled = lines(occurrence(Standing.CANCELLED))
    assert uid in moved
    assert uid in cancelled
    assert "STATUS:CANCELLED" in cancelled
    assert "STATUS:CONFIRMED" in moved


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_text_is_folded_without_loss(text: str) -> None:
    parts = list(fold(text))
    assert all(len(one.encode()) <= 75 for one in parts)
    assert "".join([parts[0], *(one[1:] for one in parts[1:])]) == text
    assert "\n" not in escape(text)
