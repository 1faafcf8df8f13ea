"""How often somebody may guess: counted in the database, so that it holds across processes.

The caller commits what is noted, also when it refuses.
"""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.errors import TooMany
from content.people.models import FailedAttempt
from content.people.service import WINDOW, digest


class Attempts:
    """Failed guesses at one kind of secret; ``kind`` keeps them apart from others."""

    def __init__(self, session: Session, kind: str, limit: int, now: datetime) -> None:
        self.session = session
        self.kind = kind
        self.limit = limit
        self.now = now

    def refuse_if_tired(self, address: str) -> None:
        """Raises ``TooMany`` when an address has guessed too often within the window."""
        count = select(func.count()).where(
            FailedAttempt.key == self._key(address), FailedAttempt.at >= self.now - WINDOW
        )
        if (self.session.scalar(count) or 0) >= self.limit:
            raise TooMany("too_many_attempts", retry_after=int(WINDOW.total_seconds()))

    def note(self, address: str) -> None:
        """Count a wrong guess and forget those outside the window."""
        self.session.add(FailedAttempt(key=self._key(address), at=self.now))
        self.session.execute(delete(FailedAttempt).where(FailedAttempt.at < self.now - WINDOW))

    def _key(self, address: str) -> str:
        return digest(f"{self.kind}:{address}")
