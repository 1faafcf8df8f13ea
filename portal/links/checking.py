"""The worker's part: a round every night, or when an editor asks, in steps of a few links."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from content.links import rounds
from content.outbox import Job
from content.words import local
from portal.links.outside import Outside

JOB = "links.check"
#: Hours of the night, in Viet Nam, in which a round begins by itself.
NIGHT = range(1, 5)
NIGHTLY = timedelta(hours=20)
INSIDE_STEP, OUTSIDE_STEP = 50, 10
#: Seconds after which a step leaves the rest to the next one.
STEP_SECONDS = 15.0


Sessions = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Ground:
    """What the checker works on: the database, the clock, and the site's own host."""

    reading: Sessions
    writing: Sessions
    clock: Callable[[], datetime]
    host: str


class LinkChecker:
    """Goes on with the round, if there is one; begins one when it is time.

    ``inside`` makes what tries links of this site, when it is needed first: it needs the
    whole application. ``outside`` is ``None`` where other hosts are not to be asked.
    """

    def __init__(
        self, ground: Ground, inside: Callable[[], rounds.Try], outside: Outside | None
    ) -> None:
        self.ground = ground
        self._make_inside = inside
        self._inside: rounds.Try | None = None
        self.outside = outside

    def handle(self, jobs: list[Job]) -> None:
        """An editor asked: a new round begins, however many asked."""
        if jobs:
            self.begin()

    def tick(self) -> None:
        """By the clock: begin at night, else a few links more."""
        now = self.ground.clock()
        with self.ground.reading() as session:
            last = rounds.last_round(session)
            began, is_over = (last.began_at, bool(last.finished_at)) if last else (None, True)
        if not is_over:
            self.step()
        elif local(now).hour in NIGHT and (began is None or now - began >= NIGHTLY):
            self.begin()

    def begin(self) -> None:
        """Gather all links; they are tried step by step."""
        with self.ground.writing() as session:
            rounds.begin(session, self.ground.host, self.ground.clock())

    def step(self) -> bool:
        """Try a few links; tells whether there may be more."""
        now = self.ground.clock()
        work: list[tuple[str, rounds.Try]] = []
        with self.ground.reading() as session:
            last = rounds.last_round(session)
            if last is None or last.finished_at:
                return False
            inside = rounds.waiting(session, last, now, outside=False, limit=INSIDE_STEP)
            work += [(one, self._inside_try()) for one in inside] if inside else []
            if self.outside is not None:
                others = rounds.waiting(session, last, now, outside=True, limit=OUTSIDE_STEP)
                work += [(one, self.outside) for one in others]
        results = self._tried(work)
        with self.ground.writing() as session:
            self._write(session, results, now)
        return bool(work)

    def _write(self, session: Session, results: dict[str, str | None], now: datetime) -> None:
        rounds.write_down(session, results, now)
        last = rounds.last_round(session)
        if not results and last is not None:
            if self.outside is None:
                rounds.forget_outside(session)
            rounds.finish(session, last, now)

    def _tried(self, work: list[tuple[str, rounds.Try]]) -> dict[str, str | None]:
        until = time.monotonic() + STEP_SECONDS
        results: dict[str, str | None] = {}
        for target, attempt in work:
            results[target] = attempt(target)
            if time.monotonic() > until:
                break
        return results

    def _inside_try(self) -> rounds.Try:
        if self._inside is None:
            self._inside = self._make_inside()
        return self._inside
