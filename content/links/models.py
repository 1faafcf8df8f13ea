"""Every link with where it stands and what the last try said; the rounds of looking."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, Id

MAX_TARGET = 1000
MAX_TITLE = 500
MAX_KIND = 20
MAX_CODE = 30


class SiteLink(Base):
    """A link of one thing, named as ``article:12``; ``problem`` is empty where it leads on.

    ``failures`` counts tries in a row that failed, ``broken_since`` is the first of them.
    """

    __tablename__ = "site_link"
    __table_args__ = (UniqueConstraint("kind", "place_id", "target"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(MAX_KIND))
    place_id: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(String(MAX_TARGET))
    is_outside: Mapped[bool] = mapped_column(Boolean)
    problem: Mapped[str] = mapped_column(String(MAX_CODE), default="", index=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    broken_since: Mapped[datetime | None]
    checked_at: Mapped[datetime | None] = mapped_column(index=True)


class LinkRound(Base):
    """One round: when all links were gathered, and when the last of them had been tried."""

    __tablename__ = "link_round"

    id: Mapped[Id]
    began_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    links: Mapped[int] = mapped_column(Integer, default=0)
