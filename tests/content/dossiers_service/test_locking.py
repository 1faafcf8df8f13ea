"""A row taken for oneself: what others wrote is seen, and nothing is read twice."""

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from content.dossiers.locking import lock, locked
from content.dossiers.models import Draft
from tests.content.dossiers_service.world import World, build


def written_by_another(session: Session, draft: Draft) -> None:
    """Changed under the session's feet."""
    session.flush()
    statement = text("UPDATE draft SET step = 'khac', revision = revision + 1 WHERE id = :id")
    session.connection().execute(statement, {"id": draft.id})


def test_what_another_wrote_is_seen_and_can_be_written_over(world: World, clock) -> None:
    draft = world.draft(clock())
    assert draft.procedure.code
    written_by_another(world.session, draft)
    lock(world.session, draft)
    assert draft.step == "khac"
    assert "procedure" in inspect(draft).unloaded
    draft.step = "minh"
    world.session.flush()


def test_what_oneself_changed_is_not_forgotten(world: World, clock) -> None:
    draft = world.draft(clock())
    draft.step = "minh"
    lock(world.session, draft)
    assert draft.step == "minh"


def test_a_row_read_for_changing_is_not_read_again_once(world: World, clock) -> None:
    draft, other = world.draft(clock()), world.draft(clock())
    locked(world.session, draft)
    written_by_another(world.session, draft)
    lock(world.session, draft)
    assert draft.step != "khac"
    lock(world.session, draft)
    assert draft.step == "khac"
    locked(world.session, other)
    written_by_another(world.session, other)
    lock(world.session, draft)
    lock(world.session, other)
    assert other.step == "khac", "what was said of one row holds for the very next lock only"


def test_what_was_read_in_an_earlier_transaction_is_read_again(database, clock) -> None:
    with database.writing_sessions() as session:
        world = build(session, clock())
        draft = world.draft(clock())
        locked(session, draft)
        session.commit()
        written_by_another(session, draft)
        lock(session, draft)
        assert draft.step == "khac"
