"""Revisions, locks and kept drafts."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import NotFound, TooMany
from content.writing import autosave, locks, revisions
from tests.content.writing.people import account
from tests.support.clock import StoppedClock

SUBJECT = "article:12"


def test_revisions_are_numbered_for_each_subject(any_session: Session, clock: StoppedClock) -> None:
    for title in ("một", "hai"):
        revisions.keep(any_session, SUBJECT, {"title": title}, by=None, now=clock())
    other = revisions.keep(any_session, "page:12", {}, by=None, now=clock(), note="đầu tiên")
    assert [one.number for one in revisions.history(any_session, SUBJECT)] == [2, 1]
    assert (other.number, other.note) == (1, "đầu tiên")
    assert revisions.find(any_session, SUBJECT, 1).snapshot == {"title": "một"}
    with pytest.raises(NotFound):
        revisions.find(any_session, SUBJECT, 3)


def test_the_difference_names_the_words() -> None:
    parts = revisions.words("Thu lệ phí 8.000 đồng.", "Thu phí 8.000 đồng, nộp tại chỗ.")
    assert [text.strip() for kind, text in parts if kind == "removed"] == ["lệ"]
    assert "".join(text for kind, text in parts if kind == "added") == ", nộp tại chỗ"


@given(st.text(alphabet="ab c\n,", max_size=40), st.text(alphabet="ab c\n,", max_size=40))
@settings(max_examples=100)
def test_the_parts_of_a_difference_give_both_texts(before: str, after: str) -> None:
    parts = revisions.words(before, after)
    assert "".join(text for kind, text in parts if kind != "added") == before
    assert "".join(text for kind, text in parts if kind != "removed") == after


def test_the_second_is_told_who_has_it(any_session: Session, clock: StoppedClock) -> None:
    one, two = (account(any_session, clock, name) for name in ("Biên", "Tập"))
    assert locks.holder(any_session, SUBJECT, clock()) is None
    assert locks.hold(any_session, SUBJECT, one, clock())
    since = clock()
    clock.move(minutes=10)
    assert locks.hold(any_session, SUBJECT, two, clock()) is None
    assert locks.hold(any_session, SUBJECT, one, clock())
    clock.move(minutes=10)
    found = locks.holder(any_session, SUBJECT, clock())
    assert found
    assert (found.name, found.since) == ("Biên", since)


def test_a_lock_lapses_and_can_be_given_back(session: Session, clock: StoppedClock) -> None:
    one, two = (account(session, clock, name) for name in ("Biên", "Tập"))
    locks.hold(session, SUBJECT, one, clock())
    clock.move(minutes=15)
    assert locks.holder(session, SUBJECT, clock()) is None
    lock = locks.hold(session, SUBJECT, two, clock())
    assert lock
    assert (lock.account_id, lock.taken_at) == (two, clock())
    locks.release(session, SUBJECT, one)
    assert locks.hold(session, SUBJECT, one, clock()) is None
    locks.release(session, SUBJECT, two)
    session.flush()
    assert locks.hold(session, SUBJECT, one, clock())


def test_taking_over_is_written_down(session: Session, clock: StoppedClock) -> None:
    one, two = (account(session, clock, name) for name in ("Biên", "Tập"))
    locks.hold(session, SUBJECT, one, clock())
    assert locks.take_over(session, SUBJECT, two, clock()).account_id == two
    line = session.scalars(select(AuditEntry)).one()
    assert (line.action, line.actor_id, line.data) == (
        "lock.taken_over",
        two,
        {"from_account": one},
    )


def test_typed_text_is_kept_for_its_writer_alone(any_session: Session, clock: StoppedClock) -> None:
    one, two = (account(any_session, clock, name) for name in ("Biên", "Tập"))
    for text in ("Họp", "Họp báo"):
        autosave.keep(any_session, SUBJECT, one, {"title": text}, clock())
    kept = autosave.find(any_session, SUBJECT, one)
    assert kept
    assert (kept.fields, kept.saved_at) == ({"title": "Họp báo"}, clock())
    assert autosave.find(any_session, SUBJECT, two) is None
    autosave.drop(any_session, SUBJECT, one)
    assert autosave.find(any_session, SUBJECT, one) is None


def test_typed_text_is_forgotten_after_a_month(session: Session, clock: StoppedClock) -> None:
    one = account(session, clock, "Biên")
    autosave.keep(session, SUBJECT, one, {"title": "Họp"}, clock())
    autosave.purge(session, clock() + autosave.LIFE)
    assert autosave.find(session, SUBJECT, one)
    autosave.purge(session, clock() + autosave.LIFE + timedelta(seconds=1))
    assert autosave.find(session, SUBJECT, one) is None


def test_too_much_text_is_refused(session: Session, clock: StoppedClock) -> None:
    with pytest.raises(TooMany):
        autosave.keep(session, SUBJECT, 1, {"body": "x" * (autosave.MAX_TOTAL + 1)}, clock())
