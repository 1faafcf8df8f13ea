"""Running numbers without gaps: dossier codes of a day, lines of the register of a year.

A number is taken inside the transaction that uses it, from a row that stays locked until
the end: who rolls back gives it back, so none is skipped and none given twice.
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.dossiers.models import Dossier
from content.orm import Base, Id, reference

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Counter(Base):
    """The last number given in a series, of one unit, in one period (a day or a year)."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


def next_number(session: Session, series: str, unit: str, period: str) -> int:
    """The next number, from 1; others who want one of the same series wait for us."""
    # The table, not the class: threads race for the ORM's wrapper of a dialect's INSERT.
    table = cast(Table, Counter.__table__)
    # The two dialects agree on these words, but their classes share no type.
    insert: Any = _INSERT[session.get_bind().dialect.name](table)
    upsert = insert.values(series=series, unit=unit, period=period, last=1)
    upsert = upsert.on_conflict_do_update(
        index_elements=["series", "unit", "period"], set_={"last": table.c.last + 1}
    )
    number: int = session.execute(upsert.returning(table.c.last)).scalar_one()
    return number


def raise_to(session: Session, series: str, unit: str, period: str, last: int) -> None:
    """Let the series go on after ``last``, which somebody else has given; never back."""
    key = {"series": series, "unit": unit, "period": period}
    counter = session.get(Counter, key, with_for_update=True, populate_existing=True)
    if counter is None:
        session.add(Counter(**key, last=last))
    elif counter.last < last:
        counter.last = last
    session.flush()  # the next number is drawn by a statement of its own


class RegisterLine(Base):
    """A line of the register (sổ theo dõi hồ sơ) of a receiving agency.

    One book a year, numbered from 1 without gaps, never renumbered, never deleted: what
    was entered by mistake stays, with the reason in ``cancelled_because`` (TT 01/2018
    art. 10, TT 03/2025).
    """

    __tablename__ = "register_line"
    __table_args__ = (UniqueConstraint("agency_id", "year", "number"),)

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id", index=False)
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    dossier_id: Mapped[int] = reference("dossier.id", unique=True, index=False)
    entered_at: Mapped[datetime]
    cancelled_because: Mapped[str | None] = mapped_column(Text)

    dossier: Mapped[Dossier] = relationship()
