"""The period in an address: chosen from a list or typed as two days; wrong ones are said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.errors import Invalid
from content.figures.periods import Span, between, month_of, offered, parse
from content.words import short_date
from portal.i18n import _

OTHER = "khac"
_WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
WRONG = {
    "not_a_period": _("Chưa hiểu kỳ báo cáo. Ông/bà chọn một kỳ trong danh sách."),
    "not_a_day": _("Ngày chưa đúng. Ông/bà ghi đủ từ ngày, đến ngày, ví dụ 01/10/2026."),
    "before_first": _("Đến ngày phải bằng hoặc sau từ ngày."),
    "too_long": _("Khoảng ngày quá dài; chọn trong mười năm."),
    "year_out_of_range": _("Năm phải từ 2000 đến 2100."),
}


@dataclass(frozen=True)
class Asked:
    """What was asked for: the ``span``, or the ``error`` where there is none. ``first`` and
    ``last`` are what was typed."""

    span: Span | None
    offered: list[Span]
    first: str = ""
    last: str = ""
    error: Any = ""
    is_range: bool = False

    @property
    def key(self) -> str:
        """The chosen entry of the list."""
        return self.span.key if self.span else ""

    @property
    def query(self) -> dict[str, str]:
        """What keeps the choice in an address."""
        if self.is_range:
            return {"ky": OTHER, "tu": self.first, "den": self.last}
        return {"ky": self.key}


def asked_period(query: Mapping[str, str], today: date) -> Asked:
    """The period of a query; the month of today where it says nothing."""
    listed = offered(today)
    key, first, last = (query.get(name, "")[:40].strip() for name in ("ky", "tu", "den"))
    is_range = key == OTHER or (not key and bool(first or last))
    try:
        if is_range:
            span = between(_day(first), _day(last))
        else:
            span = parse(key) if key else month_of(today)
    except Invalid as refused:
        code = next(iter(refused.problems.values()))
        return Asked(None, listed, first, last, WRONG[code], is_range)
    if is_range:
        first, last = short_date(span.period.first), short_date(span.period.last)
    elif span.key not in {one.key for one in listed}:
        listed = [span, *listed]
    return Asked(span.until(today), listed, first, last, is_range=is_range)


def _day(text: str) -> date:
    """``01/10/2026``, as people write it, or ``2026-10-01``, as programs do."""
    written = _WRITTEN.fullmatch(text)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({"day": "not_a_day"}) from None
