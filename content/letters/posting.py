"""The posting sheet of a procedure (NĐ 63/2010 arts 8 and 17): one record on paper.

Reads a record of the catalogue format and leaves nothing blank: what the record does not know
reads "chưa có thông tin", never as zero or free of charge.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from content import words
from content.letters.marks import qr_runs
from content.letters.values import Check, Office, local_day
from content.procedures.cut_names import spoken_name
from content.procedures.kinds import LimitUnit
from content.procedures.presentation import still_due
from content.procedures.projecting import is_choice
from content.procedures.reception_places import ReceptionPlace
from content.procedures.records import Record
from content.procedures.repairs import FeeReading, Limit, Reading, read

UNKNOWN = "chưa có thông tin"
_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.DAY: "ngày",
    LimitUnit.WEEK: "tuần",
    LimitUnit.MONTH: "tháng",
    LimitUnit.YEAR: "năm",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
}


@dataclass(frozen=True, kw_only=True)
class PostingSheet:
    """A published version as it hangs at the office.

    ``record`` is in the catalogue format. ``url`` is the procedure's page; ``standing`` words
    whether it is in force; ``decision`` the publication decision where the record names none;
    ``place`` where it is received, when that is told by name;
    ``feedback`` the address for feedback (phản ánh, kiến nghị), obligatory on a board.
    """

    template: ClassVar[str] = "posting_sheet"
    record: Record = field(repr=False)
    office: Office
    url: str
    feedback: str
    made_at: datetime
    valid_from: date | None = None
    decision: str = ""
    standing: str = ""
    place: ReceptionPlace | None = None
    sample: bool = False

    def __post_init__(self) -> None:
        check = Check().needs(name=self.record.get("name"), url=self.url, feedback=self.feedback)
        check.aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the sheet, for its template."""
        record, reading = self.record, read(self.record)
        return {
            "title": record["name"],
            "head": {"over": self.office.parent, "name": self.office.name},
            "facts": [list(fact) for fact in self._facts(reading)],
            "papers": papers_by_case(record),
            "papers_left_out": _left_out(record),
            "legal_bases": [_legal_basis(one) for one in record.get("legal_bases") or ()],
            "forms": [_form(one) for one in record.get("forms") or ()],
            "steps": [str(step) for step in record.get("steps") or ()],
            "standing": self.standing,
            "printed": words.short_date(local_day(self.made_at)),
            "url": self.url,
            "qr": qr_runs(self.url),
            "feedback": self.feedback,
            "hotline": self.office.hotline,
            "sample": self.sample,
        }

    def _facts(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """The short facts, each with its label, in the order of the law."""
        record, on = self.record, local_day(self.made_at)
        yield "Mã thủ tục", record.get("code") or "chưa có mã quốc gia"
        yield "Lĩnh vực", record.get("field") or UNKNOWN
        yield "Cấp thực hiện", record.get("level") or UNKNOWN
        yield "Cơ quan thực hiện", record.get("authority") or UNKNOWN
        if self.place is not None:
            yield from _place(self.place)
        yield "Đối tượng thực hiện", "; ".join(reading.applicants or ()) or UNKNOWN
        yield "Thời hạn giải quyết", "\n".join(_limits(record, reading)) or UNKNOWN
        yield "Phí, lệ phí", "\n".join(fee_lines(record, reading, on)) or UNKNOWN
        yield "Cách thức thực hiện", ", ".join(record.get("channels") or ()) or UNKNOWN
        yield "Mức độ trực tuyến", reading.service_level or UNKNOWN
        sets = record.get("sets")
        yield "Số lượng hồ sơ", f"{words.integer(sets)} bộ" if sets else UNKNOWN
        yield "Kết quả thực hiện", record.get("result") or UNKNOWN
        yield "Yêu cầu, điều kiện", _requirements(record)
        yield "Quyết định công bố", record.get("decision_no") or self.decision or UNKNOWN
        valid_from = words.short_date(self.valid_from) if self.valid_from else ""
        yield "Áp dụng từ ngày", valid_from or UNKNOWN


def _place(place: ReceptionPlace) -> Iterator[tuple[str, str]]:
    """Where to go, and why that is no one-stop desk (NĐ 61/2018/NĐ-CP arts 14, 15)."""
    phone = f"Điện thoại: {place.phone}" if place.phone else ""
    lines = (place.name, place.where, *place.open_hours, phone)
    yield "Nơi tiếp nhận hồ sơ", "\n".join(line for line in lines if line)
    if place.elsewhere:
        why = f"{place.reason}\nCăn cứ: {place.legal_basis}"
        yield "Vì sao không nộp tại bộ phận một cửa", why


def _limits(record: Record, reading: Reading) -> Iterator[str]:
    """The statutory limit, the shortened one of the authority, and those of channels."""
    if reading.limit:
        yield f"Theo quy định: {limit_words(reading.limit)}"
    if reading.local_limit:
        yield f"Tại cơ quan: {limit_words(reading.local_limit)}"
    channels = record.get("time_limit_by_channel") or ()
    for given, limit in zip(channels, reading.channel_limits, strict=True):
        yield f"Nộp {given['channel']}: {limit_words(limit)}"


def limit_words(limit: Limit) -> str:
    """``3 ngày làm việc``; a number without unit says so."""
    if limit.unit is LimitUnit.SAME_DAY:
        told = "trong ngày"
    elif limit.value is None:
        return limit.text or UNKNOWN
    else:
        number = words.plain(Decimal(str(limit.value)))
        told = f"{number} {_UNITS[limit.unit] if limit.unit else '(chưa rõ đơn vị)'}"
    return f"{told} ({limit.text})" if limit.text else told


def fee_lines(record: Record, reading: Reading, on: date) -> Iterator[str]:
    """The fees that hold on a day or will, each with its own days."""
    for fee, one in still_due(record.get("fee") or (), reading.fees, on):
        amount, condition = _amount(fee, one), fee.get("condition") or ""
        parts = [amount, "" if condition == amount else condition]
        if fee.get("channels"):
            parts.append(f"nộp {', '.join(fee['channels'])}")
        parts.append(_days_of(fee, one))
        if fee.get("exempt"):
            parts.append(f"miễn, giảm: {fee['exempt']}")
        kind = fee.get("kind") or "phí, lệ phí"
        yield f"{kind[0].upper()}{kind[1:]}: {'; '.join(part for part in parts if part)}"


def _days_of(fee: Record, reading: FeeReading) -> str:
    """``thu từ 01/12/2026 đến hết 31/12/2026``; days that its condition names are said there."""
    told = []
    if fee.get("valid_from") and reading.valid_from:
        told.append(f"từ {words.short_date(reading.valid_from)}")
    if fee.get("valid_to") and reading.valid_to:
        told.append(f"đến hết {words.short_date(reading.valid_to)}")
    return f"thu {' '.join(told)}" if told else ""


def _amount(fee: Record, reading: FeeReading) -> str:
    """``8.000 đồng/lần``, ``5,00 USD``; zero is free, unknown is unknown."""
    if reading.amount is None:
        return "" if fee.get("condition") else "chưa có thông tin về mức thu"
    if reading.amount == 0:
        return "không thu"
    if reading.currency != "VND":
        return f"{words.decimal(Decimal(reading.amount) / 100, 2)} {reading.currency}"
    return f"{words.integer(reading.amount)} {fee.get('unit') or 'đồng'}"


def _requirements(record: Record) -> str:
    """The records often say only that there are some."""
    told = record.get("requirements")
    return "có; xem tại trang của thủ tục" if told == "có" else told or UNKNOWN


def papers_by_case(record: Record) -> list[dict[str, object]]:
    """The papers grouped by case, in the order of the record; ``for_all`` where the words
    only head a list ("Giấy tờ phải nộp"), ``heading`` as it is printed."""
    cases: dict[str, list[dict[str, str]]] = {}
    for paper in record.get("dossier") or ():
        cases.setdefault(paper.get("case") or "", []).append(_paper(paper))
    return [
        {"case": case, "for_all": _is_for_all(case), "heading": _heading(case), "papers": papers}
        for case, papers in cases.items()
    ]


def _is_for_all(case: str) -> bool:
    return not case or not is_choice(case)


def _heading(case: str) -> str:
    is_said = _is_for_all(case) or case.lower().startswith("trường hợp")
    return case if is_said else f"Trường hợp: {case}"


def _paper(paper: dict[str, Any]) -> dict[str, str]:
    def count(number: int | None) -> str:
        return "?" if number is None else str(number)

    return {
        "name": spoken_name(paper["name"]),
        "originals": count(paper.get("originals")),
        "copies": count(paper.get("copies")),
        "form": paper.get("form_name") or "",
    }


def _left_out(record: Record) -> int:
    """How many papers the source has beyond those of the record."""
    return max(0, (record.get("dossier_total") or 0) - len(record.get("dossier") or ()))


def _legal_basis(basis: dict[str, Any]) -> str:
    number, day = str(basis["number"]), basis.get("date")
    return f"{number} ngày {words.short_date(date.fromisoformat(day))}" if day else number


def _form(form: dict[str, Any]) -> str:
    return " – ".join(part for part in (form.get("code"), form.get("for")) if part)
