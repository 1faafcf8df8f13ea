"""Suggestions and the records of opening the box.

A suggestion is no complaint and no denunciation: those need a signature and go another way
(Luật Khiếu nại, Luật Tố cáo). Who wants to stay unknown leaves nothing that names them; the
others' names and addresses are erased when the suggestion is closed (Luật 91/2025/QH15).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.orm import Base, Document, Id, Versioned, by_value, reference

MAX_NAME = 200
MAX_EMAIL = 254
MAX_PHONE = 40
MAX_TEXT = 4000
MAX_ANSWER = 4000
MAX_CODE = 20
MAX_PLACE = 300
MAX_LETTERS = 10_000


class Channel(StrEnum):
    """How a suggestion came."""

    ONLINE = "online"
    PHONE = "phone"
    BOX = "box"


class SuggestionState(StrEnum):
    """What became of it."""

    NEW = "new"
    ANSWERED = "answered"
    REFUSED = "refused"
    CLOSED = "closed"


class OpeningRecord(Versioned, Base):
    """The record of opening the box for a month; ``month`` is its first day.

    ``letters`` were counted in the box of paper. Until the record is sealed it counts anew;
    then ``lines`` holds what it listed, and nothing of it changes any more.
    """

    __tablename__ = "suggestion_record"
    __table_args__ = (CheckConstraint("letters >= 0", name="letters_counted"),)

    id: Mapped[Id]
    month: Mapped[date] = mapped_column(Date, unique=True)
    opened_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(MAX_PLACE))
    opener: Mapped[str] = mapped_column(String(MAX_NAME))
    witnesses: Mapped[str] = mapped_column(Text, default="")
    letters: Mapped[int] = mapped_column(Integer, default=0)
    conclusion: Mapped[str] = mapped_column(Text, default="")
    lines: Mapped[list[Any]] = mapped_column(Document, default=list)
    sealed_at: Mapped[datetime | None]
    sealed_by: Mapped[int | None] = reference("account.id", index=False)


class Suggestion(Versioned, Base):
    """One suggestion. ``name``, ``email`` and ``phone`` are personal data, for officers only;
    ``record_id`` is the opening at which a letter of paper was found."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix__suggestion__queue", "state", "received_at"),)

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(MAX_CODE), unique=True)
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    state: Mapped[SuggestionState] = mapped_column(by_value(SuggestionState))
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    email: Mapped[str] = mapped_column(String(MAX_EMAIL), default="")
    phone: Mapped[str] = mapped_column(String(MAX_PHONE), default="")
    consented_at: Mapped[datetime | None]
    received_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = reference("account.id", index=False)
    record_id: Mapped[int | None] = reference("suggestion_record.id")

    record: Mapped[OpeningRecord | None] = relationship()
