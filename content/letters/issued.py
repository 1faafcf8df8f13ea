"""Issued papers: rendered once, stored byte for byte, numbered by symbol, prints counted.

A row is reserved with its number and check code, rendered, and then given its bytes; from
then on it never changes (NĐ 30/2020, TT 01/2018 art. 10). Only ``issuing.py`` writes these.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Mapper, Session, joinedload, mapped_column, relationship

from content.agencies.models import Agency
from content.errors import InvalidTransition
from content.files.model import StoredFile
from content.letters.kinds import SLUGS, PaperKind
from content.letters.values import PaperSize
from content.orm import Base, Document, Id, by_value, reference

MAX_SOURCE = 80
MAX_SYMBOL = 15
CODE_LENGTH = 12
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class IssuedPaper(Base):
    """One paper. ``source`` is what it comes from (``dossier:12:3``, ``hand_over:5``), once a
    kind; ``number`` counts by agency, symbol and year. ``sign_box`` is where a signature
    stands: page and points from the lower left corner."""

    __tablename__ = "issued_paper"
    __table_args__ = (
        UniqueConstraint("source", "kind"),
        UniqueConstraint("agency_id", "symbol", "year", "number"),
        CheckConstraint("(file_id IS NULL) = (digest IS NULL)", name="bytes_have_a_digest"),
        Index("ix__issued_paper__digest", "digest"),
        Index("ix__issued_paper__small_digest", "small_digest"),
    )

    id: Mapped[Id]
    source: Mapped[str] = mapped_column(String(MAX_SOURCE))
    kind: Mapped[PaperKind] = mapped_column(by_value(PaperKind))
    dossier_id: Mapped[int | None] = reference("dossier.id")
    event_number: Mapped[int | None] = mapped_column(Integer)
    agency_id: Mapped[int] = reference("agency.id", index=False)
    title: Mapped[str] = mapped_column(Text)
    form: Mapped[dict[str, Any] | None] = mapped_column(Document)
    number: Mapped[int | None] = mapped_column(Integer)
    symbol: Mapped[str] = mapped_column(String(MAX_SYMBOL), default="")
    year: Mapped[int] = mapped_column(Integer)
    check_code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    made_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    file_id: Mapped[int | None] = reference("stored_file.id")
    digest: Mapped[str | None] = mapped_column(String(64))
    small_file_id: Mapped[int | None] = reference("stored_file.id")
    small_digest: Mapped[str | None] = mapped_column(String(64))
    sign_box: Mapped[dict[str, Any] | None] = mapped_column(Document)

    agency: Mapped[Agency] = relationship()
    file: Mapped[StoredFile | None] = relationship(foreign_keys=[file_id])
    small_file: Mapped[StoredFile | None] = relationship(foreign_keys=[small_file_id])

    @property
    def number_words(self) -> str:
        """``05/PXL``, with a zero below ten; empty without a number."""
        return "" if self.number is None else f"{self.number:02d}/{self.symbol}"

    def file_of(self, size: PaperSize) -> StoredFile | None:
        """The stored bytes on this size of paper; ``None`` until it is issued."""
        return self.small_file if size == "a5" else self.file


class PaperPrint(Base):
    """One printing of an issued paper; the first is the original, all others are reprints."""

    __tablename__ = "paper_print"

    id: Mapped[Id]
    paper_id: Mapped[int] = reference("issued_paper.id")
    at: Mapped[datetime]
    account_id: Mapped[int | None] = reference("account.id")
    name: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[str] = mapped_column(String(2))


@event.listens_for(IssuedPaper, "before_update")
def _never_changed(_mapper: Mapper[Any], _connection: Any, paper: IssuedPaper) -> None:
    """Bytes come once; a paper that has them stays as it is."""
    if inspect(paper).attrs.digest.history.added and not _had_bytes(paper):
        return
    raise InvalidTransition("paper_is_issued", paper=paper.id)


@event.listens_for(IssuedPaper, "before_delete")
def _never_deleted(_mapper: Mapper[Any], _connection: Any, paper: IssuedPaper) -> None:
    raise InvalidTransition("paper_is_issued", paper=paper.id)


def _had_bytes(paper: IssuedPaper) -> bool:
    return any(inspect(paper).attrs.digest.history.deleted or ())


def new_code() -> str:
    """A check code, 60 bits, without signs that look alike."""
    return "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))


def spaced(code: str) -> str:
    """``K7QM-2XD4-9P3R``."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@dataclass(frozen=True)
class Prints:
    """How often a paper was printed, and by whom last."""

    count: int
    last_at: datetime | None
    last_by: str


NEVER = Prints(0, None, "")


def papers_of(session: Session, dossier_id: int) -> list[IssuedPaper]:
    """The papers of a dossier, in the order in which they were made."""
    query = select(IssuedPaper).where(IssuedPaper.dossier_id == dossier_id)
    files = (joinedload(IssuedPaper.file), joinedload(IssuedPaper.small_file))
    return list(session.scalars(query.options(*files).order_by(IssuedPaper.id)))


def prints_of(session: Session, paper_ids: list[int]) -> dict[int, Prints]:
    """Printings by paper; a paper that was never printed is not in it."""
    if not paper_ids:
        return {}
    last = (
        select(
            PaperPrint.paper_id, func.count().label("count"), func.max(PaperPrint.id).label("id")
        )
        .where(PaperPrint.paper_id.in_(paper_ids))
        .group_by(PaperPrint.paper_id)
        .subquery()
    )
    query = select(PaperPrint, last.c.count).join(last, last.c.id == PaperPrint.id)
    return {one.paper_id: Prints(times, one.at, one.name) for one, times in session.execute(query)}


def slug_of(kind: PaperKind, ordinal: int) -> str:
    """``phieu-bo-sung``, ``phieu-bo-sung-2``: the second of its kind in the dossier."""
    return SLUGS[kind] if ordinal == 1 else f"{SLUGS[kind]}-{ordinal}"
