"""The ledger and limits in Vietnamese, for citizens and officers alike."""

from content.calendar.model import DueDate, LedgerDay, Limit, LimitUnit, Reason
from content.words import plain, short_date, weekday

UNIT_WORDS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.DAY: "ngày",
    LimitUnit.WEEK: "tuần",
    LimitUnit.MONTH: "tháng",
    LimitUnit.YEAR: "năm",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
}

_SENTENCES = {
    Reason.WORKING_DAY: "Tính: ngày làm việc.",
    Reason.MAKE_UP_DAY: "Tính: ngày làm bù ({name}).",
    Reason.CALENDAR_DAY: "Tính: thời hạn theo ngày tính cả ngày nghỉ.",
    Reason.WORKING_HOURS: "Tính {hours} giờ làm việc.",
    Reason.SAME_DAY: "Tính: giải quyết trong ngày.",
    Reason.RECEIPT_DAY: "Không tính: ngày nhận hồ sơ.",
    Reason.AFTER_CLOSING: "Không tính: nhận sau giờ làm việc, coi như nhận vào ngày làm việc sau.",
    Reason.AFTER_CUT_OFF: "Không tính: nhận sau 15 giờ, giải quyết trong ngày làm việc sau.",
    Reason.NO_HOURS_LEFT: "Không tính: đã hết giờ làm việc trong ngày.",
    Reason.WEEKEND: "Không tính: ngày nghỉ hằng tuần.",
    Reason.HOLIDAY: "Không tính: ngày nghỉ ({name}).",
    Reason.ROLLED_TO: "Ngày cuối của thời hạn là ngày nghỉ nên chuyển sang ngày làm việc này.",
    Reason.SHIFTED: "Không tính: bù cho thời gian chờ.",
}
_WAITING = {
    "supplement": "Không tính: chờ bổ sung giấy tờ.",
    "payment": "Không tính: chờ thực hiện nghĩa vụ tài chính.",
}


def limit_words(limit: Limit) -> str:
    """``3 ngày làm việc``, ``0,5 ngày làm việc``, ``trong ngày``."""
    if limit.unit is LimitUnit.SAME_DAY:
        return "trong ngày"
    return f"{plain(limit.value)} {UNIT_WORDS[limit.unit]}"


def ledger_sentence(line: LedgerDay) -> str:
    """Why the day counts or does not, as one sentence."""
    if line.reason is Reason.WAITING:
        return _WAITING[line.name]
    hours = "" if line.hours is None else plain(round(line.hours, 2))
    return _SENTENCES[line.reason].format(name=line.name, hours=hours)


def due_sentence(due: DueDate) -> str:
    """``Hạn trả kết quả: 17 giờ 00, Thứ Năm, 15/10/2026.``"""
    clock = f"{due.due_at.hour} giờ {due.due_at.minute:02d}"
    day = f"{weekday(due.due_date)}, {short_date(due.due_date)}"
    return f"Hạn trả kết quả: {clock}, {day}."
