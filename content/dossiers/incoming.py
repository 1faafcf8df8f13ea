"""Rows of an older system's open dossiers, judged: what can be brought in, what is wrong.

Reads only. ``bringing_in`` writes what was found good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.desks import receives
from content.dossiers.models import (
    MAX_APPLICANT,
    MAX_CODE,
    MAX_CONTACT,
    Delivery,
    Dossier,
)
from content.dossiers.numbering import RegisterLine
from content.dossiers.reference import DossierCode, parse_code
from content.dossiers.register_books import closing_of
from content.dossiers.states import Status
from content.dossiers.wording import DELIVERIES
from content.procedures.kinds import Channel, Level
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.reads import find
from content.procedures.spreadsheets.tables import RowProblem, TableRow
from content.text import fold
from content.words import LOCAL_ZONE, local

#: Title of the column → key.
TITLES = {
    "Mã hồ sơ": "code",
    "Mã thủ tục": "procedure",
    "Cấp": "level",
    "Nơi tiếp nhận": "agency",
    "Họ tên": "name",
    "Số định danh": "identity",
    "Ngày sinh": "born",
    "Điện thoại": "phone",
    "Thư điện tử": "email",
    "Địa chỉ": "address",
    "Chủ hồ sơ": "principal",
    "Cách nộp": "channel",
    "Nhận lúc": "received",
    "Hẹn trả": "promised",
    "Tình trạng": "status",
    "Xong lúc": "finished",
    "Đang xử lý tại": "unit",
    "Số thứ tự sổ": "entry",
    "Số bộ": "sets",
    "Trả kết quả": "delivery",
    "Địa chỉ trả": "delivery_address",
    "Hệ thống cũ": "system",
    "Mã ở hệ thống cũ": "external",
}
REQUIRED = ("code", "procedure", "agency", "name", "received")
_EARLIEST = date(2000, 1, 1)
#: No limit is longer (``calendar.model.LONGEST``).
_LATEST = timedelta(days=3_660)
_BORN_FROM = date(1900, 1, 1)
_STATES = {Status.RECEIVED, Status.IN_PROGRESS, Status.RESOLVED}


@dataclass(frozen=True)
class Incoming:
    """A row that can be written."""

    row: TableRow
    code: DossierCode
    procedure: Procedure
    version: ProcedureVersion
    agency: Agency
    unit: Agency | None
    channel: Channel
    delivery: Delivery
    status: Status
    received_at: datetime
    finished_at: datetime | None
    promised: date | None
    entry: int | None
    sets: int


class Reader:
    """Judges rows; ``problems`` names what is wrong with them."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.problems: list[RowProblem] = []
        self._codes: set[str] = set()
        self._entries: set[tuple[int, int, int]] = set()
        self._agencies = _agencies(session)

    def read(self, rows: Sequence[TableRow]) -> list[Incoming]:
        """Those that can be written; ``problems`` names what is wrong with the others."""
        found = [self._row(row) for row in rows]
        return [one for one in found if one is not None]

    def _wrong(self, row: TableRow, key: str, code: str) -> None:
        self.problems.append(RowProblem(row.number, key, code, row.text(key)[:80]))

    def _row(self, row: TableRow) -> Incoming | None:
        before = len(self.problems)
        code = self._code(row)
        procedure = self._procedure(row)
        agency = self._agency(row, "agency")
        if agency is not None and not receives(agency):
            self._wrong(row, "agency", "does_not_receive")
        unit = self._agency(row, "unit") if row.text("unit") else None
        received = self._moment(row, "received")
        status = self._status(row)
        promised = self._promised(row, received)
        finished = self._finished(row, status, received)
        self._lengths(row)
        channel = self._one_of(row, "channel", {one.value: one for one in Channel}, Channel.COUNTER)
        ways = {words: way for way, words in DELIVERIES.items()}
        delivery = self._one_of(row, "delivery", ways, Delivery.COUNTER)
        sets = self._whole(row, "sets") or 1
        entry = self._entry(row, agency, received)
        version = procedure.current_version if procedure else None
        if len(self.problems) > before:
            return None
        # Without one of these there would be a problem; said once more for the types.
        if not (code and procedure and version and agency and received):
            return None
        return Incoming(
            row, code, procedure, version, agency, unit, channel, delivery, status, received,
            finished, promised, entry, sets,
        )  # fmt: skip

    def _code(self, row: TableRow) -> DossierCode | None:
        text = row.text("code")
        parsed = parse_code(text) if len(text) <= MAX_CODE else None
        if parsed is None or parsed.code is None:
            self._wrong(row, "code", "required" if not text else "bad_code")
            return None
        written = parsed.code.text
        taken = select(Dossier.id).where(Dossier.code == written)
        if written in self._codes or self.session.scalar(taken) is not None:
            self._wrong(row, "code", "taken")
        self._codes.add(written)
        return parsed.code

    def _procedure(self, row: TableRow) -> Procedure | None:
        word = row.text("level")
        known = {one.value: one for one in Level}
        if word and word.lower() not in known:
            self._wrong(row, "level", "unknown")
            return None
        found = find(self.session, row.text("procedure"), known.get(word.lower()))
        if found is None or found.current_version is None:
            self._wrong(row, "procedure", "unknown")
            return None
        return found

    def _agency(self, row: TableRow, key: str) -> Agency | None:
        found = self._agencies.get(row.text(key))
        if found is None:
            self._wrong(row, key, "unknown")
        return found

    def _moment(self, row: TableRow, key: str) -> datetime | None:
        given = row.moment(key)
        if given is None:
            self._wrong(row, key, "bad_day" if row.text(key) else "required")
            return None
        moment = given.replace(tzinfo=LOCAL_ZONE)
        if moment > self.now or moment.date() < _EARLIEST:
            self._wrong(row, key, "day_out_of_range")
        return moment

    def _promised(self, row: TableRow, received: datetime | None) -> date | None:
        if not row.text("promised"):
            return None
        day = row.day("promised")
        if day is None:
            self._wrong(row, "promised", "bad_day")
        elif received is not None and day < received.date():
            self._wrong(row, "promised", "before_receipt")
        elif received is not None and day > received.date() + _LATEST:
            self._wrong(row, "promised", "too_late")
        return day

    def _status(self, row: TableRow) -> Status:
        text = row.text("status")
        if not text:
            return Status.IN_PROGRESS
        for one in _STATES:
            if text == str(int(one)):
                return one
        self._wrong(row, "status", "not_open")
        return Status.IN_PROGRESS

    def _finished(
        self, row: TableRow, status: Status, received: datetime | None
    ) -> datetime | None:
        if status is not Status.RESOLVED:
            return None
        moment = self._moment(row, "finished")
        if moment is not None and received is not None and moment < received:
            self._wrong(row, "finished", "before_receipt")
        return moment

    def _lengths(self, row: TableRow) -> None:
        limits = {"name": MAX_APPLICANT, "principal": MAX_APPLICANT, "identity": MAX_CONTACT}
        limits |= {"phone": MAX_CONTACT, "email": 254, "address": 500, "delivery_address": 500}
        limits |= {"system": 40, "external": 80}
        for key, limit in limits.items():
            if len(row.text(key)) > limit:
                self._wrong(row, key, "too_long")
        if not row.text("name"):
            self._wrong(row, "name", "required")
        born = row.day("born")
        if row.text("born") and born is None:
            self._wrong(row, "born", "bad_day")
        elif born is not None and not _BORN_FROM <= born <= local(self.now).date():
            self._wrong(row, "born", "born_out_of_range")

    def _one_of(self, row: TableRow, key: str, known: Mapping[str, Any], usual: Any) -> Any:
        text = row.text(key)
        if not text:
            return usual
        folded = {fold(words): value for words, value in known.items()}
        if fold(text) not in folded:
            self._wrong(row, key, "unknown")
        return folded.get(fold(text), usual)

    def _whole(self, row: TableRow, key: str) -> int | None:
        text = row.text(key)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or not int(text[:9]) >= 1 or len(text) > 7:
            self._wrong(row, key, "bad_number")
            return None
        return int(text)

    def _entry(self, row: TableRow, agency: Agency | None, received: datetime | None) -> int | None:
        number = self._whole(row, "entry")
        if number is None or agency is None or received is None:
            return None
        key = (agency.id, local(received).year, number)
        taken = select(RegisterLine.id).where(
            RegisterLine.agency_id == key[0],
            RegisterLine.year == key[1],
            RegisterLine.number == key[2],
        )
        if key in self._entries or self.session.scalar(taken) is not None:
            self._wrong(row, "entry", "taken")
        elif closing_of(self.session, key[0], key[1]) is not None:
            self._wrong(row, "entry", "register_closed")
        self._entries.add(key)
        return number


def _agencies(session: Session) -> dict[str, Agency]:
    """By code and by slug."""
    found = session.scalars(select(Agency).where(or_(Agency.code != "", Agency.slug != "")))
    return {key: one for one in found for key in (one.code, one.slug)}
