"""The dossiers behind a number: filters by name, counted, read page by page or in a stream.

Each number of a report that stands for dossiers leads here, so that whoever doubts it sees
which they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.hand_overs import HandOver, Punctuality
from content.dossiers.models import Attachment, Dossier
from content.dossiers.states import STATUS_NAMES, Status
from content.figures.closings import IN_STORE, OWES, PAID_ONLINE, has_result
from content.figures.late_reasons import CAUSE_NAMES, LateReason
from content.figures.scope import Units
from content.figures.settled import concerns, was_late
from content.figures.settling import Period
from content.figures.sql import bounds
from content.people.models import Account
from content.procedures.kinds import Channel
from content.procedures.models import Procedure, Sector
from content.workbook.models import WorkEntry
from content.workbook.targets import are_justified

PAGE_SIZE = 50
#: Rows fetched at a time when all of them are written somewhere.
CHUNK = 1_000


class Which(StrEnum):
    """Which dossiers; the value is the word of the address."""

    ALL = "tat-ca"
    RECEIVED = "tiep-nhan"
    LATE = "qua-han"
    LATE_WITHOUT_REASON = "chua-ghi-ly-do"
    NOT_IN_TIME = "khong-dung-han"
    OFFLINE = "khong-truc-tuyen"
    NOT_PAID_ONLINE = "khong-thanh-toan-truc-tuyen"
    ON_PAPER_ONLY = "ket-qua-chi-ban-giay"
    NOT_DIGITISED = "chua-so-hoa"
    NOT_IN_STORE = "ket-qua-chua-vao-kho"
    SUPPLEMENTED = "co-bo-sung"
    SUPPLEMENTED_TWICE = "bo-sung-nhieu-lan"
    EXTENDED = "da-xin-loi"
    STEP_LATE = "buoc-qua-han"
    LATE_OR_COMPLAINED = "qua-han-hoac-phan-anh-dung"


WHICH_NAMES = {
    Which.ALL: "Mọi hồ sơ của kỳ",
    Which.RECEIVED: "Tiếp nhận trong kỳ",
    Which.LATE: "Quá hạn",
    Which.LATE_WITHOUT_REASON: "Quá hạn chưa ghi nguyên nhân",
    Which.NOT_IN_TIME: "Quá hạn hoặc yêu cầu bổ sung quá một lần",
    Which.OFFLINE: "Không nộp trực tuyến",
    Which.NOT_PAID_ONLINE: "Phải nộp tiền, không thanh toán trực tuyến",
    Which.ON_PAPER_ONLY: "Kết quả chỉ có bản giấy",
    Which.NOT_DIGITISED: "Chưa có giấy tờ số hóa",
    Which.NOT_IN_STORE: "Kết quả chưa vào kho của người nộp",
    Which.SUPPLEMENTED: "Phải bổ sung",
    Which.SUPPLEMENTED_TWICE: "Yêu cầu bổ sung quá một lần",
    Which.EXTENDED: "Đã xin lỗi và hẹn lại",
    Which.STEP_LATE: "Có bước bàn giao quá hạn của bước",
    Which.LATE_OR_COMPLAINED: "Giải quyết quá hạn hoặc có phản ánh đúng về thái độ",
}


def received_within(period: Period) -> ColumnElement[bool]:
    """Received in the period itself."""
    first, after = bounds(period)
    return and_(Dossier.received_at >= first, Dossier.received_at < after)


HAS_FILES: ColumnElement[bool] = (
    exists().where(Attachment.dossier_id == Dossier.id).correlate(Dossier)
)
_HAS_REASON: ColumnElement[bool] = (
    exists().where(LateReason.dossier_id == Dossier.id).correlate(Dossier)
)


def handed_over_within(period: Period) -> ColumnElement[bool]:
    """Hand-overs of the period that were not taken back."""
    first, after = bounds(period)
    return and_(HandOver.given_at >= first, HandOver.given_at < after, HandOver.undone_at.is_(None))


def _step_late(period: Period) -> ColumnElement[bool]:
    late = and_(handed_over_within(period), HandOver.outcome == Punctuality.LATE)
    return exists().where(HandOver.dossier_id == Dossier.id, late).correlate(Dossier)


def finished_within(period: Period) -> ColumnElement[bool]:
    """Finished in the period itself."""
    first, after = bounds(period)
    return and_(Dossier.finished_at >= first, Dossier.finished_at < after)


def complained_of(period: Period, units: Units) -> ColumnElement[bool]:
    """Named by a complaint about conduct that was found to be true in the period."""
    true_ones = are_justified(units.ids, period.first, period.last)
    return Dossier.code.in_(select(WorkEntry.values["dossier"].as_string()).where(true_ones))


def condition(which: Which, period: Period, units: Units) -> ColumnElement[bool]:
    """What makes a dossier one of these, all of them of the units."""
    if which is Which.STEP_LATE:
        # The period is that of the hand-over: a result may be handed on after the end.
        return and_(_step_late(period), units.dossiers)
    offline = and_(received_within(period), Dossier.channel != Channel.ONLINE)
    own: Mapping[Which, ColumnElement[bool]] = {
        Which.ALL: Dossier.received_at.is_not(None),
        Which.RECEIVED: received_within(period),
        Which.LATE: was_late(period),
        Which.LATE_WITHOUT_REASON: and_(was_late(period), not_(_HAS_REASON)),
        # QĐ 766/QĐ-TTg, 2.1: who asked twice is as late as who returned late.
        Which.NOT_IN_TIME: or_(was_late(period), Dossier.supplement_count > 1),
        Which.OFFLINE: offline,
        Which.NOT_PAID_ONLINE: and_(OWES, not_(PAID_ONLINE)),
        Which.ON_PAPER_ONLY: has_result(period, on_paper_only=True),
        Which.NOT_DIGITISED: not_(HAS_FILES),
        Which.NOT_IN_STORE: and_(has_result(period), not_(IN_STORE)),
        Which.SUPPLEMENTED: Dossier.supplement_count > 0,
        Which.SUPPLEMENTED_TWICE: Dossier.supplement_count > 1,
        Which.EXTENDED: Dossier.extension_count > 0,
        Which.LATE_OR_COMPLAINED: and_(
            finished_within(period), or_(was_late(period), complained_of(period, units))
        ),
    }
    return and_(concerns(period, units), own[which])


@dataclass(frozen=True)
class Listed:
    """A dossier as lists and exports say it."""

    lookup_code: str
    code: str
    procedure: str
    sector: str
    applicant: str
    channel: Channel
    unit: str
    holder: str | None
    received_at: datetime
    promised: date | None
    extended_to: date | None
    finished_at: datetime | None
    status: Status
    cause: str | None
    reason: str | None
    measure: str | None

    @property
    def status_words(self) -> str:
        """The name of the national status."""
        return STATUS_NAMES[self.status]


@dataclass(frozen=True)
class Narrowed:
    """A list with everything that narrows it."""

    which: Which
    period: Period
    units: Units
    sector_id: int | None = None
    unit_id: int | None = None
    holder_id: int | None = None

    @property
    def fitting(self) -> ColumnElement[bool]:
        """The condition of all of it."""
        parts = [condition(self.which, self.period, self.units)]
        if self.sector_id is not None:
            parts.append(Procedure.sector_id == self.sector_id)
        if self.unit_id is not None:
            parts.append(func.coalesce(Dossier.unit_id, Dossier.agency_id) == self.unit_id)
        if self.holder_id is not None:
            parts.append(Dossier.holder_id == self.holder_id)
        return and_(*parts)


def count(session: Session, asked: Narrowed) -> int:
    """How many there are."""
    query = select(func.count(Dossier.id)).select_from(Dossier)
    if asked.sector_id is not None:
        query = query.join(Procedure, Procedure.id == Dossier.procedure_id)
    return session.scalar(query.where(asked.fitting)) or 0


def page(session: Session, asked: Narrowed, number: int) -> list[Listed]:
    """Fifty of them, those with the oldest promise first."""
    query = _query(asked).order_by(Dossier.lawful_date, Dossier.id)
    found = query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return [_listed(row) for row in session.execute(found)]


def stream(session: Session, asked: Narrowed) -> Iterator[Listed]:
    """All of them, fetched a thousand at a time: none is kept here."""
    # In the order of arrival: sorting by anything else would collect them all first.
    asked_for = _query(asked).order_by(Dossier.id).execution_options(yield_per=CHUNK)
    for row in session.execute(asked_for):
        yield _listed(row)


def _query(asked: Narrowed) -> Select[Any]:
    unit = Agency.__table__.alias("unit")
    return (
        select(
            Dossier.lookup_code,
            Dossier.code,
            Dossier.procedure_name,
            Sector.name.label("sector"),
            Dossier.applicant_name,
            Dossier.channel,
            unit.c.name.label("unit"),
            Account.name.label("holder"),
            Dossier.received_at,
            Dossier.lawful_date,
            Dossier.extended_to,
            Dossier.finished_at,
            Dossier.status,
            LateReason.cause,
            LateReason.text,
            LateReason.measure,
        )
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .join(unit, unit.c.id == func.coalesce(Dossier.unit_id, Dossier.agency_id))
        .join(Account, Account.id == Dossier.holder_id, isouter=True)
        .join(LateReason, LateReason.dossier_id == Dossier.id, isouter=True)
        .where(asked.fitting)
    )


def _listed(row: Any) -> Listed:
    return Listed(
        lookup_code=row.lookup_code,
        code=row.code,
        procedure=row.procedure_name,
        sector=row.sector or "",
        applicant=row.applicant_name,
        channel=row.channel,
        unit=row.unit,
        holder=row.holder,
        received_at=row.received_at,
        promised=row.lawful_date,
        extended_to=row.extended_to,
        finished_at=row.finished_at,
        status=row.status,
        cause=CAUSE_NAMES[row.cause] if row.cause else None,
        reason=row.text,
        measure=row.measure,
    )
