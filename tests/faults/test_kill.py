"""``kill -9`` between request read and response sent: a submission is whole or not there.

Real server processes on SQLite. Several people press "Gửi hồ sơ" at once, the server dies
at a random moment or as soon as a dossier can be seen, is started again, and everything
is looked at.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.dossiers.models import Attachment, Dossier, Draft
from content.files import FileService
from content.outbox import OutboxJob
from portal.cli.program import Program
from tests.support.filing import Answered, Filled, fill_in, program_of, send, sign_in
from tests.support.servers import Server, serving
from tests.support.site import run_command

SITES = 2
#: Submissions that were under way when their server died, on each site.
INTERRUPTED = 15
AT_ONCE = 4
MAX_LIVES = 20
#: Seconds that a submission takes, until this machine has shown how long it really is.
PACE = 0.05
CITIZEN = "congdan@example.vn"


@dataclass
class Story:
    """What happened on one site."""

    pace: float = PACE
    interrupted: int = 0
    lives: int = 0
    whole_though_unanswered: int = 0
    filed: list[Filled] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)


def prepare(program: Program, count: int) -> tuple[list[Filled], dict[str, str]]:
    with program.writing() as session:
        cookies = sign_in(session, CITIZEN)
        return [fill_in(session, program.file_store, CITIZEN) for _ in range(count)], cookies


def send_and_kill(
    server: Server,
    batch: Sequence[Filled],
    cookies: dict[str, str],
    wait: Callable[[], object],
) -> dict[str, bool]:
    """Send all at once, kill the server when ``wait`` returns: draft key → was it answered."""
    answered = dict.fromkeys((one.key for one in batch), False)
    together = threading.Barrier(len(batch) + 1)

    def one_person(draft: Filled) -> None:
        together.wait()
        try:
            answer = send(server.port, draft, cookies)
        except (OSError, HTTPException):
            return
        assert_acknowledged(answer, draft)
        answered[draft.key] = True

    threads = [threading.Thread(target=one_person, args=(one,)) for one in batch]
    for thread in threads:
        thread.start()
    together.wait()
    wait()
    server.kill()
    for thread in threads:
        thread.join()
    return answered


def until_seen(program: Program, batch: Sequence[Filled]) -> None:
    """Return in the moment between a commit and the answer that tells of it."""
    query = select(Dossier.id).where(Dossier.submission_key.in_([one.key for one in batch]))
    end = time.monotonic() + 20
    with program.database.engine.connect() as connection:
        while time.monotonic() < end:
            with connection.begin():
                if connection.execute(query).first() is not None:
                    return
    raise TimeoutError("no dossier was filed")


def assert_acknowledged(answer: Answered, draft: Filled) -> None:
    assert answer.status == 303, answer
    assert answer.location.endswith(f"{draft.path}/da-gui")


def look(program: Program, draft: Filled) -> bool:
    """Whether the draft has become a dossier; whichever it is, nothing of it is missing."""
    with program.reading() as session:
        kept = session.scalars(select(Draft).where(Draft.key == draft.key)).one()
        dossiers = session.scalars(select(Dossier).where(Dossier.submission_key == draft.key)).all()
        assert len(dossiers) == (kept.dossier_id is not None)
        home = Attachment.draft_id == kept.id
        if dossiers:
            home = Attachment.dossier_id == dossiers[0].id
            look_at_dossier(session, dossiers[0], draft)
        else:
            assert kept.answers["y_kien_cua_chu_ho"] == draft.mark
        files = session.scalars(select(Attachment).where(home).order_by(Attachment.position)).all()
        assert tuple(one.file.sha256 for one in files) == draft.digests
        for one in files:
            FileService(session, program.file_store).open(one.file).close()
        return bool(dossiers)


def look_at_dossier(session: Session, dossier: Dossier, draft: Filled) -> None:
    assert dossier.answers["y_kien_cua_chu_ho"] == draft.mark
    assert [(line.number, line.action) for line in dossier.events] == [(1, "submit_online")]
    subject = AuditEntry.subject == f"dossier:{dossier.id}"
    assert [one.action for one in session.scalars(select(AuditEntry).where(subject))] == [
        "dossier.submit_online"
    ]
    jobs = select(OutboxJob).where(OutboxJob.key.startswith(f"dossier:{dossier.id}:"))
    assert [one.payload["template"] for one in session.scalars(jobs)] == ["submitted"]


def live(model: Path, folder: Path, seed: int) -> Story:
    """Submit, kill, start again, look, send once more what was not answered."""
    chance, story = random.Random(seed), Story()
    with serving(model, folder, "--no-worker") as server, program_of(folder) as program:
        ready, cookies = prepare(program, MAX_LIVES * AT_ONCE)
        while story.interrupted < INTERRUPTED and ready:
            batch, ready = ready[:AT_ONCE], ready[AT_ONCE:]
            moment = partial(time.sleep, chance.uniform(0, AT_ONCE * story.pace * 1.3))
            if story.lives % 2:
                moment = partial(until_seen, program, batch)
            answered = send_and_kill(server, batch, cookies, moment)
            server.start()
            story.lives += 1
            for one in batch:
                is_there = look(program, one)
                if answered[one.key]:
                    assert is_there, "acknowledged, and lost"
                    story.acknowledged.add(one.key)
                else:
                    story.interrupted += 1
                    story.whole_though_unanswered += is_there
                # Sent once more, by who waited in vain or clicked twice: never a second one.
                began = time.monotonic()
                assert_acknowledged(send(server.port, one, cookies), one)
                if not is_there:
                    story.pace = time.monotonic() - began
                assert look(program, one)
            story.filed += batch
        server.stop()
        finish(program, folder, story)
    return story


def finish(program: Program, folder: Path, story: Story) -> None:
    """Each dossier once, each mail once, and ``verify`` finds nothing."""
    assert run_command(folder, "worker", "--once") == 0
    with program.reading() as session:
        keys = list(session.scalars(select(Dossier.submission_key)))
        assert sorted(map(str, keys)) == sorted(one.key for one in story.filed)
        codes = set(session.scalars(select(Dossier.lookup_code)))
    mails = [path.read_text("utf-8") for path in (folder / "mail").glob("*.eml")]
    assert len(mails) == len(codes)
    assert all(sum(code in mail for mail in mails) == 1 for code in codes)
    assert run_command(folder, "verify") == 0


@pytest.mark.slow
def test_a_killed_server_loses_nothing_it_acknowledged_and_files_nothing_twice(
    sample: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = random.randrange(1 << 32)
    with ThreadPoolExecutor(SITES) as pool:
        folders = [tmp_path / str(number) for number in range(SITES)]
        told = [
            pool.submit(live, sample, folder, seed + number)
            for number, folder in enumerate(folders)
        ]
        stories = [one.result() for one in told]
    interrupted = sum(one.interrupted for one in stories)
    acknowledged = sum(len(one.acknowledged) for one in stories)
    whole = sum(one.whole_though_unanswered for one in stories)
    filed = sum(len(one.filed) for one in stories)
    lives = sum(one.lives for one in stories)
    record_property(
        "told",
        f"kill -9 ({seed=}): {lives} servers killed, {filed} submissions, "
        f"{acknowledged} acknowledged before and all there, {interrupted} interrupted: "
        f"{whole} whole, {interrupted - whole} not there; all {filed} filed once in the end",
    )
    assert interrupted >= SITES * INTERRUPTED
    # Some on either side of the commit, else nothing was tested.
    assert 0 < acknowledged + whole < filed
