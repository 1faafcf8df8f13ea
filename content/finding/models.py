"""Synonyms, pinned results, and searches that found nothing.

A pinned result names what it leads to by kind and id, never by address: its title and
whether readers may see it are asked when it is shown.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from content.finding.vocabulary import stale
from content.orm import Base, BigId, Document, Id, Versioned
from content.writing.trash import Trashable, trashable

MAX_PHRASE = 120
MAX_PHRASES = 20
MAX_TITLE = 300
#: More pinned results than these push the found ones out of sight.
MOST_PINNED = 3


@trashable(
    "search_synonym",
    "Từ đồng nghĩa",
    lambda one: one.phrase,
    revive=lambda session, _one, _now: stale(session),
)
class SearchSynonym(Versioned, Trashable, Base):
    """An everyday phrase and the official ones it stands for. ``key`` is the folded phrase."""

    __tablename__ = "search_synonym"

    id: Mapped[Id]
    phrase: Mapped[str] = mapped_column(String(MAX_PHRASE))
    key: Mapped[str] = mapped_column(String(MAX_PHRASE), index=True)
    officials: Mapped[list[Any]] = mapped_column(Document, default=list)
    updated_at: Mapped[datetime]

    @property
    def subject(self) -> str:
        """Its name in audit lines."""
        return f"search_synonym:{self.id}"


@trashable(
    "pinned_result",
    "Kết quả ghim",
    lambda one: one.title,
    revive=lambda session, _one, _now: stale(session),
)
class PinnedResult(Versioned, Trashable, Base):
    """What stands first when somebody searches for one of ``phrases``. ``kind`` is a kind
    of public thing ("procedure", "page"), ``title`` what it was called when it was pinned,
    for editors; ``position`` orders those of one phrase, the smallest first."""

    __tablename__ = "pinned_result"

    id: Mapped[Id]
    phrases: Mapped[list[Any]] = mapped_column(Document, default=list)
    kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int] = mapped_column(BigId)
    address: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    position: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[datetime]

    @property
    def subject(self) -> str:
        """Its name in audit lines."""
        return f"pinned_result:{self.id}"


class EmptySearch(Base):
    """Words that found nothing, and how often; never who looked, nor the instant of each.

    ``settled_at``: an editor did something about it; asked for again later, it comes back.
    """

    __tablename__ = "empty_search"

    key: Mapped[str] = mapped_column(String(MAX_PHRASE), primary_key=True)
    text: Mapped[str] = mapped_column(String(MAX_PHRASE))
    times: Mapped[int] = mapped_column(Integer, default=0)
    last_at: Mapped[datetime] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]
