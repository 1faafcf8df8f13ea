"""Polls. Only numbers are kept: who voted for what is written nowhere."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.orm import Base, Id, Versioned, reference
from content.writing.trash import Trashable, trashable

MAX_QUESTION = 300
MAX_NOTE = 1000
MAX_WORDS = 200
LEAST_OPTIONS, MOST_OPTIONS = 2, 12


@trashable("poll", "Thăm dò ý kiến", lambda poll: poll.question)
class Poll(Versioned, Trashable, Base):
    """One question, asked from one instant to another."""

    __tablename__ = "poll"

    id: Mapped[Id]
    question: Mapped[str] = mapped_column(String(MAX_QUESTION))
    note: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    options: Mapped[list["PollOption"]] = relationship(
        back_populates="poll",
        cascade="all, delete-orphan",
        order_by="PollOption.position",
        lazy="selectin",
    )

    @property
    def votes(self) -> int:
        """All votes."""
        return sum(one.votes for one in self.options)


class PollOption(Base):
    """One answer that may be chosen, and how often it was."""

    __tablename__ = "poll_option"
    __table_args__ = (CheckConstraint("votes >= 0", name="votes_counted"),)

    id: Mapped[Id]
    poll_id: Mapped[int] = reference("poll.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    words: Mapped[str] = mapped_column(String(MAX_WORDS))
    votes: Mapped[int] = mapped_column(Integer, default=0)

    poll: Mapped[Poll] = relationship(back_populates="options")
