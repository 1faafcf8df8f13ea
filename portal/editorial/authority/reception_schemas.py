"""The forms of the reception calendar and of the guide. Shape only."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

import colander

from content.agencies.models import Agency
from content.reception.models import (
    MAX_BODY,
    MAX_NAME,
    MAX_NOTE,
    MAX_PHONE,
    MAX_PLACE,
    IfOff,
    Pattern,
    ReceivingPlace,
    ReceptionChange,
    ReceptionRule,
)
from content.reception.wording import NTH
from content.words import WEEKDAYS
from portal.editorial.authority.staff_schemas import DAY_HINT, is_phone
from portal.editorial.saving import number_of
from portal.forms import fields
from portal.i18n import _

REASONS = {
    "hours_order": _("Giờ kết thúc phải sau giờ bắt đầu."),
    "needed": _("Cách lặp đã chọn cần mục này."),
    "month_days": _("Ngày trong tháng là các số từ 1 đến 31, cách nhau bằng dấu phẩy."),
    "days_order": _("Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."),
    "not_a_day": _("Lịch này không rơi vào ngày đó nữa; ông/bà quay lại và chọn buổi khác."),
    "reason": _("Hoãn thì cần ghi lý do để người dân biết."),
    "takes_nothing": _("Ông/bà chọn ít nhất một loại đơn mà nơi này nhận."),
}
PATTERNS = [
    (Pattern.WEEKLY, _("Hằng tuần, vào một thứ")),
    (Pattern.MONTH_DAYS, _("Hằng tháng, vào những ngày nhất định")),
    (Pattern.MONTH_WEEKDAY, _("Hằng tháng, vào một thứ của một tuần")),
    (Pattern.ONCE, _("Một lần, vào ngày bắt đầu")),
    (Pattern.WORKING_DAYS, _("Thường xuyên, mọi ngày làm việc")),
]
IF_OFF = [
    (IfOff.NEXT, _("Chuyển sang ngày làm việc liền sau")),
    (IfOff.SKIP, _("Bỏ buổi đó")),
]
CLOCK = re.compile(r"([01]?\d|2[0-3])[:hg]([0-5]\d)")
CLOCK_HINT = _("Ghi giờ:phút, ví dụ 07:30.")


def clock(text: str | None) -> time | None:
    """A time of day; ``None`` for nothing and for nonsense."""
    match = CLOCK.fullmatch((text or "").strip())
    return time(int(match[1]), int(match[2])) if match else None


def _is_clock(node: colander.SchemaNode, value: str) -> None:
    if clock(value) is None:
        raise colander.Invalid(node, _("Giờ này chưa đúng; ví dụ đúng: 07:30."))


def _clock_field(name: str, title: str, **asked: Any) -> colander.SchemaNode:
    return fields.text(
        name,
        title,
        short=True,
        max_length=8,
        validators=(_is_clock,),
        **{"hint": CLOCK_HINT, **asked},
    )


def _days(text: str | None) -> list[int]:
    """``5, 20`` as numbers; 0 where something is none, which the rules refuse."""
    parts = [one.strip() for one in re.split(r"[,;\s]+", text or "") if one.strip()]
    return sorted({number_of(one) or 0 for one in parts})


def rule() -> colander.SchemaNode:
    """A rule of the calendar."""
    weekdays = [(str(number), name) for number, name in enumerate(WEEKDAYS, start=1)]
    nth = [(str(number), f"Tuần {words}") for number, words in NTH.items()]
    return fields.mapping(
        fields.text("post", _("Chức vụ"), max_length=MAX_NAME),
        fields.text(
            "leader",
            _("Họ tên người tiếp"),
            required=False,
            max_length=MAX_NAME,
            autocomplete="off",
        ),
        fields.text("place", _("Nơi tiếp"), max_length=MAX_PLACE),
        _clock_field("starts", _("Từ")),
        _clock_field("ends", _("Đến")),
        fields.choice("pattern", _("Lặp lại"), PATTERNS),
        fields.choice(
            "weekday",
            _("Vào thứ"),
            weekdays,
            as_list=True,
            required=False,
            hint=_("Chỉ khi lặp theo thứ."),
        ),
        fields.choice(
            "nth",
            _("Tuần nào trong tháng"),
            nth,
            as_list=True,
            required=False,
            hint=_("Chỉ khi lặp hằng tháng theo thứ."),
        ),
        fields.text(
            "month_days",
            _("Những ngày trong tháng"),
            required=False,
            short=True,
            max_length=100,
            hint=_("Chỉ khi lặp theo ngày, ví dụ 5, 20."),
        ),
        fields.date("valid_from", _("Bắt đầu từ ngày"), hint=DAY_HINT),
        fields.date(
            "valid_to", _("Đến hết ngày"), required=False, hint=_("Để trống nếu chưa biết.")
        ),
        fields.choice("if_off", _("Trùng ngày nghỉ thì"), IF_OFF),
        fields.text("note", _("Ghi chú cho người dân"), required=False, max_length=MAX_NOTE),
        fields.hidden("revision"),
    )


def rule_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    nth = data["nth"]
    return {
        **{name: data[name] or "" for name in ("post", "leader", "place", "note")},
        "starts": clock(data["starts"]),
        "ends": clock(data["ends"]),
        "pattern": Pattern(data["pattern"]),
        "if_off": IfOff(data["if_off"]),
        "weekday": number_of(data["weekday"]),
        "nth": int(nth) if nth else None,
        "month_days": _days(data["month_days"]),
        "valid_from": date.fromisoformat(data["valid_from"]),
        "valid_to": date.fromisoformat(data["valid_to"]) if data["valid_to"] else None,
    }


def rule_data(one: ReceptionRule) -> dict[str, Any]:
    """A rule as the form shows it."""
    return {
        **{name: getattr(one, name) for name in ("post", "leader", "place", "note")},
        "starts": f"{one.starts:%H:%M}",
        "ends": f"{one.ends:%H:%M}",
        "pattern": one.pattern,
        "if_off": one.if_off,
        "weekday": str(one.weekday or ""),
        "nth": str(one.nth or ""),
        "month_days": ", ".join(str(day) for day in one.month_days),
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else "",
        "revision": str(one.revision),
    }


def change() -> colander.SchemaNode:
    """What differs on one day."""
    same = _("Để trống thì như lịch.")
    return fields.mapping(
        fields.checkbox("is_cancelled", _("Hoãn buổi này")),
        fields.date("moved_to", _("Chuyển sang ngày"), required=False, hint=same),
        _clock_field("starts", _("Từ"), required=False, hint=same),
        _clock_field("ends", _("Đến"), required=False, hint=same),
        fields.text(
            "leader",
            _("Người tiếp thay"),
            required=False,
            max_length=MAX_NAME,
            hint=same,
            autocomplete="off",
        ),
        fields.text(
            "post", _("Chức vụ người thay"), required=False, max_length=MAX_NAME, hint=same
        ),
        fields.text("place", _("Nơi tiếp"), required=False, max_length=MAX_PLACE, hint=same),
        fields.text("reason", _("Lý do, hiện cho người dân"), required=False, max_length=MAX_NOTE),
        fields.hidden("revision"),
    )


def change_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name in ("leader", "post", "place", "reason")},
        "is_cancelled": bool(data["is_cancelled"]),
        "moved_to": date.fromisoformat(data["moved_to"]) if data["moved_to"] else None,
        "starts": clock(data["starts"]),
        "ends": clock(data["ends"]),
    }


def change_data(one: ReceptionChange) -> dict[str, Any]:
    """A change as the form shows it."""
    return {
        **{name: getattr(one, name) for name in ("leader", "post", "place", "reason")},
        "is_cancelled": one.is_cancelled,
        "moved_to": one.moved_to.isoformat() if one.moved_to else "",
        "starts": f"{one.starts:%H:%M}" if one.starts else "",
        "ends": f"{one.ends:%H:%M}" if one.ends else "",
        "revision": str(one.revision),
    }


def guide() -> colander.SchemaNode:
    """A text of the guide."""
    return fields.mapping(
        fields.paragraph(
            "body",
            _("Nội dung"),
            rows=14,
            required=False,
            max_length=MAX_BODY,
            hint=_(
                "Dòng trống là sang đoạn, “- ” đầu dòng là một ý, [chữ](địa chỉ) là liên kết. "
                "Xóa hết chữ thì bản có sẵn hiện lại."
            ),
        ),
        fields.hidden("revision"),
    )


def place(agencies: Sequence[Agency]) -> colander.SchemaNode:
    """Who takes what, and where."""
    same = _("Để trống thì lấy của nơi đã chọn ở trên, không có thì lấy của cổng.")
    return fields.mapping(
        fields.text("receiver", _("Người hoặc cơ quan nhận"), max_length=MAX_NAME),
        fields.paragraph("matter", _("Nhận về việc gì"), rows=3, max_length=MAX_NOTE),
        fields.checkbox("complaints", _("Nhận đơn khiếu nại")),
        fields.checkbox("denunciations", _("Nhận đơn tố cáo")),
        fields.checkbox("petitions", _("Nhận phản ánh, kiến nghị")),
        fields.choice(
            "agency",
            _("Địa chỉ của"),
            [(str(one.id), one.name) for one in agencies],
            as_list=True,
            required=False,
        ),
        fields.text("address", _("Địa chỉ riêng"), required=False, max_length=MAX_PLACE, hint=same),
        fields.text(
            "phone",
            _("Điện thoại"),
            required=False,
            short=True,
            max_length=MAX_PHONE,
            validators=(is_phone,),
        ),
        fields.email("email", _("Thư điện tử"), required=False, autocomplete="off"),
        fields.hidden("revision"),
    )


FLAGS = ("complaints", "denunciations", "petitions")
WORDS_OF_PLACE = ("receiver", "matter", "address", "phone", "email")


def place_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name in WORDS_OF_PLACE},
        **{name: bool(data[name]) for name in FLAGS},
        "agency_id": number_of(data["agency"]),
    }


def place_data(one: ReceivingPlace) -> dict[str, Any]:
    """A place as the form shows it."""
    return {
        **{name: getattr(one, name) for name in (*WORDS_OF_PLACE, *FLAGS)},
        "agency": str(one.agency_id or ""),
        "revision": str(one.revision),
    }
