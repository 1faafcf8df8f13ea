"""Killed in the middle of a submission: all of it is there after the restart, or nothing is."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, select

from content import audit
from content.dossiers.models import Attachment, Dossier, DossierEvent, Draft
from content.dossiers.owner_secret import OwnerSecrets
from content.files import DiskStore
from content.outbox import OutboxJob
from portal.database import Database, make_engine
from tests.content.dossiers_service.world import PDF, World, build, reopen

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SUBMISSIONS = 30


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def submit_and_die(url: str, blobs: Path, key: str, statements: int, answer: int) -> None:
    """A server that dies before its ``statements``-th statement, or after it has answered."""
    database = Database(make_engine(url), lambda: NOW)
    left = [statements]

    def countdown(*_details: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            die()

    event.listen(database.engine, "before_cursor_execute", countdown)
    event.listen(database.engine, "commit", countdown)
    with database.writing_sessions() as session:
        world = reopen(session, DiskStore(blobs))
        draft = world.drafts(NOW).find(key, world.holder)
        world.attach(draft, NOW, body=PDF * 3)
        dossier = world.dossiers(NOW).submit(draft, world.citizen, declared=True)
        session.commit()
        os.write(answer, dossier.lookup_code.encode())
    die()


def in_a_process_that_dies(url: str, blobs: Path, key: str, statements: int) -> str:
    """The look-up code that was shown before death, "" if none was."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            submit_and_die(url, blobs, key, statements, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as source:
        shown = source.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it should have been killed, not ended by itself"
    return shown


def read(world: World, attachment: Attachment) -> bytes:
    with world.files.open(attachment.file) as source:
        return source.read()


@pytest.mark.slow
def test_after_a_kill_a_submission_is_whole_or_not_there(tmp_path: Path, database) -> None:
    store = DiskStore(tmp_path / "files")
    with database.writing_sessions.begin() as session:
        world = build(session, NOW, store)
        keys = [world.draft(NOW).key for _ in range(SUBMISSIONS)]
    database.engine.dispose()
    url = database.engine.url.render_as_string()
    shown = {
        key: in_a_process_that_dies(url, store.root, key, statements=4 + 2 * number)
        for number, key in enumerate(keys)
    }
    told = {code for code in shown.values() if code}
    # Some died before the end and some after: the test tests something.
    assert 0 < len(told) < SUBMISSIONS
    with database.writing_sessions() as session:
        world = reopen(session, store)
        kept = {one.lookup_code for one in session.scalars(select(Dossier))}
        assert told <= kept
        for dossier in session.scalars(select(Dossier)):
            assert OwnerSecrets("test-key").again(dossier.lookup_code, dossier.secret_digest)
            assert len(dossier.attachments) == 2
            assert [read(world, one) for one in dossier.attachments] == [PDF, PDF * 3]
            assert [line.number for line in dossier.events] == [1]
        assert list(world.files.damaged()) == []
        audit.seal(session, NOW.replace(year=2027))
        assert audit.broken_seals(session) == []
        for table, per_dossier in ((DossierEvent, 1), (OutboxJob, 1)):
            query = select(table)
            if table is OutboxJob:
                query = query.where(OutboxJob.kind == "mail")
            assert len(session.scalars(query).all()) == per_dossier * len(kept)
        whole = session.scalars(select(Draft).where(Draft.dossier_id.is_(None))).all()
        assert len(whole) == SUBMISSIONS - len(kept)
        for draft in whole:
            assert draft.answers["ho_ten"] == "Nguyễn Thị Hoa"
            assert len(draft.attachments) == 1
        assert len(session.scalars(select(Attachment)).all()) == SUBMISSIONS + len(kept)
        # Who was told nothing sends again and is served.
        for draft in whole:
            world.dossiers(NOW).submit(draft, world.citizen, declared=True)
        session.commit()
        assert len(session.scalars(select(Dossier)).all()) == SUBMISSIONS
