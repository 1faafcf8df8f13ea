"""Terms with their explanations. What is saved is public at once."""

from typing import Any

from sqlalchemy import Boolean, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.media.usages import names_media
from content.orm import Base, Document, Id, Versioned
from content.terms.linking import stale
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

KIND = "term"
MAX_NAME = 120
MAX_SLUG = 120
MAX_MEANING = 2000
MAX_OTHERS = 10
MAX_BASES = 5
MAX_BASIS = 200


@translatable(
    KIND,
    "Thuật ngữ",
    lambda one: one.name,
    lambda one: (
        Piece("name", "Thuật ngữ", one.name, is_required=True),
        Piece("meaning", "Giải thích", one.meaning, "lines", is_required=True),
    ),
    lambda: (in_use(Term),),
)
@trashable(
    KIND, "Thuật ngữ", lambda term: term.name, revive=lambda session, _term, _now: stale(session)
)
@names_media(KIND, "meaning", title="name")
class Term(Versioned, Trashable, Base):
    """One term. ``slug`` is its anchor for good; ``others`` are its other names, ``bases``
    the legal bases in words. ``is_linked``: texts lead here from its first mention."""

    __tablename__ = "term"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    others: Mapped[list[Any]] = mapped_column(Document, default=list)
    meaning: Mapped[str] = mapped_column(Text)
    bases: Mapped[list[Any]] = mapped_column(Document, default=list)
    is_linked: Mapped[bool] = mapped_column(Boolean, default=True)

    @property
    def subject(self) -> str:
        """Its name in audit lines."""
        return f"{KIND}:{self.id}"
