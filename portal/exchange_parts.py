"""The exchange with other systems, put together from settings: adapters, handlers, timers.

The web process only looks at the queues; whatever talks to another system runs in the worker,
there beside everything else (``Aside``), so that a slow counterpart holds up no mail.
"""

import io
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from content.dossiers.log import NATIONAL_PORTAL, TELL_OUTSIDE
from content.dossiers.rules import FileLimits
from content.exchange.answering import TAKE
from content.exchange.document_work import DocumentClerk
from content.exchange.documents import SEND_DRAFT
from content.exchange.documents_http import HttpDocumentSystem
from content.exchange.fetching import Intake
from content.exchange.http import Http
from content.exchange.inquiring import DOCUMENTS, inquire
from content.exchange.national_http import HttpNationalPortal
from content.exchange.planning import SEND, Telling, behind, plan
from content.exchange.receiving import Receiver
from content.exchange.sending import Courier, Ground
from content.files import FileStore
from content.outbox import Job
from content.procedures.forms.definition import FILE_TYPES
from portal.database import Database
from portal.filing import rules_of_worker
from portal.forms.sniffing import Refused, sniff
from portal.settings import Settings

log = logging.getLogger("portal.worker")

Handler = Callable[[list[Job]], None]
#: Name, how often, what: as the worker's timers want it.
Timed = tuple[str, timedelta, Callable[[], object]]

EVERY = timedelta(minutes=1)
A_MOMENT = timedelta(seconds=1)
FILE_PATH = "/trao-doi/tep/"


class ExchangeWork:
    """What the worker does for the exchange; what belongs to a system that is switched off
    waits in its queue, and what happened meanwhile is told once it is switched on again."""

    def __init__(
        self,
        database: Database,
        store: FileStore,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        chosen = settings.exchange
        self.ground = Ground(database.sessions, database.writing_sessions.begin, clock)
        self.telling = telling(settings)
        self.is_behind = True
        self.courier: Courier | None = None
        self.receiver: Receiver | None = None
        self.clerk: DocumentClerk | None = None
        if chosen.national_url:
            http = Http(chosen.national_url, chosen.national_secret, chosen.patience)
            portal = HttpNationalPortal(http)
            limits = FileLimits(file=settings.limits.file, dossier=settings.limits.dossier)
            rules = lambda session: rules_of_worker(session, settings)  # noqa: E731
            intake = Intake(store, rules, media_type, limits)
            self.courier = Courier(self.ground, portal)
            self.receiver = Receiver(self.ground, portal, intake)
        if chosen.documents_url:
            http = Http(chosen.documents_url, chosen.documents_secret, chosen.patience)
            system = HttpDocumentSystem(http)
            self.clerk = DocumentClerk(self.ground, system, store, settings.limits.file)

    def handlers(self) -> dict[str, Handler]:
        """By kind of job."""
        return {
            TELL_OUTSIDE: self.plan,
            SEND: self.send,
            TAKE: self.take,
            SEND_DRAFT: self.send_drafts,
        }

    @property
    def is_on(self) -> bool:
        """Whether there is any system to talk to."""
        return self.courier is not None or self.clerk is not None

    def timers(self) -> tuple[Timed, ...]:
        """A round every minute, if there is anybody to talk to."""
        return (("exchange", EVERY, self.round),) if self.is_on else ()

    def round(self, *, asking: bool = True) -> None:
        """Ask what there is for us, then do whatever is due."""
        if self.receiver is not None and self.courier is not None:
            if self.is_behind:
                self.is_behind = self.catch_up() > 0
            if asking:
                inquire(self.ground, NATIONAL_PORTAL, self.receiver.collect)
            self.receiver.retry()
            while self.courier.retry():
                pass
        if self.clerk is not None:
            if asking:
                inquire(self.ground, DOCUMENTS, self.clerk.collect)
            self.clerk.retry()

    def plan(self, jobs: list[Job]) -> None:
        """Write the messages that dossiers' logs ask for."""
        if self.courier is not None:
            for key in dict.fromkeys(job.key for job in jobs):
                self._plan(int(key))

    def catch_up(self) -> int:
        """The same for what happened while the exchange was off; how many dossiers."""
        with self.ground.reading() as session:
            found = behind(session)
        for one in found:
            self._plan(one)
        return len(found)

    def _plan(self, dossier_id: int) -> None:
        with self.ground.writing() as session:
            plan(session, dossier_id, self.telling, self.ground.clock())

    def send(self, jobs: list[Job]) -> None:
        """Send what waits for dossiers."""
        if self.courier is not None:
            for key in dict.fromkeys(job.key for job in jobs):
                self.courier.send_lane(key)

    def take(self, jobs: list[Job]) -> None:
        """Take arrivals in."""
        if self.receiver is not None:
            for job in jobs:
                self.receiver.take(int(job.key))

    def send_drafts(self, jobs: list[Job]) -> None:
        """Hand drafts over."""
        if self.clerk is not None:
            for job in jobs:
                self.clerk.send(int(job.key))


def telling(settings: Settings) -> Telling:
    """How dossiers are told: files are fetched from our own address, by their tokens."""
    base = settings.site.base_url
    return Telling(lambda token: f"{base}{FILE_PATH}{token}", settings.exchange.whole_day)


def media_type(content: bytes) -> str | None:
    """What a file is, as of an upload; ``None`` for what is not taken."""
    try:
        return FILE_TYPES[sniff(io.BytesIO(content), len(content))][1]
    except Refused:
        return None


class Aside:
    """The same in a thread of its own: jobs only wake it, for the queues know what is due."""

    def __init__(self, work: ExchangeWork) -> None:
        self._work = work
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None
        self._ask_at = 0.0

    def handlers(self) -> dict[str, Handler]:
        """By kind of job; writing messages needs no other system and is done at once."""
        aside: dict[str, Handler] = dict.fromkeys((SEND, TAKE, SEND_DRAFT), self.wake)
        return {**aside, TELL_OUTSIDE: self._work.plan}

    def timers(self) -> tuple[Timed, ...]:
        """Looks every second whether there is something to do."""
        return (("exchange", A_MOMENT, self.tick),) if self._work.is_on else ()

    def wake(self, _jobs: list[Job]) -> None:
        """Something is due."""
        self._woken.set()

    def tick(self) -> None:
        """Begin a round if one is due and none is under way."""
        if self._thread is not None and self._thread.is_alive():
            return
        asking = time.monotonic() >= self._ask_at
        if not asking and not self._woken.is_set():
            return
        self._woken.clear()
        if asking:
            self._ask_at = time.monotonic() + EVERY.total_seconds()
        self._thread = threading.Thread(target=self._round, args=(asking,), daemon=True)
        self._thread.start()

    def _round(self, asking: bool) -> None:
        try:
            self._work.round(asking=asking)
        except Exception:
            log.exception("exchange failed")
