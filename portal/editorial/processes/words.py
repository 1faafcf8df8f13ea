"""What is wrong with a process, and how two versions differ, in words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from content.processes.graph import PERFORMER_NAMES, Fault, Graph, Performer, Problem, Step
from content.processes.reads import Difference
from content.words import plain
from portal.i18n import _

#: By fault: the field of the row it stands at ("" for the row) and the words.
FAULTS: Mapping[Fault, tuple[str, Any]] = {
    Fault.EMPTY: ("", _("Quy trình chưa có bước nào; ông/bà thêm ít nhất một bước.")),
    Fault.TOO_MANY: ("", _("Quy trình có quá nhiều bước (nhiều nhất 40).")),
    Fault.SAME_KEY: ("", _("Hai bước trùng mã; mỗi bước có một mã riêng, ví dụ B1, B2.")),
    Fault.NO_NAME: ("name", _("Bước này chưa có tên, hoặc tên dài quá.")),
    Fault.BAD_HOURS: ("hours", _("Số giờ chưa đúng: ghi số không âm, ví dụ 4 hoặc 0,5.")),
    Fault.UNKNOWN_NEXT: ("next", _("Không có bước nào mang mã này.")),
    Fault.NEXT_NOT_LATER: ("next", _("Bước tiếp theo phải đứng sau bước này trong bảng.")),
    Fault.UNKNOWN_RETURN: ("returns_to", _("Không có bước nào mang mã này.")),
    Fault.RETURN_NOT_EARLIER: ("returns_to", _("Chỉ trả lại được bước đứng trước.")),
    Fault.TWO_STARTS: ("key", _("Không bước nào dẫn đến bước này; hồ sơ không đi qua được.")),
    Fault.NO_WAY_ON: ("next", _("Bước này không dẫn đến bước cuối.")),
    Fault.DESK_BETWEEN: (
        "performer",
        _(
            "Bước của bộ phận một cửa hoặc người nộp không đứng giữa các bước nội bộ; khi người "
            "nộp phải bổ sung, nộp tiền thì người thụ lý gửi yêu cầu trên hồ sơ, không cần bước "
            "riêng."
        ),
    ),
    Fault.HOURS_DIFFER: ("", _("Tổng số giờ các bước khác thời hạn giải quyết.")),
}
OTHERS = {
    "required": _("Mục này còn trống; ông/bà ghi vào đây."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "before_last": _("Ngày áp dụng phải từ ngày áp dụng của lần ban hành trước trở đi."),
    "too_far_off": _("Ngày áp dụng quá xa; ông/bà kiểm tra lại năm."),
    "out_of_range": _("Số phút từ 0 đến 480."),
    "not_this_role": _("Người này không có vai trò của bước; ông/bà chọn lại."),
    "unknown": _("Mục này không đúng; ông/bà chọn lại."),
}
FIELDS = {
    "name": _("tên bước"),
    "performer": _("trách nhiệm"),
    "account_name": _("người được nêu tên"),
    "hours": _("thời gian"),
    "result": _("biểu mẫu, kết quả"),
    "next": _("bước tiếp theo"),
    "returns_to": _("được trả lại bước"),
}


def at_fields(problems: Iterable[Problem]) -> dict[str, Any]:
    """The problems by path of the form."""
    found: dict[str, Any] = {}
    for one in problems:
        field, words = FAULTS[one.fault]
        path = "steps" if one.place is None else f"steps[{one.place - 1}].{field}"
        found.setdefault(path, words)
    return found


def sum_words(graph: Graph, limit: Decimal | None, limit_words: str) -> tuple[Any, bool | None]:
    """The sum of the steps beside the limit, and whether they agree; ``None``: not compared."""
    hours = plain(graph.hours())
    if limit is None:
        told = limit_words or _("chưa rõ")
        words = _("Tổng các bước: ${sum} giờ. Thời hạn (${limit}) không đổi ra giờ nên không so.")
        return words % {"sum": hours, "limit": told}, None
    values = {"sum": hours, "hours": plain(limit), "limit": limit_words}
    if graph.total(limit).consistent:
        words = _("Tổng các bước: ${sum} giờ, bằng thời hạn ${limit} (${hours} giờ).")
        return words % values, True
    differs = plain(abs(limit - graph.hours()))
    words = _("Tổng các bước: ${sum} giờ; thời hạn ${limit} là ${hours} giờ, còn thiếu ${by} giờ.")
    if graph.hours() > limit:
        words = _("Tổng các bước: ${sum} giờ; thời hạn ${limit} là ${hours} giờ, thừa ${by} giờ.")
    return words % {**values, "by": differs}, False


def keys(names: Iterable[str]) -> str:
    """``B4, B5``."""
    return ", ".join(one.upper() for one in names)


def difference_lines(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Each changed step: its code, what happened, and field by field before and after."""
    lines = []
    for one in found:
        step = one.new or one.old
        assert step is not None
        what = _("sửa") if one.old and one.new else (_("thêm") if one.new else _("bỏ"))
        lines.append(
            {
                "key": step.key.upper(),
                "name": step.name,
                "what": what,
                "fields": [
                    (FIELDS[name], value(one.old, name), value(one.new, name))
                    for name in one.fields
                ],
            }
        )
    return lines


def value(step: Step | None, name: str) -> str:
    """A field of a step as people read it."""
    found = getattr(step, name) if step else None
    if name == "hours":
        return "–" if found is None else f"{plain(found)} giờ"
    if isinstance(found, Performer):
        return PERFORMER_NAMES[found]
    if isinstance(found, tuple):
        return keys(found) or "–"
    return str(found or "–")
