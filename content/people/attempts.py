"""How often somebody may do a thing: counted in the database, so that it holds across processes.

The caller commits what is noted, also when it refuses.
"""

import math
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.errors import TooMany
from content.people.models import FailedAttempt
from content.people.service import WINDOW, digest


class Attempts:
    """Guesses at one kind of secret, or uses of one kind of thing that costs.

    ``kind``, of at most 14 letters, keeps them apart from others; ``limit`` of them are
    allowed within any ``window``; ``code`` is what the refusal is called.
    """

    def __init__(
        self,
        session: Session,
        *,
        kind: str,
        limit: int,
        now: datetime,
        window: timedelta = WINDOW,
        code: str = "too_many_attempts",
    ) -> None:
        self.session = session
        self.kind = kind
        self.limit = limit
        self.now = now
        self.window = window
        self.code = code

    def refuse_if_tired(self, address: str) -> None:
        """Raises ``TooMany`` when an address did it too often within the window.

        ``retry_after`` are the seconds until the next one will be allowed.
        """
        query = select(FailedAttempt.at).where(
            FailedAttempt.key == self._key(address), FailedAttempt.at > self.now - self.window
        )
        latest = list(
            self.session.scalars(query.order_by(FailedAttempt.at.desc()).limit(self.limit))
        )
        if len(latest) >= self.limit:
            free_at = (latest[-1] if latest else self.now) + self.window
            wait = math.ceil((free_at - self.now).total_seconds())
            raise TooMany(self.code, retry_after=wait)

    def note(self, address: str) -> None:
        """Count one, and forget those of this kind outside the window."""
        self.session.add(FailedAttempt(key=self._key(address), at=self.now))
        ours = FailedAttempt.key.startswith(f"{self.kind}:", autoescape=True)
        old = FailedAttempt.at <= self.now - self.window
        self.session.execute(delete(FailedAttempt).where(ours, old))

    def _key(self, address: str) -> str:
        return f"{self.kind}:{digest(address)}"
