"""The books of certification: a line for each act, numbered by year and unit.

NĐ 23/2015/NĐ-CP; NĐ 61/2018/NĐ-CP art. 17.4: what is resolved in the same visit is written
down even without a receipt slip. Lines are never deleted or renumbered; one that was entered
by mistake stays with its reason.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.models import MAX_APPLICANT, MAX_CONTACT, Dossier
from content.errors import InvalidTransition
from content.orm import Base, Id, by_value, reference
from content.people.models import MAX_NAME
from content.procedures.codes import parse_procedure_code

MAX_DOCUMENT = 500
MAX_TITLE = 120


class Book(StrEnum):
    """Which book a line stands in; the value is the word of its address."""

    COPIES = "ban-sao"
    SIGNATURES = "chu-ky"
    TRANSACTIONS = "giao-dich"
    OTHERS = "viec-khac"


BOOK_NAMES = {
    Book.COPIES: "Sổ chứng thực bản sao từ bản chính",
    Book.SIGNATURES: "Sổ chứng thực chữ ký",
    Book.TRANSACTIONS: "Sổ chứng thực giao dịch",
    Book.OTHERS: "Sổ việc giải quyết ngay",
}
_BOOK_OF = {
    "2.000815": Book.COPIES,
    "2.000942": Book.COPIES,
    "2.000884": Book.SIGNATURES,
    "2.000992": Book.SIGNATURES,
    "2.001008": Book.SIGNATURES,
    "2.000913": Book.TRANSACTIONS,
    "2.001035": Book.TRANSACTIONS,
}


def book_of(procedure_code: str | None) -> Book:
    """The book of a procedure's acts, by its national code."""
    code = parse_procedure_code(procedure_code or "")
    return _BOOK_OF.get(code.base, Book.OTHERS) if code else Book.OTHERS


class CertificationEntry(Base):
    """One act. ``copies`` counts copies, or cases where signatures are certified; ``fee`` is
    what was taken, in đồng."""

    __tablename__ = "certification_entry"
    __table_args__ = (UniqueConstraint("agency_id", "book", "year", "number"),)

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id", index=False)
    book: Mapped[Book] = mapped_column(by_value(Book))
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    dossier_id: Mapped[int] = reference("dossier.id", unique=True, index=False)
    certified_at: Mapped[datetime] = mapped_column(index=True)
    person_name: Mapped[str] = mapped_column(String(MAX_APPLICANT))
    person_identity: Mapped[str | None] = mapped_column(String(MAX_CONTACT))
    document: Mapped[str] = mapped_column(String(MAX_DOCUMENT))
    pages: Mapped[int] = mapped_column(Integer)
    copies: Mapped[int] = mapped_column(Integer)
    fee: Mapped[int] = mapped_column(BigInteger)
    signer_name: Mapped[str] = mapped_column(String(MAX_NAME))
    signer_title: Mapped[str] = mapped_column(String(MAX_TITLE))
    officer_id: Mapped[int] = reference("account.id")
    officer_name: Mapped[str] = mapped_column(String(MAX_NAME))
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = reference("account.id", index=False)

    dossier: Mapped[Dossier] = relationship()
    agency: Mapped[Agency] = relationship()


_CANCELLING = {"cancelled_because", "cancelled_at", "cancelled_by_id"}


@event.listens_for(CertificationEntry, "before_delete")
def _never_deleted(
    _mapper: Mapper[Any], _connection: Connection, entry: CertificationEntry
) -> None:
    raise InvalidTransition("book_kept", entry=entry.id)


@event.listens_for(CertificationEntry, "before_update")
def _only_cancelled(
    _mapper: Mapper[Any], _connection: Connection, entry: CertificationEntry
) -> None:
    attrs = inspect(entry).attrs
    changed = [one.key for one in attrs if one.history.deleted and one.key not in _CANCELLING]
    if changed:
        raise InvalidTransition("book_kept", entry=entry.id, columns=changed)
