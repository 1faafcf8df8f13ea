"""Counting visits without knowing visitors.

A visitor is a mark: a keyed digest of the day, the address and the browser, cut short. The
key changes every day, no address is written anywhere, and marks are deleted the next day.
Robots and those who say nothing of their browser are not counted; loading a page again
counts once. Pages only write to memory; :meth:`Visits.write` writes to the database, from
as many processes as there are.
"""

import base64
import hashlib
import hmac
import re
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.site.models import ViewCount, VisitDay, VisitMark
from content.words import local

NOW = timedelta(minutes=5)
AGAIN = timedelta(minutes=30)
MAX_WAITING = 20_000
#: What a browser says of itself is looked at no further than this.
LONGEST_AGENT = 400
_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|monitor|fetch|curl|wget|python|java/|scan|headless",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numbers:
    """Visitors: at this moment (five minutes), today, since Monday, ever."""

    now: int
    today: int
    week: int
    all: int


def is_robot(agent: str) -> bool:
    """Whether a browser says that it is a program, or says nothing."""
    return _says_so(agent[:LONGEST_AGENT])


@lru_cache(1_000)
def _says_so(agent: str) -> bool:
    return not agent.strip() or _ROBOT.search(agent) is not None


class Visits:
    """What one process counted since the last writing."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._key = date.min, b""
        self._lock = threading.Lock()
        self._seen: dict[str, datetime] = {}
        self._views: Counter[str] = Counter()
        self._read: dict[tuple[str, str], datetime] = {}
        self.numbers = Numbers(0, 0, 0, 0)

    def mark(self, address: str, agent: str, now: datetime) -> str:
        """The visitor of today as a short text that cannot be turned back."""
        key = self._key_of(local(now).date())
        said = f"{address}\n{agent}".encode()
        digest = hashlib.blake2b(said, key=key, digest_size=15).digest()
        return base64.urlsafe_b64encode(digest).decode()

    def _key_of(self, day: date) -> bytes:
        known, key = self._key
        if known != day:
            key = hmac.digest(self._secret, day.isoformat().encode(), "sha256")
            self._key = day, key
        return key

    def note(self, address: str, agent: str, now: datetime, subject: str | None = None) -> None:
        """Somebody opened a page; ``subject`` is what they read, if that is counted."""
        if is_robot(agent):
            return
        mark = self.mark(address, agent, now)
        with self._lock:
            if len(self._seen) < MAX_WAITING or mark in self._seen:
                self._seen[mark] = now
                self._note_view(subject, mark, now)

    def _note_view(self, subject: str | None, mark: str, now: datetime) -> None:
        """Read again within half an hour is the same reading."""
        if subject is None or self._read.get((subject, mark), now - AGAIN) > now - AGAIN:
            return
        self._read[subject, mark] = now
        self._views[subject] += 1

    def write(self, session: Session, now: datetime) -> None:
        """Write what was counted and read the numbers again. The caller commits."""
        with self._lock:
            seen, self._seen = self._seen, {}
            views, self._views = self._views, Counter()
            self._read = {key: at for key, at in self._read.items() if at > now - AGAIN}
        _write_marks(session, seen)
        for subject, more in sorted(views.items()):
            _add_views(session, subject, more)
        _close_days(session, now)
        self.numbers = numbers(session, now)


def _write_marks(session: Session, seen: dict[str, datetime]) -> None:
    for mark, at in sorted(seen.items()):
        day = local(at).date()
        known = session.get(VisitMark, (day, mark))
        if known is None:
            session.add(VisitMark(day=day, mark=mark, seen_at=at))
        else:
            known.seen_at = max(known.seen_at, at)
    session.flush()  # counted below


def _add_views(session: Session, subject: str, more: int) -> None:
    row = session.get(ViewCount, subject, with_for_update=True)
    if row is None:
        session.add(ViewCount(subject=subject, views=more))
    else:
        row.views += more


def _close_days(session: Session, now: datetime) -> None:
    """Every day's number from its marks; then the marks of earlier days go."""
    counted = select(VisitMark.day, func.count()).group_by(VisitMark.day)
    for day, visitors in session.execute(counted).all():
        row = session.get(VisitDay, day)
        if row is None:
            session.add(VisitDay(day=day, visitors=visitors))
        else:
            row.visitors = max(row.visitors, visitors)
    session.execute(delete(VisitMark).where(VisitMark.day < local(now).date()))
    session.flush()  # read below


def numbers(session: Session, now: datetime) -> Numbers:
    """The numbers as the database has them."""
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    days = {row.day: row.visitors for row in session.scalars(select(VisitDay)) if row.day >= monday}
    recent = select(func.count()).select_from(VisitMark).where(VisitMark.seen_at > now - NOW)
    total = session.scalar(select(func.sum(VisitDay.visitors))) or 0
    return Numbers(session.scalar(recent) or 0, days.get(today, 0), sum(days.values()), total)


def views(session: Session, subject: str) -> int:
    """How often a subject was read."""
    return session.scalar(select(ViewCount.views).where(ViewCount.subject == subject)) or 0
