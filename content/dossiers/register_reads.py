"""The register as it is read: lines of one desk and year, filtered, page by page. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from content.dossiers.models import Dossier
from content.dossiers.numbering import RegisterLine
from content.dossiers.register_books import RegisterVolume, volume_of, volumes_of
from content.dossiers.states import STATUS_NAMES, Status
from content.dossiers.wording import DELIVERIES
from content.text import clean, fold
from content.words import short_date

#: There is a result, on its way or returned: the line stands for good.
WITH_RESULT = frozenset({Status.RESOLVED, Status.RETURNED})
PAGE_SIZE = 50
MAX_QUERY = 200


class Which(StrEnum):
    """Which lines; the value is the word of the address."""

    ALL = "tat-ca"
    OPEN = "dang-giai-quyet"
    RETURNED = "da-tra"
    CANCELLED = "da-huy"


@dataclass(frozen=True)
class RegisterRow:
    """A line with what its statutory columns say."""

    number: int
    volume: int
    lookup_code: str
    code: str
    procedure: str
    sets: int
    applicant: str
    contact: str
    in_charge: str
    received_at: datetime
    promised: date | None
    returned_at: datetime | None
    delivery: str
    status_words: str
    cancelled_because: str | None
    can_be_cancelled: bool
    remark: str


@dataclass(frozen=True)
class RegisterPage:
    """A page of lines, in the order of their numbers."""

    rows: tuple[RegisterRow, ...]
    number: int
    pages: int
    total: int


def years_of(session: Session, agency_ids: Collection[int]) -> list[int]:
    """The years that have lines, the newest first."""
    query = (
        select(RegisterLine.year)
        .where(RegisterLine.agency_id.in_(agency_ids))
        .distinct()
        .order_by(RegisterLine.year.desc())
    )
    return list(session.scalars(query))


def browse(
    session: Session,
    agency_id: int,
    year: int,
    *,
    which: Which = Which.ALL,
    query: str = "",
    page: int = 1,
) -> RegisterPage:
    """The lines of a year that fit; a page beyond the last is the last."""
    fitting = and_(
        RegisterLine.agency_id == agency_id, RegisterLine.year == year, _IN[which], _matches(query)
    )
    counted = select(func.count(RegisterLine.id)).join(RegisterLine.dossier).where(fitting)
    total = session.scalar(counted) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(page, 1), pages)
    found = _lines().where(fitting).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    volumes = volumes_of(session, agency_id, year)
    rows = tuple(_row(one, volumes) for one in session.scalars(found))
    return RegisterPage(rows, number, pages, total)


def lines_from(
    session: Session, agency_id: int, year: int, *, first: int, many: int
) -> list[RegisterRow]:
    """Lines from a number on, for printing."""
    found = _lines().where(
        RegisterLine.agency_id == agency_id,
        RegisterLine.year == year,
        RegisterLine.number >= first,
        RegisterLine.number < first + many,
    )
    volumes = volumes_of(session, agency_id, year)
    return [_row(one, volumes) for one in session.scalars(found)]


def line_numbered(session: Session, agency_id: int, year: int, number: int) -> RegisterLine | None:
    """One line with its dossier."""
    query = (
        select(RegisterLine)
        .options(joinedload(RegisterLine.dossier))
        .where(
            RegisterLine.agency_id == agency_id,
            RegisterLine.year == year,
            RegisterLine.number == number,
        )
    )
    return session.scalars(query).first()


_IN: dict[Which, ColumnElement[bool]] = {
    Which.ALL: true(),
    Which.OPEN: and_(Dossier.finished_at.is_(None), RegisterLine.cancelled_because.is_(None)),
    Which.RETURNED: Dossier.status == Status.RETURNED,
    Which.CANCELLED: RegisterLine.cancelled_because.is_not(None),
}


def _lines() -> Select[RegisterLine]:
    dossier = contains_eager(RegisterLine.dossier)
    columns = dossier.load_only(
        *(Dossier.lookup_code, Dossier.code, Dossier.status, Dossier.status_since),
        *(Dossier.procedure_name, Dossier.case, Dossier.sets, Dossier.agency_id),
        *(Dossier.agency_name, Dossier.applicant_name, Dossier.applicant_phone),
        *(Dossier.applicant_address, Dossier.received_at, Dossier.promised_date),
        *(
            Dossier.delivery,
            Dossier.finished_at,
            Dossier.extended_to,
            Dossier.competent_agency_id,
            Dossier.unit_id,
        ),
    )
    owners = (dossier.joinedload(Dossier.competent_agency), dossier.joinedload(Dossier.unit))
    return (
        select(RegisterLine)
        .join(RegisterLine.dossier)
        .options(columns, *owners)
        .order_by(RegisterLine.number)
    )


def _matches(query: str) -> ColumnElement[bool]:
    text = clean(query[:MAX_QUERY])
    if not text:
        return true()
    return or_(
        Dossier.code.contains(text.upper(), autoescape=True),
        Dossier.applicant_key.contains(fold(text), autoescape=True),
    )


def _row(line: RegisterLine, volumes: list[RegisterVolume]) -> RegisterRow:
    dossier = line.dossier
    owner: Any = dossier.competent_agency or dossier.unit
    named = dossier.procedure_name
    contact = (dossier.applicant_address, dossier.applicant_phone)
    return RegisterRow(
        number=line.number,
        volume=volume_of(volumes, line.number),
        lookup_code=dossier.lookup_code,
        code=dossier.code or "",
        procedure=f"{named} – {dossier.case}" if dossier.case else named,
        sets=dossier.sets,
        applicant=dossier.applicant_name,
        contact=", ".join(one for one in contact if one),
        in_charge=owner.name if owner else dossier.agency_name,
        received_at=dossier.received_at or line.entered_at,
        promised=dossier.promised_date,
        returned_at=dossier.status_since if dossier.status is Status.RETURNED else None,
        delivery=DELIVERIES[dossier.delivery],
        status_words=STATUS_NAMES[dossier.status],
        cancelled_because=line.cancelled_because,
        can_be_cancelled=dossier.finished_at is not None and dossier.status not in WITH_RESULT,
        remark=_remark(dossier),
    )


def _remark(dossier: Dossier) -> str:
    """Why there is no result where none will come, and the day that holds now."""
    told = []
    if dossier.finished_at is not None and dossier.status not in WITH_RESULT:
        told.append(STATUS_NAMES[dossier.status])
    if dossier.extended_to is not None:
        told.append(f"Gia hạn đến {short_date(dossier.extended_to)}")
    return "; ".join(told)
