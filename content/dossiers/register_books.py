"""The register as a book: volumes (quyển) within a year, and its closing.

Numbers run on from volume to volume; a closed year takes no line any more (TT 01/2018/TT-VPCP
art. 10.2: opened each year, closed and signed at its end, numbers from 01 to the year's end).
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.dossiers.numbering import RegisterLine
from content.errors import InvalidTransition
from content.orm import Base, Id, reference
from content.people.models import MAX_NAME, Account


class RegisterVolume(Base):
    """A further volume: lines from ``first_number`` on stand in it.

    The first volume of a year needs no row; it begins with line 1.
    """

    __tablename__ = "register_volume"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "volume"),
        CheckConstraint("volume > 1 AND first_number > 1", name="further"),
    )

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id", index=False)
    year: Mapped[int] = mapped_column(Integer)
    volume: Mapped[int] = mapped_column(Integer)
    first_number: Mapped[int] = mapped_column(Integer)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = reference("account.id", index=False)


class RegisterClosing(Base):
    """The closing of a year's book, with its last number; never undone."""

    __tablename__ = "register_closing"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id", index=False)
    year: Mapped[int] = mapped_column(Integer)
    last_number: Mapped[int] = mapped_column(Integer)
    cancelled: Mapped[int] = mapped_column(Integer)
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int] = reference("account.id", index=False)
    closed_by_name: Mapped[str] = mapped_column(String(MAX_NAME))

    closed_by: Mapped[Account] = relationship()


def closing_of(session: Session, agency_id: int, year: int) -> RegisterClosing | None:
    """The closing of a book, if it has been closed."""
    query = select(RegisterClosing).where(
        RegisterClosing.agency_id == agency_id, RegisterClosing.year == year
    )
    return session.scalars(query).first()


def demand_open(session: Session, agency_id: int, year: int) -> None:
    """Raises ``InvalidTransition("register_closed")`` for a closed year."""
    if closing_of(session, agency_id, year) is not None:
        raise InvalidTransition("register_closed", year=year)


def volumes_of(session: Session, agency_id: int, year: int) -> list[RegisterVolume]:
    """The further volumes of a year, in their order."""
    query = select(RegisterVolume).where(
        RegisterVolume.agency_id == agency_id, RegisterVolume.year == year
    )
    return list(session.scalars(query.order_by(RegisterVolume.volume)))


def volume_of(volumes: list[RegisterVolume], number: int) -> int:
    """In which volume a line stands, from 1."""
    return max((one.volume for one in volumes if one.first_number <= number), default=1)


def last_number(session: Session, agency_id: int, year: int) -> int:
    """The last line of a year's book, 0 for an empty one."""
    query = select(func.max(RegisterLine.number)).where(
        RegisterLine.agency_id == agency_id, RegisterLine.year == year
    )
    return session.scalar(query) or 0
