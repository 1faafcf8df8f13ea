"""The counters that caches compare: read once in a transaction, never kept beyond it."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from content import changes
from content.news.models import Page
from portal.database import Database
from tests.support.clock import StoppedClock


def page(clock: StoppedClock, slug: str = "trang") -> Page:
    return Page(slug=slug, title="Trang", body="", updated_at=clock())


def test_each_counter_has_its_own_value(any_session: Session) -> None:
    changes.advance(any_session, "a")
    changes.advance(any_session, "b")
    changes.advance(any_session, "b")
    values = [changes.generation(any_session, one) for one in ("a", "b", "c")]
    assert values == [1, 2, 0]


def test_several_counters_cost_one_query(database: Database) -> None:
    asked: list[str] = []
    with database.sessions() as session:
        event.listen(
            session.connection(), "before_cursor_execute", lambda *given: asked.append(given[2])
        )
        for name in ("content", changes.FRAME, "terms"):
            changes.generation(session, name)
    assert len(asked) == 1


def test_another_process_is_seen_by_the_next_transaction(any_database: Database) -> None:
    with any_database.sessions() as reader:
        before = changes.generation(reader)
        with any_database.writing_sessions.begin() as writer:
            changes.advance(writer)
        assert changes.generation(reader) == before
        reader.rollback()
        assert changes.generation(reader) == before + 1


def test_a_change_not_written_yet_counts(any_session: Session, clock: StoppedClock) -> None:
    before = changes.generation(any_session)
    any_session.add(page(clock))
    assert changes.generation(any_session) == before + 1
    assert changes.has_advanced(any_session)


def test_a_savepoint_takes_its_advance_along(any_session: Session) -> None:
    before = changes.generation(any_session)
    savepoint = any_session.begin_nested()
    changes.advance(any_session)
    assert changes.generation(any_session) == before + 1
    savepoint.rollback()
    assert changes.generation(any_session) == before


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_nothing_is_remembered_after_the_end(database: Database, end: str) -> None:
    with database.writing_sessions() as session:
        before = changes.generation(session)
        changes.advance(session)
        getattr(session, end)()
        assert changes.generation(session) == before + (end == "commit")
