"""Sổ theo dõi hồ sơ on paper and as a spreadsheet, in the statutory columns.

TT 01/2018/TT-VPCP form 06, TT 03/2025/TT-VPCP form 07: A4 across, numbered, a cancelled line
stays with its reason.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from content import words
from content.dossiers.register_books import RegisterClosing
from content.dossiers.register_reads import RegisterRow
from content.letters.ministry_forms import ministry_form
from content.letters.values import Check, Office, local_day, two
from content.workbooks import RISKY, workbook

#: Lines of one printed file; a year's book is printed in parts.
PART = 2_000
COLUMNS = (
    "TT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính, nội dung",
    "Số lượng (bộ)",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Trả kết quả",
    "Phương thức nhận kết quả",
    "Ghi chú",
)
_WIDTHS = (6, 24, 40, 9, 26, 34, 28, 12, 12, 12, 24, 30)


@dataclass(frozen=True, kw_only=True)
class RegisterBook:
    """The lines ``rows`` of a desk's book; of a whole year or a part of it."""

    template: ClassVar[str] = "register_book"
    office: Office
    year: int
    rows: Sequence[RegisterRow] = field(repr=False)
    made_at: datetime
    closing: RegisterClosing | None = None
    sample: bool = False

    def __post_init__(self) -> None:
        Check().needs(rows=tuple(self.rows)).aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the book, for its template."""
        form = ministry_form("register", min(local_day(self.made_at), date(self.year, 12, 31)))
        volumes = sorted({one.volume for one in self.rows})
        told = two(volumes[0]) if len(volumes) == 1 else f"{two(volumes[0])}–{two(volumes[-1])}"
        return {
            "title": form.title,
            "form": form.in_words(),
            "sample": self.sample,
            "head": {"over": self.office.name, "name": self.office.desk},
            "year": self.year,
            "volume": told,
            "range": f"Từ số {two(self.rows[0].number)} đến số {two(self.rows[-1].number)}",
            "rows": [_cells(one) | {"cancelled": bool(one.cancelled_because)} for one in self.rows],
            "closing": _closing(self.closing) if self.closing else "",
            "closed_by": self.closing.closed_by_name if self.closing else "",
            "printed": words.moment_words(self.made_at),
        }


def _cells(row: RegisterRow) -> dict[str, object]:
    gone = row.cancelled_because
    return {
        "number": two(row.number),
        "code": row.code,
        "procedure": row.procedure,
        "sets": two(row.sets),
        "applicant": row.applicant,
        "contact": row.contact,
        "in_charge": row.in_charge,
        "received": words.short_date(local_day(row.received_at)),
        "promised": words.short_date(row.promised) if row.promised else "không hẹn",
        "returned": words.short_date(local_day(row.returned_at)) if row.returned_at else "",
        "delivery": row.delivery,
        "note": f"Đã hủy: {gone}" if gone else row.remark,
    }


def _closing(closing: RegisterClosing) -> str:
    last, gone = words.integer(closing.last_number), words.integer(closing.cancelled)
    at = words.moment_words(closing.closed_at)
    return f"Sổ khóa {at}, gồm {last} số thứ tự, trong đó đã hủy {gone}."


def write_register(rows: Sequence[RegisterRow], *, office: str, year: int) -> bytes:
    """The same columns as a spreadsheet; text stays text, whatever it begins with."""
    target = io.BytesIO()
    with workbook(target) as book:
        sheet = book.add_worksheet(f"So theo doi {year}")
        head = book.add_format({"bold": True, "bg_color": "#E6EEF7", "text_wrap": True})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        quoted = book.add_format({"num_format": "@", "text_wrap": True, "quote_prefix": True})
        sheet.write_string(0, 0, f"Sổ theo dõi hồ sơ năm {year} – {office}", head)
        for place, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.write_string(1, place, title, head)
            sheet.set_column(place, place, width)
        sheet.freeze_panes(2, 2)
        for at, row in enumerate(rows, start=2):
            for place, cell in enumerate(_cells(row).values()):
                text = str(cell)
                sheet.write_string(at, place, text, quoted if text.startswith(RISKY) else plain)
    return target.getvalue()
