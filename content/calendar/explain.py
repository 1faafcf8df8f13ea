"""A due date explained as text or JSON, for the command line.

Takes what a person types; refuses it with ``Invalid`` and the name of the field.
"""

import json
from datetime import datetime
from typing import Any

from content.calendar.due import compute_due
from content.calendar.model import DueDate, LedgerDay, Limit
from content.calendar.wording import due_sentence, ledger_sentence, limit_words
from content.calendar.working import WorkingCalendar
from content.errors import Invalid
from content.words import LOCAL_ZONE, article_moment, short_date, weekday

PROVISIONAL = (
    "Lưu ý: lịch nghỉ của năm liên quan mới là ước tính, ngày hẹn có thể sai khi có quyết định."
)


def explain_due(
    calendar: WorkingCalendar, received_at: str, limit: str, unit: str, *, as_json: bool = False
) -> str:
    """The due date and its ledger for ``due RECEIVED_AT LIMIT UNIT [--json]``."""
    due = compute_due(calendar, parse_moment(received_at), Limit.of(limit, unit))
    if as_json:
        return json.dumps(due_document(due), ensure_ascii=False, indent=2)
    return due_text(due)


def parse_moment(text: str) -> datetime:
    """An ISO 8601 moment; without an offset it is Vietnamese time."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid({"received_at": "not_a_moment"}) from None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)).astimezone(
            LOCAL_ZONE
        )
    except OverflowError:
        raise Invalid({"received_at": "out_of_range"}) from None


def due_document(due: DueDate) -> dict[str, Any]:
    """The due date as plain JSON values."""
    return {
        "received_at": due.received_at.isoformat(),
        "limit": {"value": _number(due.limit), "unit": due.limit.unit.value},
        "effective_received_at": due.effective_received_at.isoformat(),
        "due_date": due.due_date.isoformat(),
        "due_at": due.due_at.isoformat(),
        "due_at_keep_hour": due.due_at_keep_hour.isoformat(),
        "provisional": due.provisional,
        "ledger": [_line_document(line) for line in due.ledger],
    }


def due_text(due: DueDate) -> str:
    """The due date as lines to read."""
    lines = [
        f"Nhận hồ sơ: {article_moment(due.received_at)}",
        f"Tính từ:    {article_moment(due.effective_received_at)}",
        f"Thời hạn:   {limit_words(due.limit)}",
        due_sentence(due),
        "",
    ]
    for line in due.ledger:
        mark = "+" if line.counted else "·"
        day = f"{short_date(line.date)} {weekday(line.date)}"
        lines.append(f"{mark} {day:<19} {ledger_sentence(line)}")
    if due.provisional:
        lines += ["", PROVISIONAL]
    return "\n".join(lines)


def _line_document(line: LedgerDay) -> dict[str, Any]:
    return {
        "date": line.date.isoformat(),
        "weekday": weekday(line.date),
        "counted": line.counted,
        "reason": line.reason.value,
        "name": line.name,
        "hours": None if line.hours is None else round(float(line.hours), 4),
        "text": ledger_sentence(line),
    }


def _number(limit: Limit) -> int | float:
    whole = limit.value == limit.value.to_integral_value()
    return int(limit.value) if whole else float(limit.value)
