"""Real processes: a worker that dies is replaced, a server that stops takes its worker along."""

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.outbox import backlog
from tests.support.filing import ask, fill_in, program_of, send, sign_in
from tests.support.servers import Server, serving

CITIZEN = "congdan@example.vn"


@pytest.fixture(scope="module")
def server(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with its worker."""
    with serving(sample, tmp_path_factory.mktemp("processes")) as server:
        yield server


def children(pid: int) -> list[int]:
    """The processes that ``pid`` has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += (task / "children").read_text().split()
    return sorted({int(one) for one in found})


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(what: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def mails(server: Server) -> int:
    return len(list((server.folder / "mail").glob("*.eml")))


def nothing_waits(server: Server) -> bool:
    """Whether all that other tests of this server began is done."""
    with program_of(server.folder) as program, program.reading() as session:
        return backlog(session, program.now).waiting == 0


@pytest.mark.slow
def test_a_killed_worker_is_replaced_and_its_work_done(server: Server) -> None:
    eventually(lambda: nothing_waits(server))
    (worker,) = children(server.pid)
    os.kill(worker, signal.SIGKILL)
    with program_of(server.folder) as program, program.writing() as session:
        cookies = sign_in(session, CITIZEN)
        draft = fill_in(session, program.file_store, CITIZEN)
    before = mails(server)
    assert send(server.port, draft, cookies).status == 303
    eventually(lambda: children(server.pid) not in ([], [worker]))
    eventually(lambda: mails(server) == before + 1)
    # While the server never stopped answering.
    assert ask(server.port, "GET", "/readyz", {}).status == 200


@pytest.mark.slow
def test_who_waits_for_a_lock_is_served_when_it_is_free(server: Server) -> None:
    """Two seconds is what an import or a backup may hold it."""
    with program_of(server.folder) as program, program.writing() as session:
        cookies = sign_in(session, CITIZEN)
        draft = fill_in(session, program.file_store, CITIZEN)
    other = sqlite3.connect(
        server.folder / "portal.sqlite3", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(2.0, other.rollback)
    began = time.monotonic()

    release.start()
    # Readers do not wait at all.
    assert ask(server.port, "GET", "/thu-tuc/1.004222", {}).status == 200
    assert time.monotonic() - began < 1.5
    answer = send(server.port, draft, cookies)
    assert answer.status == 303, answer
    assert time.monotonic() - began >= 1.9
    release.join()
    other.close()


@pytest.mark.slow
def test_a_server_that_dies_takes_its_worker_along(sample: Path, tmp_path: Path) -> None:
    with serving(sample, tmp_path) as server:
        eventually(lambda: children(server.pid))
        (worker,) = children(server.pid)
        server.kill()
        eventually(lambda: not is_alive(worker))
        server.start()
        eventually(lambda: children(server.pid))
        (worker,) = children(server.pid)
        server.stop()
        eventually(lambda: not is_alive(worker), 5)
