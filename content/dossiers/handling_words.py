"""What the owner's timeline says of the way through the house, supplements, apologies and
early ends; no HTML.

From the data of the log's line alone, so that it reads the same years later.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from content.dossiers.log import Record
from content.dossiers.states import Action
from content.words import short_date, weekday

Data = Mapping[str, Any]


def _asked(data: Data) -> str:
    items = "; ".join(_item(place, one) for place, one in enumerate(data.get("items", ()), 1))
    told = _slip("Cơ quan yêu cầu bổ sung hồ sơ", data) + (f": {items}." if items else ".")
    if data.get("reply_by"):
        told += f" Bổ sung chậm nhất {_day(data['reply_by'])}."
    if data.get("approved_by"):
        told += f" Người duyệt: {data['approved_by']}."
    return told


def _item(place: int, one: Data) -> str:
    remark = f" ({one['remark']})" if one.get("remark") else ""
    return f"{place}. {one.get('name') or one.get('paper')}{remark}"


def _supplied(data: Data) -> str:
    told = "Đã nhận giấy tờ, nội dung bổ sung."
    if data.get("due_after"):
        told += f" Ngày hẹn trả trước đây: {_day(data['due_before'])};"
        told += f" ngày hẹn trả mới: {_day(data['due_after'])}."
    return told


def _expired(data: Data) -> str:
    told = "Dừng giải quyết vì quá hạn bổ sung"
    if data.get("reply_by"):
        told += f" ({_day(data['reply_by'])})"
    return _slip(told, data) + "."


def _stopped(data: Data) -> str:
    return _slip("Cơ quan dừng giải quyết hồ sơ", data) + "." + _returns(data)


def _withdrawn(data: Data) -> str:
    return "Hồ sơ đã được rút theo đề nghị của người nộp." + _returns(data)


def _apology(data: Data) -> str:
    told = _slip("Cơ quan xin lỗi vì chậm trả kết quả", data)
    if data.get("late_unit"):
        told += f"; nơi chậm: {data['late_unit']}"
    old = f" thay cho {_day(data['old_due'])}" if data.get("old_due") else ""
    return f"{told}. Hẹn lại {_day(data['new_due'])}{old}."


def _transferred(data: Data) -> str:
    return f"Hồ sơ được chuyển đến {data.get('to_unit', '')} giải quyết.{_step(data)}"


def _forwarded(data: Data) -> str:
    """Units and steps, never people."""
    unit = data.get("to_unit", "")
    if data.get("kind") == "opinion":
        return f"Gửi lấy ý kiến {unit}."
    if data.get("undone") or data.get("kind") == "assign":
        return f"Hồ sơ tiếp tục được giải quyết tại {unit}.{_step(data)}"
    back = "trở lại bước trước" if data.get("kind") == "back" else "chuyển sang bước tiếp theo"
    return f"Hồ sơ {back} tại {unit}.{_step(data)}"


def _forwarded_inside(data: Data) -> str:
    """What colleagues read of it: which act it was."""
    unit = data.get("to_unit", "")
    if data.get("undone"):
        return f"Rút lại lần chuyển vừa rồi, hồ sơ trở về {unit}.{_step(data)}"
    if data.get("kind") == "assign":
        return f"Giao hồ sơ cho người khác tại {unit}.{_step(data)}"
    if data.get("kind") == "opinion" and data.get("due"):
        return f"{_forwarded(data)} Trả lời chậm nhất {_day(data['due'])}."
    return _forwarded(data)


def _opinion_ended(data: Data) -> str:
    """Read inside the house only."""
    unit, asker = data.get("to_unit", ""), data.get("from_unit", "")
    told = {
        "answered": f"{unit} đã trả lời ý kiến.",
        "given_back": f"{unit} trả lại yêu cầu góp ý.",
        "withdrawn": f"{asker} rút yêu cầu góp ý gửi {unit}.",
    }
    return told.get(data.get("outcome", ""), f"Kết thúc lấy ý kiến {unit}.")


def _step(data: Data) -> str:
    return f" Bước: {data['step_name']}." if data.get("step_name") else ""


def _returns(data: Data) -> str:
    told = ""
    if data.get("papers"):
        told += f" Giấy tờ trả lại: {data['papers']}."
    money = data.get("money") or data.get("refund")
    if money:
        told += f" Phí, lệ phí: {money}."
    return told


def _slip(words: str, data: Data) -> str:
    number = data.get("slip", {}).get("text")
    return f"{words} (số {number})" if number else words


def _day(text: str | None) -> str:
    if not text:
        return "chưa hẹn ngày"
    day = date.fromisoformat(text)
    return f"{weekday(day)}, {short_date(day)}"


SENTENCES: Mapping[str, Callable[[Data], str]] = {
    Action.REQUEST_SUPPLEMENT_INTAKE.value: _asked,
    Action.REQUEST_SUPPLEMENT_PROCESS.value: _asked,
    Action.SUPPLY_SUPPLEMENT.value: _supplied,
    Action.SUPPLEMENT_EXPIRED.value: _expired,
    Action.TRANSFER.value: _transferred,
    Action.FORWARD.value: _forwarded,
    Action.STOP.value: _stopped,
    Action.WITHDRAW.value: _withdrawn,
    Action.APOLOGISE_AND_EXTEND.value: _apology,
    Record.OPINION_ENDED.value: _opinion_ended,
}

#: In their place, for officers.
INSIDE: Mapping[str, Callable[[Data], str]] = {Action.FORWARD.value: _forwarded_inside}
