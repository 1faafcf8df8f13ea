"""How a record is read: what the sources flattened is taken apart again, and listed.

The record itself is never touched; a reading stands beside it. Nothing is guessed:
what a text does not say stays unknown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.procedures.kinds import LimitUnit, ServiceLevel
from content.procedures.records import Record

#: From this day there are no districts, and older data may no longer hold (NĐ 118/2025).
TWO_TIERS_FROM = date(2025, 7, 1)

_UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "ngày": LimitUnit.DAY,
    "giờ": LimitUnit.WORKING_HOUR,
    "tuần": LimitUnit.WEEK,
    "tháng": LimitUnit.MONTH,
    "năm": LimitUnit.YEAR,
}
_OLD_LEVELS = {
    "4": ServiceLevel.FULL,
    "3": ServiceLevel.PARTIAL,
    "2": ServiceLevel.INFORMATION,
    "1": ServiceLevel.INFORMATION,
}
_CUT_OFF = re.compile(r"sau\s+(?:15\s*(?:giờ|h)|0?3\s*(?:\(ba\)\s*)?giờ\s+chiều)", re.I)
_WITHIN_THE_DAY = re.compile(r"trong ngày", re.I)
_NO_INFORMATION = re.compile(r"\W*(?:chưa có|không có) thông tin\b.*", re.I)
_DOLLARS = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d{1,2})?)\s*USD", re.I)
_PERIOD = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s*[-–]\s*(\d{1,2}/\d{1,2}/\d{4})")


@dataclass(frozen=True)
class Repair:
    """One thing read otherwise than written: where, which rule, before and after."""

    path: str
    code: str
    was: Any
    read_as: Any

    def as_json(self) -> dict[str, Any]:
        """For the column of a version."""
        return {"path": self.path, "code": self.code, "was": self.was, "read_as": self.read_as}


@dataclass(frozen=True)
class Limit:
    """A time limit as read; without unit it gives no due date."""

    value: float | None
    unit: LimitUnit | None
    text: str | None = None


@dataclass(frozen=True)
class FeeReading:
    """What the text of a fee adds: amount in đồng or hundredths, currency, dates."""

    amount: int | None
    currency: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Reading:
    """A record, read."""

    limit: Limit | None
    local_limit: Limit | None
    channel_limits: tuple[Limit, ...]
    fees: tuple[FeeReading, ...]
    applicants: tuple[str, ...] | None
    service_level: ServiceLevel | None
    repairs: tuple[Repair, ...]


def read(record: Record) -> Reading:
    """Read a valid record and list what had to be repaired."""
    repairs: list[Repair] = []
    return Reading(
        limit=_limit(record.get("time_limit"), "time_limit", repairs),
        local_limit=_limit(record.get("local_limit"), "local_limit", repairs),
        channel_limits=tuple(
            _required_limit(limit, f"time_limit_by_channel[{place}]", repairs)
            for place, limit in enumerate(record.get("time_limit_by_channel") or ())
        ),
        fees=_fees(record.get("fee") or (), repairs),
        applicants=_applicants(record.get("applicants"), repairs),
        service_level=_service_level(record.get("service_level"), repairs),
        repairs=tuple(repairs),
    )


def read_fees(fees: Sequence[Record]) -> tuple[FeeReading, ...]:
    """The fees of a valid record alone, for lists."""
    return _fees(fees, [])


def is_historical(as_of: str | None) -> bool:
    """Whether the data were certainly collected before the two-tier model began."""
    latest = _latest_day(as_of or "")
    return latest is not None and latest < TWO_TIERS_FROM


def _latest_day(as_of: str) -> date | None:
    """The last day the date of a record can mean; ``None`` if it names no date."""
    found = re.match(r"(trước )?([12]\d{3})(?:-([12]\d{3}|\d{2}))?(?!\d)", as_of)
    if not found:
        return None
    before, year, more = found[1], int(found[2]), found[3]
    if more and len(more) == 4:
        return date(int(more), 12, 31)
    month = int(more) if more and 1 <= int(more) <= 12 else None
    if before:
        return date(year - 1, 12, 31) if month in (None, 1) else date(year, (month or 2) - 1, 28)
    return date(year, month or 12, 28)


def _required_limit(limit: Record, path: str, repairs: list[Repair]) -> Limit:
    return _limit(limit, path, repairs) or Limit(None, None)


def _limit(limit: Record | None, path: str, repairs: list[Repair]) -> Limit | None:
    if limit is None:
        return None
    value, unit, text = limit.get("value"), limit.get("unit"), limit.get("text")
    hour_of_day = value == 15 and unit == "giờ"
    cut_off = bool(text and _CUT_OFF.search(text))
    if text and _WITHIN_THE_DAY.search(text) and (cut_off or hour_of_day):
        repairs.append(Repair(path, "same_day", f"{value} {unit or ''}".strip(), "same_day"))
        return Limit(1, LimitUnit.SAME_DAY, text)
    if hour_of_day and cut_off:
        repairs.append(Repair(path, "cut_off_hour", "15 giờ", None))
        return Limit(None, None, text)
    return Limit(value, _UNITS.get(unit or "") if value is not None else None, text)


def _applicants(given: list[str] | None, repairs: list[Repair]) -> tuple[str, ...] | None:
    """Rejoin a name cut at its commas: an entry never begins with a small letter."""
    if given is None:
        return None
    joined: list[str] = []
    for name in given:
        if joined and name[:1].islower():
            joined[-1] = f"{joined[-1]}, {name}"
        else:
            joined.append(name)
    known = tuple(name for name in joined if not _NO_INFORMATION.fullmatch(name))
    if list(known) != given:
        repairs.append(Repair("applicants", "applicants", list(given), list(known)))
    return known or None


def _service_level(given: Any, repairs: list[Repair]) -> ServiceLevel | None:
    """Levels 1 to 4 of the years before NĐ 42/2022 in the words that followed them."""
    if given is None:
        return None
    old = _OLD_LEVELS.get(str(given).removeprefix("mức độ "))
    if old:
        repairs.append(Repair("service_level", "old_level", given, old.value))
    return old or ServiceLevel(given)


def _fees(fees: Sequence[Record], repairs: list[Repair]) -> tuple[FeeReading, ...]:
    return tuple(_fee(fee, f"fee[{place}]", repairs) for place, fee in enumerate(fees))


def _fee(fee: Record, path: str, repairs: list[Repair]) -> FeeReading:
    currency = fee.get("currency") or ("USD" if (fee.get("unit") or "").startswith("USD") else None)
    amount = fee.get("amount")
    if amount is None:
        amount = _dollars(fee.get("condition") or "")
        if amount is not None:
            currency = "USD"
            repairs.append(
                Repair(path, "amount_in_text", fee["condition"], f"{amount / 100:g} USD")
            )
    elif currency == "USD":
        amount = amount * 100
    start, end = _period(fee, path, repairs)
    return FeeReading(amount, currency or "VND", start, end)


def _dollars(text: str) -> int | None:
    """The one amount of dollars a text names, in cents; two different ones say nothing."""
    amounts = {round(float(found.replace(",", ".")) * 100) for found in _DOLLARS.findall(text)}
    return amounts.pop() if len(amounts) == 1 else None


def _period(fee: Record, path: str, repairs: list[Repair]) -> tuple[date | None, date | None]:
    """Dates of a fee, its own or those of a reduction its condition names."""
    if fee.get("valid_from") or fee.get("valid_to"):
        return _day(fee.get("valid_from")), _day(fee.get("valid_to"))
    condition = fee.get("condition") or ""
    found = None if condition.startswith("mức gốc") else _PERIOD.search(condition)
    days = [*_days(found[1]), *_days(found[2])] if found else []
    if len(days) != 2 or days[0] > days[1]:
        return None, None
    repairs.append(Repair(path, "dates_in_text", condition, [day.isoformat() for day in days]))
    return days[0], days[1]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(text: str) -> Iterator[date]:
    day, month, year = (int(part) for part in text.split("/"))
    try:
        yield date(year, month, day)
    except ValueError:
        return
