"""Work after commit: promised with the change, claimed by one worker, kept when it fails."""

import threading
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content import outbox
from content.changes import CHANGED
from content.news.models import Page
from content.outbox import LEASE, MAX_ATTEMPTS, OutboxJob
from portal.database import Database
from portal.worker import Worker
from tests.support.clock import StoppedClock


def count(database: Database) -> int:
    with database.sessions() as session:
        return session.scalar(select(func.count(OutboxJob.id))) or 0


def promise(database: Database, clock: StoppedClock, number: int, kind: str = "test") -> None:
    with database.writing_sessions.begin() as session:
        for n in range(number):
            outbox.enqueue(session, kind, f"k{n}", now=clock())


def test_a_promise_dies_with_its_transaction(any_session: Session, clock: StoppedClock) -> None:
    savepoint = any_session.begin_nested()
    outbox.enqueue(any_session, "test", "k", now=clock())
    any_session.flush()
    savepoint.rollback()
    assert not outbox.claim(any_session, clock())


def test_claimed_work_is_not_claimed_again_until_its_lease_ends(
    any_session: Session, clock: StoppedClock
) -> None:
    outbox.enqueue(any_session, "test", "k", now=clock())
    any_session.flush()
    assert [job.key for job in outbox.claim(any_session, clock())] == ["k"]
    assert not outbox.claim(any_session, clock())
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert [job.attempts for job in outbox.claim(any_session, clock())] == [2]


def test_failed_work_keeps_its_error_and_waits(any_session: Session, clock: StoppedClock) -> None:
    outbox.enqueue(any_session, "test", "k", now=clock())
    any_session.flush()
    promised = clock()
    clock.move(days=1)
    assert outbox.backlog(any_session, clock()).oldest == promised, "nobody has taken it"
    [job] = outbox.claim(any_session, clock())
    assert outbox.backlog(any_session, clock()).oldest is None, "somebody has it"
    outbox.failed(any_session, job, "x" * 9999, clock())
    any_session.expire_all()
    assert outbox.backlog(any_session, clock()).oldest is None, "it is not late: it waits its turn"
    row = any_session.get_one(OutboxJob, job.id)
    assert row.last_error == "x" * outbox.MAX_ERROR
    assert not outbox.claim(any_session, clock())
    clock.move(minutes=2)
    assert outbox.claim(any_session, clock())


def test_hopeless_work_is_given_up_and_said(any_session: Session, clock: StoppedClock) -> None:
    outbox.enqueue(any_session, "test", "k", now=clock())
    any_session.flush()
    for _ in range(MAX_ATTEMPTS):
        clock.move(days=2)
        [job] = outbox.claim(any_session, clock())
        outbox.failed(any_session, job, "no", clock())
        any_session.expire_all()
    clock.move(days=2)
    assert not outbox.claim(any_session, clock())
    assert outbox.backlog(any_session, clock()).given_up == 1


def test_many_workers_do_each_job_once(any_database: Database, clock: StoppedClock) -> None:
    promise(any_database, clock, 120)
    seen: list[int] = []
    workers = [
        Worker(any_database, clock, {"test": lambda jobs: seen.extend(job.id for job in jobs)})
        for _ in range(3)
    ]
    threads = [threading.Thread(target=worker.drain) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == len(set(seen)) == 120
    assert count(any_database) == 0


def test_one_bad_job_does_not_hold_up_its_neighbours(
    database: Database, clock: StoppedClock
) -> None:
    promise(database, clock, 5)
    done: list[str] = []

    def handle(jobs: list[outbox.Job]) -> None:
        if any(job.key == "k3" for job in jobs):
            raise ValueError("k3 is broken")
        done.extend(job.key for job in jobs)

    Worker(database, clock, {"test": handle}).drain()
    assert sorted(done) == ["k0", "k1", "k2", "k4"]
    with database.sessions() as session:
        [left] = session.scalars(select(OutboxJob))
        assert (left.key, left.last_error) == ("k3", "ValueError('k3 is broken')")


def test_work_without_a_handler_is_kept(database: Database, clock: StoppedClock) -> None:
    promise(database, clock, 1, kind="unheard-of")
    Worker(database, clock, {}).drain()
    assert count(database) == 1


def test_a_job_not_yet_due_waits(database: Database, clock: StoppedClock) -> None:
    with database.writing_sessions.begin() as session:
        outbox.enqueue(session, "test", "k", now=clock() + timedelta(hours=1))
    worker = Worker(database, clock, {"test": lambda _jobs: None})
    assert worker.drain() == 0
    clock.move(hours=2)
    assert worker.drain() == 1


def test_a_number_is_never_given_twice(any_database: Database, clock: StoppedClock) -> None:
    seen: list[int] = []
    worker = Worker(any_database, clock, {"test": lambda jobs: seen.extend(job.id for job in jobs)})
    for _ in range(3):
        promise(any_database, clock, 1)
        worker.drain()
    assert len(set(seen)) == 3


def page(session: Session, slug: str, clock: StoppedClock) -> Page:
    made = Page(slug=slug, title="Giới thiệu", body="Một", updated_at=clock())
    session.add(made)
    session.flush()
    return made


def change(session: Session, one: Page, body: str) -> None:
    one.body = body
    session.flush()


def events(database: Database) -> list[str]:
    with database.sessions() as session:
        query = select(OutboxJob.key).where(OutboxJob.kind == CHANGED).order_by(OutboxJob.id)
        return list(session.scalars(query))


def test_many_changes_of_one_object_are_one_event_a_transaction(
    any_database: Database, clock: StoppedClock
) -> None:
    with any_database.writing_sessions() as session:
        first, second = (page(session, slug, clock) for slug in ("mot", "hai"))
        for body in ("Hai", "Ba"):
            change(session, first, body)
        session.commit()
        assert events(any_database) == [f"page:{first.id}", f"page:{second.id}"]
        # Another transaction of the same session: the first event may have been worked off.
        change(session, first, "Bốn")
        session.commit()
    assert events(any_database) == [f"page:{first.id}", f"page:{second.id}", f"page:{first.id}"]


def test_an_event_that_a_savepoint_took_along_is_written_again(
    any_database: Database, clock: StoppedClock
) -> None:
    with any_database.writing_sessions.begin() as session:
        kept = page(session, "mot", clock)
        session.flush()
        session.execute(delete(OutboxJob))
    with any_database.writing_sessions.begin() as session:
        kept = session.get_one(Page, kept.id)
        savepoint = session.begin_nested()
        change(session, kept, "Hai")
        savepoint.rollback()
        change(session, kept, "Ba")
    assert events(any_database) == [f"page:{kept.id}"]


def test_a_transaction_that_failed_leaves_nothing_remembered(
    any_database: Database, clock: StoppedClock
) -> None:
    with any_database.writing_sessions() as session:
        kept = page(session, "mot", clock)
        session.commit()
        change(session, kept, "Hai")
        session.rollback()
        change(session, kept, "Ba")
        session.commit()
    assert events(any_database) == [f"page:{kept.id}"] * 2
