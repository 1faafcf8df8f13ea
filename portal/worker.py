"""The worker: drains the outbox and runs the timers, in a process of its own.

Each job is handled outside the transaction that claimed it, and forgotten only after
its handler returned; a job that fails keeps its error and is tried again later. Every
handler bears being run twice.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.outbox import Job, OutboxJob
from portal.database import Database

log = logging.getLogger("portal.worker")

PAUSE = 0.3

Handler = Callable[[list[Job]], None]


@dataclass
class Timer:
    """Something done now and then, whether or not there are jobs."""

    name: str
    every: timedelta
    run: Callable[[], object]
    due_at: float = field(default=0.0)


class Worker:
    """Claims jobs by kind and hands them to handlers; ``handlers`` take batches."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        handlers: dict[str, Handler],
        timers: tuple[Timer, ...] = (),
    ) -> None:
        self.database = database
        self.clock = clock
        self.handlers = handlers
        self.timers = timers
        self.stopping = threading.Event()

    def run(self) -> None:
        """Work until asked to stop."""
        while not self.stopping.is_set():
            self.run_timers()
            if not self.drain_once():
                self.stopping.wait(PAUSE)

    def drain(self) -> int:
        """Work until nothing is due; returns how many jobs were done."""
        total = 0
        while done := self.drain_once():
            total += done
        return total

    def drain_once(self) -> int:
        """Claim and handle one batch; returns how many jobs were claimed."""
        if not self._anything_due():
            return 0
        with self.database.writing_sessions.begin() as session:
            jobs = outbox.claim(session, self.clock())
        for kind in dict.fromkeys(job.kind for job in jobs):
            self._handle(kind, [job for job in jobs if job.kind == kind])
        return len(jobs)

    def run_timers(self) -> None:
        """Run what is due; a failing timer is logged and tried again at its next turn."""
        now = time.monotonic()
        for timer in self.timers:
            if timer.due_at > now:
                continue
            timer.due_at = now + timer.every.total_seconds()
            try:
                timer.run()
            except Exception:
                log.exception("timer failed", extra={"timer": timer.name})

    def _anything_due(self) -> bool:
        """A cheap read first, so that an idle worker never takes the write lock."""
        now = self.clock()
        due = select(OutboxJob.id).where(
            OutboxJob.not_before <= now,
            OutboxJob.attempts < outbox.MAX_ATTEMPTS,
            OutboxJob.locked_until.is_(None) | (OutboxJob.locked_until < now),
        )
        with self.database.sessions() as session:
            return session.scalar(due.limit(1)) is not None

    def _handle(self, kind: str, jobs: list[Job]) -> None:
        handler = self.handlers.get(kind)
        try:
            if handler is None:
                raise LookupError(f"no handler for {kind}")
            handler(jobs)
        except Exception as error:
            reason = repr(error)
            if len(jobs) > 1:
                # One bad job must not hold up its neighbours.
                for job in jobs:
                    self._handle(kind, [job])
                return
            log.exception("job failed", extra={"kind": kind, "job": jobs[0].id})
            self._finish(lambda session: outbox.failed(session, jobs[0], reason, self.clock()))
            return
        self._finish(lambda session: outbox.done(session, [job.id for job in jobs]))

    def _finish(self, act: Callable[[Session], None]) -> None:
        with self.database.writing_sessions.begin() as session:
            act(session)
