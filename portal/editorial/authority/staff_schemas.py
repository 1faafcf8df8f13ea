"""The forms of units, staff and the duty roster. Shape only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import colander

from content.agencies import hours
from content.agencies.models import Agency
from content.staff.models import (
    MAX_NAME,
    MAX_PHONE,
    MAX_PLACE,
    MAX_TEXT,
    DutyTurn,
    StaffMember,
    Unit,
)
from portal.editorial.saving import number_of
from portal.forms import fields
from portal.i18n import _

REASONS = {
    "hours": _("Có dòng giờ làm việc chưa đọc được; dạng đúng: T2-T6: 07:30-11:30, 13:00-17:00."),
    "hours_overlap": _("Giờ làm việc của cùng một ngày chồng lên nhau, hoặc có quá nhiều dòng."),
    "unit_unknown": _("Đơn vị này vừa bị xóa; ông/bà chọn đơn vị khác."),
    "unit_circle": _("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị dưới nó."),
    "unit_deep": _("Sơ đồ tổ chức có nhiều nhất bốn cấp."),
    "photo": _("Không có ảnh này trong thư viện, hoặc ảnh chưa có mô tả."),
    "days_order": _("Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."),
    "days_many": _("Một lượt trực dài nhất 31 ngày; ông/bà chia thành nhiều lượt."),
    "who": _("Ông/bà chọn người trong danh sách hoặc ghi họ tên."),
    "phone": _("Người này chưa có số điện thoại cơ quan; ông/bà ghi số để gọi khi trực."),
}


def is_phone(node: colander.SchemaNode, value: str) -> None:
    """A number that can be dialled, short ones too; an extension follows ``máy lẻ``."""
    digits = value.partition("máy lẻ")[0].replace(" ", "").replace(".", "").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 15):
        raise colander.Invalid(node, _("Số điện thoại chỉ gồm chữ số, ví dụ 0200 000 0100."))


def contact() -> list[colander.SchemaNode]:
    """Office phone and address."""
    return [
        fields.text(
            "phone",
            _("Điện thoại cơ quan"),
            required=False,
            short=True,
            max_length=MAX_PHONE,
            validators=(is_phone,),
        ),
        fields.email("email", _("Thư điện tử công vụ"), required=False, autocomplete="off"),
    ]


def unit(parents: Sequence[tuple[str, str]], agencies: Sequence[Agency]) -> colander.SchemaNode:
    """A unit."""
    inherited = _("Để trống thì lấy của nơi tiếp nhận đã chọn. ")
    return fields.mapping(
        fields.text("name", _("Tên đơn vị"), max_length=MAX_NAME),
        fields.choice("parent", _("Trực thuộc"), list(parents), as_list=True, required=False),
        fields.paragraph(
            "function",
            _("Chức năng, nhiệm vụ"),
            rows=4,
            required=False,
            max_length=MAX_TEXT,
            hint=_("Vài câu để người dân biết đến đây làm việc gì."),
        ),
        fields.choice(
            "agency",
            _("Là nơi tiếp nhận hồ sơ"),
            [(str(one.id), one.name) for one in agencies],
            as_list=True,
            required=False,
            hint=_("Chọn thì địa chỉ, điện thoại và giờ làm việc lấy từ đó, trừ khi ghi riêng."),
        ),
        fields.text(
            "address", _("Địa chỉ, phòng"), required=False, max_length=MAX_PLACE, hint=inherited
        ),
        *contact(),
        fields.paragraph(
            "hours",
            _("Giờ làm việc"),
            rows=3,
            required=False,
            max_length=600,
            hint=_("Mỗi dòng một nhóm ngày, ví dụ T2-T6: 07:30-11:30, 13:00-17:00. ") + inherited,
        ),
        fields.hidden("revision"),
    )


def unit_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name in WORDS_OF_UNIT},
        "hours": data["hours"] or "",
        "parent_id": number_of(data["parent"]),
        "agency_id": number_of(data["agency"]),
    }


WORDS_OF_UNIT = ("name", "function", "address", "phone", "email")


def unit_data(one: Unit) -> dict[str, Any]:
    """A unit as the form shows it."""
    return {
        **{name: getattr(one, name) for name in WORDS_OF_UNIT},
        "hours": hours.typed(one.sessions),
        "parent": str(one.parent_id or ""),
        "agency": str(one.agency_id or ""),
        "revision": str(one.revision),
    }


def member(units: Sequence[tuple[str, str]]) -> colander.SchemaNode:
    """A person."""
    return fields.mapping(
        fields.text("name", _("Họ và tên"), max_length=MAX_NAME, autocomplete="off"),
        fields.text("post", _("Chức vụ, việc phụ trách"), max_length=MAX_NAME),
        fields.choice("unit", _("Đơn vị"), list(units), as_list=True),
        fields.text("room", _("Phòng, quầy"), required=False, max_length=MAX_NAME),
        *contact(),
        fields.checkbox("at_desk", _("Làm việc ở bộ phận một cửa")),
        fields.integer(
            "photo",
            _("Số của ảnh trong thư viện"),
            minimum=1,
            required=False,
            hint=_("Bấm “Chọn ảnh trong thư viện” ở trên để điền số này; để trống thì không ảnh."),
        ),
        fields.hidden("revision"),
    )


WORDS_OF_MEMBER = ("name", "post", "room", "phone", "email")


def member_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name in WORDS_OF_MEMBER},
        "unit_id": number_of(data["unit"]),
        "photo_id": number_of(data["photo"]),
        "at_desk": bool(data["at_desk"]),
    }


def member_data(one: StaffMember) -> dict[str, Any]:
    """A person as the form shows them."""
    return {
        **{name: getattr(one, name) for name in WORDS_OF_MEMBER},
        "unit": str(one.unit_id or ""),
        "photo": str(one.photo_id or ""),
        "at_desk": one.at_desk,
        "revision": str(one.revision),
    }


def turn(members: Sequence[StaffMember]) -> colander.SchemaNode:
    """A turn of duty."""
    people = [(str(one.id), f"{one.name}, {one.post}") for one in members]
    same = _("Để trống thì lấy của người đã chọn.")
    return fields.mapping(
        fields.date("starts_on", _("Từ ngày"), hint=DAY_HINT),
        fields.date("ends_on", _("Đến hết ngày"), required=False, hint=ONE_DAY),
        fields.text(
            "task",
            _("Việc trực"),
            max_length=MAX_NAME,
            hint=_("Ví dụ: Trực lãnh đạo, Trực một cửa."),
        ),
        fields.choice("member", _("Người trực"), people, as_list=True, required=False),
        fields.text(
            "name",
            _("Họ tên, nếu không có trong danh sách"),
            required=False,
            max_length=MAX_NAME,
            autocomplete="off",
            hint=same,
        ),
        fields.text(
            "phone",
            _("Điện thoại trực"),
            required=False,
            short=True,
            max_length=MAX_PHONE,
            hint=same,
            validators=(is_phone,),
        ),
        fields.text(
            "hours", _("Giờ trực"), required=False, max_length=MAX_NAME, hint=_("Ví dụ: cả ngày.")
        ),
        fields.hidden("revision"),
    )


DAY_HINT = _("Ghi ngày/tháng/năm, ví dụ 01/12/2026.")
ONE_DAY = _("Để trống nếu chỉ trực một ngày.")


def turn_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    starts_on = date.fromisoformat(data["starts_on"])
    return {
        **{name: data[name] or "" for name in ("task", "name", "phone", "hours")},
        "starts_on": starts_on,
        "ends_on": date.fromisoformat(data["ends_on"]) if data["ends_on"] else starts_on,
        "member_id": number_of(data["member"]),
    }


def turn_data(one: DutyTurn) -> dict[str, Any]:
    """A turn as the form shows it."""
    return {
        **{name: getattr(one, name) for name in ("task", "name", "phone", "hours")},
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "revision": str(one.revision),
    }
