"""The catalogue's closed words in Vietnamese: units, standings, limits, fees, problems.

Says what is known and says so where it is not; makes no HTML. Whole pages are put
together in ``presentation.py``.
"""

import re
from datetime import date
from typing import Any

from content.procedures.kinds import EntryKind, Filing, LimitUnit, ServiceLevel, Status
from content.procedures.repairs import Limit
from content.procedures.validation import Problem
from content.words import integer, money

UNKNOWN = "chưa có thông tin"
NO_UNIT = "chưa rõ đơn vị"
FREE = "Không thu phí"

_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.DAY: "ngày",
    LimitUnit.WEEK: "tuần",
    LimitUnit.MONTH: "tháng",
    LimitUnit.YEAR: "năm",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
}
_SAME_DAY = "Trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo"

_STATUSES = {
    Status.DRAFT: "bản nháp",
    Status.TO_VERIFY: "cần đối chiếu",
    Status.HISTORICAL: "dữ liệu lịch sử – chưa xác minh hiệu lực",
    Status.NOT_YET: "đã công bố, chưa có hiệu lực",
    Status.IN_FORCE: "còn hiệu lực",
    Status.EXPIRED: "hết hiệu lực",
    Status.ABOLISHED: "bị bãi bỏ",
}
ENTRY_KINDS = {
    EntryKind.NEW: "mới ban hành",
    EntryKind.AMENDED: "được sửa đổi, bổ sung",
    EntryKind.REPLACED: "được thay thế",
    EntryKind.ABOLISHED: "bị bãi bỏ",
}
FILINGS = {
    Filing.LOCAL: "Nộp hồ sơ trực tuyến tại đây",
    Filing.NATIONAL: "Nộp trên Cổng Dịch vụ công quốc gia",
    Filing.COUNTER: "Nộp trực tiếp tại nơi tiếp nhận",
    Filing.NONE: "Không nhận hồ sơ",
}
_PROBLEMS = {
    "not_an_object": "phải là một đối tượng JSON",
    "not_a_list": "phải là một danh sách",
    "not_text": "phải là chữ",
    "not_a_number": "phải là số",
    "not_whole": "phải là số nguyên",
    "out_of_range": "nằm ngoài khoảng cho phép",
    "not_a_flag": "phải là đúng hoặc sai (true, false)",
    "not_a_date": "phải là ngày có thật, dạng năm-tháng-ngày",
    "not_a_code": "không phải mã quốc gia dạng 1.234567; mã của địa phương ghi ở local_code",
    "not_a_url": "phải là địa chỉ bắt đầu bằng http:// hoặc https://",
    "not_in_list": "không có trong danh mục cho phép",
    "level_not_in_levels": "cấp thực hiện không có trong danh sách các cấp (levels)",
    "required": "còn thiếu",
    "too_long": "quá dài",
    "too_many": "quá nhiều mục",
    "too_deep": "lồng quá nhiều tầng",
    "control_character": "chứa ký tự điều khiển",
    "broken_character": "chứa ký tự hỏng, không lưu được",
    "twice_in_file": "trùng mã và cấp với dòng",
    "repeated_key": "khóa xuất hiện hai lần trong một đối tượng",
    "broken_json": "không đúng cú pháp JSON",
    "not_utf8": "tệp không phải UTF-8",
    "empty_file": "tệp không có gì",
    "not_a_spreadsheet": "tệp không phải bảng tính .xlsx",
    "broken_spreadsheet": "bảng tính bị hỏng, không mở được",
    "spreadsheet_too_big": "bảng tính quá lớn, hoặc có ô nằm quá xa các ô khác",
    "sheet_missing": "thiếu trang này hoặc trang không có dòng tiêu đề",
    "column_missing": "thiếu cột",
    "number_twice": "số thứ tự thủ tục xuất hiện hai lần",
    "no_such_number": "không có thủ tục nào mang số này ở trang “Thủ tục”",
    "machine_broken": "cột “Dữ liệu máy” đã bị sửa; hãy xóa trắng ô đó rồi nhập lại",
}


def legal_date(day: date) -> str:
    """``01/7/2025``: zeros before days below 10 and months 1 and 2 only (NĐ 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def number(value: float) -> str:
    """``2,5``; whole numbers without comma."""
    return integer(int(value)) if value == int(value) else f"{value:g}".replace(".", ",")


def limit_in_words(limit: Limit | None) -> str:
    """``7 ngày làm việc``; what is not known is said."""
    if limit is None:
        return UNKNOWN
    if limit.unit is LimitUnit.SAME_DAY:
        return _SAME_DAY
    if limit.value is None:
        return limit.text or UNKNOWN
    if limit.unit is None:
        return f"{number(limit.value)} ({NO_UNIT})"
    return f"{number(limit.value)} {_UNITS[limit.unit]}"


def limit_from_json(given: dict[str, Any] | None) -> Limit | None:
    """The limit of a card."""
    if given is None:
        return None
    unit = given.get("unit")
    return Limit(given.get("value"), LimitUnit(unit) if unit else None, given.get("text"))


def amount_in_words(amount: int | None, currency: str, unit: str | None) -> str:
    """``20.000 đồng/bản``, ``1,5 USD``, ``Không thu phí`` or ``chưa có thông tin``."""
    if amount is None:
        return UNKNOWN
    if amount == 0:
        return FREE
    per = per_unit(unit)
    told = money(amount) if currency == "VND" else f"{number(amount / 100)} {currency}"
    return told + (f"/{per}" if per else "")


def per_unit(unit: str | None) -> str:
    """What an amount is for: ``bản`` of ``đồng/bản``; empty where no unit says."""
    per = re.search(r"/([^•.;]+)", unit or "")
    return per[1].rstrip() if per else ""


def status_in_words(status: Status, since: date | None = None) -> str:
    """``còn hiệu lực``, ``hết hiệu lực từ 01/7/2025``."""
    words = _STATUSES[status]
    dated = status in {Status.EXPIRED, Status.ABOLISHED, Status.NOT_YET}
    if since is None or not dated:
        return words
    return (
        f"{words} (từ {legal_date(since)})"
        if status is Status.NOT_YET
        else (f"{words} từ {legal_date(since)}")
    )


def service_level_in_words(level: ServiceLevel | None) -> str:
    """``toàn trình``, ``một phần``, ``chỉ cung cấp thông tin`` or ``chưa có thông tin``."""
    return level.value if level else UNKNOWN


def as_of_in_words(as_of: str | None) -> str:
    """``tháng 7/2026``; anything but a month or a year is left as the source has it."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?( \(.*\))?", as_of or "")
    if not found:
        return as_of or UNKNOWN
    year, month, rest = found[1], found[2], found[3] or ""
    return (f"tháng {int(month)}/{year}" if month else f"năm {year}") + rest


def problem_in_words(problem: Problem) -> str:
    """One line for whoever imports: where, what is wrong, the value."""
    words = _PROBLEMS[problem.code]
    where = f"{problem.path}: " if problem.path else ""
    return f"{where}{words}" + (f" ({problem.value})" if problem.value else "")
