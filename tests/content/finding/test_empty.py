"""What is kept of searches in vain, and what never is."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import NotFound
from content.finding import empty
from content.finding.empty import EmptySearches, may_be_kept
from content.finding.models import EmptySearch
from tests.support.clock import StoppedClock


@pytest.mark.parametrize(
    "text",
    [
        *("001203004567", "tìm 0912 345 678", "an@example.vn", "G22-01-02-03-04-05", "x", "123"),
        *("Nguyễn Văn An", "nguyen thi b", "NGUYỄN THỊ BÍCH", "Trần Hưng Đạo", "ông Lê Văn Tám"),
        "từ " * 11,
        "a" * 81,
        *("", "   ", "???"),
    ],
)
def test_what_may_say_something_of_a_person_is_not_kept(text: str) -> None:
    assert not may_be_kept(text)


@pytest.mark.parametrize(
    "text",
    ["sổ hồng", "Đăng Ký Khai Sinh", "làm giấy cho con", "trần nhà thấm", "mẫu 01", "le phi"],
)
def test_questions_are_kept(text: str) -> None:
    assert may_be_kept(text)


def test_the_same_question_of_a_visitor_counts_once_and_old_ones_go(
    any_session: Session, clock: StoppedClock
) -> None:
    heard, other = EmptySearches(), EmptySearches()
    now = clock()
    heard.note("Sổ hồng", "a", now)
    heard.note("so hong", "a", now + timedelta(minutes=5))
    heard.note("sổ  hồng", "b", now)
    other.note("SỔ HỒNG", "c", now)
    for one in (heard, other, heard):
        one.write(any_session, now)
        any_session.flush()
    (row,) = empty.waiting(any_session)
    assert (row.key, row.times) == ("so hong", 3)
    columns = set(EmptySearch.__table__.columns.keys())
    assert columns == {"key", "text", "times", "last_at", "settled_at"}

    empty.settle(any_session, "so hong", now)
    any_session.flush()
    assert empty.count(any_session) == 0
    heard.note("sổ hồng", "a", now + timedelta(hours=1))
    heard.write(any_session, now + timedelta(hours=1))
    any_session.flush()
    assert [(one.times, one.settled_at) for one in empty.waiting(any_session)] == [(1, None)]

    heard.write(any_session, now + empty.KEPT + timedelta(hours=2))
    assert any_session.scalars(select(EmptySearch)).all() == []
    with pytest.raises(NotFound):
        empty.settle(any_session, "so hong", now)
