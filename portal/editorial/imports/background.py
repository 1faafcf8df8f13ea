"""Large files in the background: looked at and taken in by the worker, step by step.

Each step is a transaction of its own, so that nobody waits for the write lock and the page
shows how far it is. A worker that dies is repeated and finds the rest.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy.orm import Session

from content import audit, outbox
from content.files import FileService, StoredFile
from content.files.store import FileStore
from content.outbox import Job
from content.procedures.merging import runs
from content.procedures.merging.models import ImportRun, RunState

KIND = "procedures.import"
#: Files above this are looked at by the worker (a spreadsheet is packed ten times as tight).
MAX_AT_ONCE = 400_000
MAX_SHEET_AT_ONCE = 60_000
STEP = 50

Writing = Callable[[], AbstractContextManager[Session]]


def is_large(data: bytes) -> bool:
    """Whether people should not wait for it."""
    return len(data) > (MAX_SHEET_AT_ONCE if data.startswith(b"PK") else MAX_AT_ONCE)


def order(session: Session, run: ImportRun, *, now: datetime) -> None:
    """Have the worker go on with a run."""
    outbox.enqueue(session, KIND, f"import:{run.id}", now=now, payload={"run": run.id})


def bytes_of(files: FileService, run: ImportRun) -> bytes:
    """The file of a run."""
    stored = files.session.get(StoredFile, run.file_id) if run.file_id else None
    if stored is None:
        return b""
    with files.open(stored) as source:
        return source.read()


def look(session: Session, files: FileService, run: ImportRun) -> None:
    """Read the file and let the run say what would happen."""
    runs.look(session, run, runs.judge(session, bytes_of(files, run), run.source))


def note(session: Session, run: ImportRun, judged: runs.Judged, now: datetime) -> None:
    """It is done: by whom, what became of it."""
    runs.finish(session, run, judged.records, now)
    audit.record(
        session,
        now=now,
        actor_id=run.created_by,
        action="procedure.import",
        subject=f"import:{run.id}",
        **(run.report.get("result") or {}),
    )


class ImportHandler:
    """The worker's part."""

    def __init__(self, writing: Writing, store: FileStore, clock: Callable[[], datetime]) -> None:
        self.writing = writing
        self.store = store
        self.clock = clock

    def __call__(self, jobs: list[Job]) -> None:
        """Go on with each run from where it stands."""
        for job in jobs:
            self._go_on(job.payload["run"])

    def _go_on(self, run_id: int) -> None:
        with self.writing() as session:
            run = session.get(ImportRun, run_id)
            if run is None or not run.state.is_busy:
                return
            data = bytes_of(FileService(session, self.store), run)
            taking = run.state is RunState.RUNNING
            source = run.source
        with self.writing() as session:
            judged = runs.judge(session, data, source)
        if taking and not judged.problems:
            self._take(run_id, judged)
            return
        with self.writing() as session:
            runs.look(session, session.get_one(ImportRun, run_id), judged)

    def _take(self, run_id: int, judged: runs.Judged) -> None:
        """What was done before the worker died is found again by ``done``."""
        while True:
            with self.writing() as session:
                run = session.get_one(ImportRun, run_id)
                rest = judged.records[run.done : run.done + STEP]
                if not rest:
                    note(session, run, judged, self.clock())
                    return
                runs.take(session, run, rest, now=self.clock())
