"""Making issued papers, by the worker after commit or at once when somebody opens one.

A number in one transaction, the PDF in none, its bytes in another: no lock is held while a
paper is made, and a paper made twice is made once. What cannot be made is said; the job stays
with its error and is tried again.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from content.errors import Invalid, Unavailable
from content.files import FileService, FileStore
from content.letters.fonts import FontsMissing
from content.letters.from_dossiers import LetterSite
from content.letters.issuing import Order, Reserved, keep, render, reserve
from content.letters.render import Letters, NotRendered
from content.letters.sources import orders_for
from content.outbox import Job
from portal.database import Database

log = logging.getLogger("portal.papers")


class PaperMaker:
    """Handler of the outbox's jobs of kind ``letter``; their key is the source."""

    def __init__(
        self,
        database: Database,
        store: FileStore,
        site: LetterSite,
        clock: Callable[[], datetime],
        letters: Callable[[], Letters] = Letters,
    ) -> None:
        self.database = database
        self.store = store
        self.site = site
        self.clock = clock
        self.letters = letters

    def __call__(self, jobs: list[Job]) -> None:
        """Make the papers of each job."""
        for job in jobs:
            self.make(job.key)

    def make(self, source: str) -> None:
        """Issue all papers of a source; those that are issued stay as they are."""
        with self.database.sessions() as session:
            orders = orders_for(session, self.site, source)
        for order in orders:
            self.issue(order)

    def issue(self, order: Order) -> int:
        """Issue one paper; returns its id."""
        reserved = self._reserve(order)
        if reserved.letter is not None:
            rendered = render(self.letters(), reserved.letter)
            with self.database.writing_sessions.begin() as session:
                files = FileService(session, self.store)
                keep(session, files, reserved.paper_id, rendered, self.clock())
        return reserved.paper_id

    def at_once(self, source: str) -> None:
        """The same for somebody who waits. Raises ``Unavailable`` where it cannot be made."""
        try:
            self.make(source)
        except (NotRendered, FontsMissing, Invalid, OSError) as error:
            log.exception("paper not made", extra={"source": source})
            raise Unavailable("paper_not_made", source=source) from error

    def _reserve(self, order: Order) -> Reserved:
        try:
            return self._reserve_once(order)
        except IntegrityError:
            # Somebody else was faster with the same paper; now it is there.
            return self._reserve_once(order)

    def _reserve_once(self, order: Order) -> Reserved:
        with self.database.writing_sessions.begin() as session:
            return reserve(session, order, self.site)
