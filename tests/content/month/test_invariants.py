"""The invariants of a month see what they are there for: each of them catches its own fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from content.models import Base
from portal.database import Database, make_engine
from tests.content.month import invariants as of
from tests.content.month.town import NOW, play_share, prepare

COUNT = 24
#: What somebody with a hand in the database could do, and who has to notice.
FAULTS: tuple[tuple[str, Callable[[Session], None]], ...] = (
    ("UPDATE dossier SET status = 4 WHERE status = 10", of.the_log_is_whole),
    ("DELETE FROM dossier_event WHERE number = 2", of.the_log_is_whole),
    (
        "UPDATE dossier SET due_date = date(due_date, '+1 day') WHERE status = 10",
        of.due_dates_are_those_of_a_slow_count,
    ),
    (
        "UPDATE dossier SET promised_date = date(promised_date, '-1 day') WHERE status = 10",
        of.due_dates_are_those_of_a_slow_count,
    ),
    ("DELETE FROM outbox_job WHERE kind = 'letter'", of.every_reception_has_one_receipt),
    (
        "UPDATE register_line SET number = 99 WHERE id = (SELECT min(id) FROM register_line)",
        of.no_number_is_doubled_or_skipped,
    ),
    (
        "DELETE FROM register_line WHERE id = (SELECT max(id) FROM register_line)",
        of.no_number_is_doubled_or_skipped,
    ),
    (
        "UPDATE money_receipt SET number = number + 1000 WHERE number = 1",
        of.no_number_is_doubled_or_skipped,
    ),
    ("UPDATE hand_over SET from_step = 'b9' WHERE number = 2", of.hand_overs_are_unbroken),
    ("UPDATE dossier SET holder_id = 1 WHERE status = 10", of.hand_overs_are_unbroken),
    ("UPDATE money_receipt SET amount = amount + 1", of.money_agrees),
    (
        "UPDATE dossier_charge SET set_by_id = (SELECT taken_by_id FROM money_receipt"
        " WHERE money_receipt.id = dossier_charge.receipt_id)",
        of.duties_are_parted,
    ),
    (
        "UPDATE certification_entry SET number = number + 1"
        " WHERE id = (SELECT max(id) FROM certification_entry)",
        of.no_number_is_doubled_or_skipped,
    ),
    (
        "UPDATE certification_entry SET fee = fee + 1",
        of.what_is_done_in_one_visit_stands_in_a_book,
    ),
    (
        "UPDATE chain_part SET due_date = date(due_date, '+1 day') WHERE due_date IS NOT NULL",
        of.chains_are_whole,
    ),
    (
        "UPDATE chain_part SET finished_by_id = 1 WHERE finished_at IS NOT NULL",
        of.chains_are_whole,
    ),
    (
        "UPDATE chain_hand_over SET taken_at = NULL WHERE number = 1",
        of.chains_are_whole,
    ),
    ("UPDATE audit_entry SET action = 'x' WHERE id = 3", of.the_audit_chain_is_intact),
)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A short month, played once, its audit sealed."""
    folder: Path = tmp_path_factory.mktemp("month")
    engine = make_engine(f"sqlite:///{folder}/portal.sqlite3")
    Base.metadata.create_all(engine)
    database = Database(engine, lambda: NOW)
    prepare(database)
    play_share(database, folder / "files", COUNT, 0, 1)
    with database.writing_sessions.begin() as session:
        of.the_audit_chain_is_intact(session)
    yield engine
    engine.dispose()


@pytest.fixture
def session(played: Engine) -> Iterator[Session]:
    """On the month; whatever is done to it is undone."""
    with played.connect() as connection:
        transaction = connection.begin()
        yield Session(connection, join_transaction_mode="create_savepoint")
        transaction.rollback()


def test_a_month_that_nobody_touched_keeps_every_promise(session: Session) -> None:
    for holds in of.INVARIANTS:
        holds(session)


@pytest.mark.parametrize(("fault", "notices"), FAULTS)
def test_a_fault_is_noticed(
    session: Session, fault: str, notices: Callable[[Session], None]
) -> None:
    assert session.execute(text(fault)).rowcount > 0, "the month has nothing of the kind"
    with pytest.raises(AssertionError):
        notices(session)
