"""Counting: each kind has its window, and forgets nothing of another's."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from content.errors import TooMany
from content.people.attempts import Attempts
from tests.support.clock import StoppedClock

DAY = timedelta(days=1)


def counted(session: Session, clock: StoppedClock, kind: str = "long") -> Attempts:
    window = DAY if kind == "long" else timedelta(minutes=15)
    return Attempts(session, kind=kind, limit=2, now=clock(), window=window)


def test_the_wait_ends_when_the_oldest_that_counts_leaves_the_window(
    any_session: Session, clock: StoppedClock
) -> None:
    for hours in (3, 5):
        counted(any_session, clock).note("a")
        clock.move(hours=hours)
    with pytest.raises(TooMany) as tired:
        counted(any_session, clock).refuse_if_tired("a")
    assert tired.value.data["retry_after"] == 16 * 3600
    counted(any_session, clock).refuse_if_tired("b")
    clock.move(hours=16)
    counted(any_session, clock).refuse_if_tired("a")


def test_a_short_window_deletes_nothing_of_a_long_one(
    any_session: Session, clock: StoppedClock
) -> None:
    for _ in range(2):
        counted(any_session, clock).note("a")
    clock.move(hours=1)
    counted(any_session, clock, "short").note("a")
    with pytest.raises(TooMany):
        counted(any_session, clock).refuse_if_tired("a")
    counted(any_session, clock, "short").refuse_if_tired("a")
