"""The day's list and the books, for the officers of a desk. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from content.certification.models import Book, CertificationEntry
from content.words import LOCAL_ZONE

MOST = 500


@dataclass(frozen=True)
class Totals:
    """Lines that stand, their copies and their fees in đồng; cancelled ones are counted apart."""

    lines: int = 0
    copies: int = 0
    fees: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class BookShown:
    """A book that has lines: of which desk and year, up to which number."""

    agency_id: int
    book: Book
    year: int
    last: int


def totals(entries: Collection[CertificationEntry]) -> Totals:
    """What a list comes to."""
    standing = [one for one in entries if one.cancelled_because is None]
    return Totals(
        lines=len(standing),
        copies=sum(one.copies for one in standing),
        fees=sum(one.fee for one in standing),
        cancelled=len(entries) - len(standing),
    )


def of_day(session: Session, desks: Collection[int], day: date) -> list[CertificationEntry]:
    """All acts of a day at these desks, the last one first."""
    start = datetime.combine(day, time.min, LOCAL_ZONE)
    query = (
        select(CertificationEntry)
        .options(joinedload(CertificationEntry.dossier), joinedload(CertificationEntry.agency))
        .where(
            CertificationEntry.agency_id.in_(desks),
            CertificationEntry.certified_at >= start,
            CertificationEntry.certified_at < start + timedelta(days=1),
        )
        .order_by(CertificationEntry.id.desc())
        .limit(MOST)
    )
    return list(session.scalars(query))


def books(session: Session, desks: Collection[int]) -> list[BookShown]:
    """The books of these desks, this year's first."""
    columns = (CertificationEntry.agency_id, CertificationEntry.book, CertificationEntry.year)
    query = (
        select(*columns, func.max(CertificationEntry.number))
        .where(CertificationEntry.agency_id.in_(desks))
        .group_by(*columns)
        .order_by(CertificationEntry.year.desc(), CertificationEntry.book)
    )
    return [BookShown(*row) for row in session.execute(query)]


def lines_of(
    session: Session, agency_id: int, book: Book, year: int, *, first: int, many: int
) -> list[CertificationEntry]:
    """Lines of a book from a number on, in their order."""
    query = (
        select(CertificationEntry)
        .where(
            CertificationEntry.agency_id == agency_id,
            CertificationEntry.book == book,
            CertificationEntry.year == year,
            CertificationEntry.number >= first,
            CertificationEntry.number < first + many,
        )
        .order_by(CertificationEntry.number)
    )
    return list(session.scalars(query))


def last_of(session: Session, officer_id: int) -> CertificationEntry | None:
    """The officer's last act: signer and procedure are usually the same again."""
    query = (
        select(CertificationEntry)
        .options(joinedload(CertificationEntry.dossier))
        .where(CertificationEntry.officer_id == officer_id)
        .order_by(CertificationEntry.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()
