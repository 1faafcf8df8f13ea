"""Searches that found nothing: counted without knowing who searched.

Pages only write to memory; :meth:`EmptySearches.write` writes to the database, from as many
processes as there are. What may say something of a person is never kept: numbers (of
identity papers, telephones, dossiers), addresses of e-mail, names of people, long texts
(Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: no more than the purpose needs).
"""

import re
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.errors import NotFound
from content.finding.models import MAX_PHRASE, EmptySearch
from content.text import clean, fold

#: A question asked by the same visitor within this time is the same question.
AGAIN = timedelta(minutes=30)
#: After this time nobody needs to know any more.
KEPT = timedelta(days=90)
MAX_WAITING = 2_000
_MAX_WORDS = 10
_MAX_CHARS = 80
_MOST_DIGITS = 5
#: The commonest family names; a middle name or capitals after one of them make a person.
_FAMILIES = frozenset(
    (
        *("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "vũ", "võ", "phan", "trương", "bùi"),
        *("đặng", "đỗ", "ngô", "hồ", "dương", "đinh", "lý", "mai", "đào", "đoàn", "lâm", "trịnh"),
        *("hà", "cao", "châu", "tạ", "phùng", "tô", "lưu", "tăng", "thái"),
    )
)
_BARE_FAMILIES = frozenset(fold(one) for one in _FAMILIES)
_MIDDLES = frozenset(("van", "thi"))
_WORD = re.compile(r"[^\W\d_]+")


def names_a_person(text: str) -> bool:
    """Whether it reads like somebody's name, with marks or without."""
    found = _WORD.findall(text)
    if any(
        fold(first) in _BARE_FAMILIES and fold(second) in _MIDDLES
        for first, second in pairwise(found)
    ):
        return True
    is_written_so = 2 <= len(found) <= 5 and all(one[0].isupper() for one in found)
    return is_written_so and found[0].lower() in _FAMILIES


def may_be_kept(text: str) -> bool:
    """Whether these words say nothing of a person, and are a question at all."""
    is_short = 2 <= len(text) <= _MAX_CHARS and len(text.split()) <= _MAX_WORDS
    is_harmless = "@" not in text and sum(char.isdigit() for char in text) <= _MOST_DIGITS
    return is_short and is_harmless and bool(_WORD.search(text)) and not names_a_person(text)


class EmptySearches:
    """What one process heard since the last writing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[str, int, datetime]] = {}
        self._asked: dict[tuple[str, str], datetime] = {}

    def note(self, text: str, visitor: str, now: datetime) -> None:
        """Somebody looked for this in vain; ``visitor`` is a mark of today that tells
        nothing (``content.site.visits``) and is never written."""
        words = clean(text)
        key = fold(words)[:MAX_PHRASE]
        if not may_be_kept(words):
            return
        with self._lock:
            is_new = self._asked.get((key, visitor), now - AGAIN) <= now - AGAIN
            if not is_new or (len(self._waiting) >= MAX_WAITING and key not in self._waiting):
                return
            self._asked[key, visitor] = now
            _text, times, _at = self._waiting.get(key, ("", 0, now))
            self._waiting[key] = (words, times + 1, now)

    def write(self, session: Session, now: datetime) -> None:
        """Write what was heard, and forget what is old. The caller commits."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            self._asked = {key: at for key, at in self._asked.items() if at > now - AGAIN}
        for key, (text, times, at) in sorted(waiting.items()):
            _add(session, key, text, times, at)
        session.execute(delete(EmptySearch).where(EmptySearch.last_at < now - KEPT))


def _add(session: Session, key: str, text: str, times: int, at: datetime) -> None:
    row = session.get(EmptySearch, key, with_for_update=True)
    if row is None:
        row = EmptySearch(key=key, times=0)
        session.add(row)
    if row.settled_at is not None and at > row.settled_at:
        row.times, row.settled_at = 0, None
    row.text, row.times, row.last_at = text, row.times + times, at


def waiting(session: Session, *, limit: int = 100) -> Sequence[EmptySearch]:
    """What nobody did anything about yet, the most asked for first."""
    query = select(EmptySearch).where(EmptySearch.settled_at.is_(None))
    query = query.order_by(EmptySearch.times.desc(), EmptySearch.last_at.desc(), EmptySearch.key)
    return session.scalars(query.limit(limit)).all()


def count(session: Session) -> int:
    """How many different ones wait."""
    query = select(func.count()).select_from(EmptySearch)
    return session.scalar(query.where(EmptySearch.settled_at.is_(None))) or 0


def settle(session: Session, key: str, now: datetime) -> None:
    """An editor did something about it, or decided that nothing is to be done. Raises
    ``NotFound``."""
    found = session.get(EmptySearch, key)
    if found is None:
        raise NotFound("empty_search")
    found.settled_at = now
