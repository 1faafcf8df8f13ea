"""Eight threads and two processes at one desk: nobody's work lost, no number twice or skipped."""

import itertools
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from content.dossiers.models import Dossier, DossierEvent, Draft
from content.dossiers.numbering import Counter, RegisterLine
from content.dossiers.states import Status
from content.errors import InvalidTransition
from content.files import MemoryStore
from content.outbox import OutboxJob
from portal.database import Database, make_engine
from tests.content.dossiers_service.world import build, reopen

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
THREADS = 8
DOSSIERS = 32
#: How many a thread tries: each dossier is wanted by five of the sixteen threads.
TRIES = 10


def prepare(database: Database, count: int) -> list[int]:
    """Dossiers waiting at the desk."""
    with database.writing_sessions.begin() as session:
        world = build(session, NOW)
        return [world.submitted(NOW).id for _ in range(count)]


def accept_all(database: Database, dossier_ids: list[int], offset: int) -> list[str]:
    """Eight threads try overlapping runs of the list; answers who won what."""
    turns = itertools.count(offset)

    def work() -> list[str]:
        start = next(turns) * DOSSIERS // (2 * THREADS)
        wanted = (dossier_ids + dossier_ids)[start : start + TRIES]
        return [won for one in wanted if (won := accept(database, one))]

    with ThreadPoolExecutor(THREADS) as pool:
        results = [pool.submit(work) for _ in range(THREADS)]
        return [won for result in results for won in result.result()]


def accept(database: Database, dossier_id: int) -> str | None:
    """One request of an officer, with the retries a request has."""
    for _ in range(40):
        session = database.writing_sessions()
        try:
            dossier = session.get_one(Dossier, dossier_id)
            world = reopen(session, MemoryStore())
            world.dossiers(NOW).accept(dossier, world.officer)
            session.commit()
        except InvalidTransition:
            return None
        except (OperationalError, StaleDataError, IntegrityError):
            continue
        else:
            return dossier.code
        finally:
            session.close()
    raise AssertionError("a request never got through")


def in_another_process(url: str, dossier_ids: list[int], offset: int, answers: Any) -> None:
    database = Database(make_engine(url), lambda: NOW)
    answers.put(accept_all(database, dossier_ids, offset))
    database.engine.dispose()


def test_ten_at_one_desk_lose_nothing_and_number_without_gaps(any_database: Database) -> None:
    dossier_ids = prepare(any_database, DOSSIERS)
    any_database.engine.dispose()
    url = any_database.engine.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("fork")
    answers: Any = context.Queue()
    processes = [
        context.Process(target=in_another_process, args=(url, dossier_ids, offset, answers))
        for offset in (0, THREADS)
    ]
    for process in processes:
        process.start()
    won = [code for _ in processes for code in answers.get(timeout=120)]
    for process in processes:
        process.join(timeout=30)
        assert process.exitcode == 0
    expected = [f"H99.12-261123-{n:04d}" for n in range(1, DOSSIERS + 1)]
    # Each acceptance that somebody was told of is there, once, and there are no others.
    assert sorted(won) == expected
    with any_database.sessions() as session:
        dossiers = session.scalars(select(Dossier)).all()
        assert sorted(str(one.code) for one in dossiers) == expected
        assert {one.status for one in dossiers} == {Status.RECEIVED}
        lines = session.scalars(select(RegisterLine).order_by(RegisterLine.number)).all()
        assert [line.number for line in lines] == list(range(1, DOSSIERS + 1))
        assert {line.dossier_id for line in lines} == set(dossier_ids)
        counters = session.scalars(select(Counter)).all()
        assert {(one.series, one.last) for one in counters} == {
            ("dossier", DOSSIERS),
            ("register", DOSSIERS),
        }
        events = session.scalars(select(DossierEvent)).all()
        assert sorted((e.dossier_id, e.number) for e in events) == sorted(
            (one, number) for one in dossier_ids for number in (1, 2)
        )
        accepted = [
            job.key
            for job in session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail"))
            if job.payload["template"] == "accepted"
        ]
        assert sorted(accepted) == sorted(f"dossier:{one}:accepted" for one in dossier_ids)


def test_eight_clicks_on_submit_file_one_dossier(any_database: Database) -> None:
    store = MemoryStore()
    with any_database.writing_sessions.begin() as session:
        world = build(session, NOW, store)
        key = world.draft(NOW).key
    barrier = threading.Barrier(THREADS)

    def click() -> str:
        barrier.wait()
        for _ in range(40):
            session = any_database.writing_sessions()
            try:
                world = reopen(session, store)
                draft = session.scalars(select(Draft).where(Draft.key == key)).one()
                dossier = world.dossiers(NOW).submit(draft, world.citizen, declared=True)
                session.commit()
            except (OperationalError, StaleDataError, IntegrityError):
                continue
            else:
                return dossier.lookup_code
            finally:
                session.close()
        raise AssertionError("a request never got through")

    with ThreadPoolExecutor(THREADS) as pool:
        codes = {one.result() for one in [pool.submit(click) for _ in range(THREADS)]}
    with any_database.sessions() as session:
        assert {one.lookup_code for one in session.scalars(select(Dossier))} == codes
        assert len(codes) == 1
        assert len(session.scalars(select(DossierEvent)).all()) == 1
        mails = session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).all()
        assert len(mails) == 1


def test_two_officers_with_different_minds_do_not_both_prevail(any_database: Database) -> None:
    (dossier_id,) = prepare(any_database, 1)
    barrier = threading.Barrier(2)

    def decide(accepting: bool) -> bool:
        barrier.wait()
        for _ in range(40):
            session = any_database.writing_sessions()
            try:
                dossier = session.get_one(Dossier, dossier_id)
                world = reopen(session, MemoryStore())
                service = world.dossiers(NOW + timedelta(minutes=1))
                if accepting:
                    service.accept(dossier, world.officer)
                else:
                    service.refuse(dossier, world.officer, "Hồ sơ chưa đầy đủ.")
                session.commit()
            except InvalidTransition:
                return False
            except (OperationalError, StaleDataError, IntegrityError):
                continue
            else:
                return True
            finally:
                session.close()
        raise AssertionError("a request never got through")

    with ThreadPoolExecutor(2) as pool:
        results = [one.result() for one in [pool.submit(decide, True), pool.submit(decide, False)]]
    assert sorted(results) == [False, True]
    with any_database.sessions() as session:
        dossier = session.get_one(Dossier, dossier_id)
        assert dossier.status is (Status.RECEIVED if results[0] else Status.REFUSED)
        assert [line.to_status for line in dossier.events] == [Status.SUBMITTED, dossier.status]
