"""Polls. Only numbers are kept: who voted for what is written nowhere."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.orm import Base, Id, Versioned, reference
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

MAX_QUESTION = 300
MAX_NOTE = 1000
MAX_WORDS = 200
LEAST_OPTIONS, MOST_OPTIONS = 2, 12


def _pieces(poll: "Poll") -> Iterator[Piece]:
    yield Piece("question", "Câu hỏi", poll.question, is_required=True, is_exact=True)
    yield Piece("note", "Giải thích", poll.note, "lines")
    # By place: votes are counted for words that stand as they were asked.
    for place, one in enumerate(poll.options, start=1):
        words = f"Câu trả lời {place}"
        yield Piece(answer_key(place), words, one.words, is_required=True, is_exact=True)


def answer_key(place: int) -> str:
    """What the translation calls an answer, the first being 1."""
    return f"answer{place}"


@translatable(
    "poll", "Thăm dò ý kiến", lambda poll: poll.question, _pieces, lambda: (in_use(Poll),)
)
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
