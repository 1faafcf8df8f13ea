"""The forms of the suggestion box behind the counter. Shape only."""

import re
from datetime import date
from typing import Any

import colander

from content.suggestions.models import (
    MAX_ANSWER,
    MAX_LETTERS,
    MAX_NAME,
    MAX_PHONE,
    MAX_PLACE,
    MAX_TEXT,
    OpeningRecord,
)
from portal.editorial.authority.staff_schemas import is_phone
from portal.editorial.site.schemas import moment, shown
from portal.forms import fields
from portal.i18n import _

REASONS = {
    "invalid": _("Mục này còn trống hoặc dài quá."),
    "month_taken": _("Tháng này đã có biên bản."),
    "too_early": _("Lúc mở hòm thư không thể trước tháng ghi ở trên."),
    "in_future": _("Lúc mở hòm thư không thể ở tương lai."),
    "fewer_letters": _("Số thư trong hòm ít hơn số thư đã chép lại."),
}
_MONTH = re.compile(r"(0?[1-9]|1[0-2])/(20\d\d)")


def month(text: str | None) -> date | None:
    """The first day of ``11/2026``; ``None`` for nonsense."""
    match = _MONTH.fullmatch((text or "").strip())
    return date(int(match[2]), int(match[1]), 1) if match else None


def _is_month(node: colander.SchemaNode, value: str) -> None:
    if month(value) is None:
        raise colander.Invalid(node, _("Tháng này chưa đúng; ví dụ đúng: 11/2026."))


def _is_moment(node: colander.SchemaNode, value: str) -> None:
    if moment(value) is None:
        raise colander.Invalid(node, _("Giờ này chưa đúng; ví dụ đúng: 05/03/2027 07:30."))


def when(name: str, title: str) -> colander.SchemaNode:
    """An instant by the Vietnamese clock."""
    hint = _("Ghi ngày/tháng/năm giờ:phút, ví dụ 05/03/2027 07:30.")
    return fields.text(name, title, short=True, max_length=20, hint=hint, validators=(_is_moment,))


REPLY = "answer"


def reply() -> colander.SchemaNode:
    """An answer, a reason of refusal or a note; the button says which."""
    return fields.mapping(
        fields.paragraph(
            REPLY,
            _("Trả lời, lý do hoặc việc đã làm"),
            required=False,
            max_length=MAX_ANSWER,
            hint=_("Người gửi đọc được đúng những chữ này."),
        ),
        fields.hidden("revision"),
    )


def call() -> colander.SchemaNode:
    """What somebody said on the phone."""
    return fields.mapping(
        fields.paragraph("text", _("Nội dung cuộc gọi"), max_length=MAX_TEXT),
        fields.text(
            "name", _("Họ tên người gọi, nếu họ muốn ghi"), required=False, max_length=MAX_NAME
        ),
        fields.text(
            "phone",
            _("Số gọi lại"),
            required=False,
            short=True,
            max_length=MAX_PHONE,
            validators=(is_phone,),
        ),
    )


def letter() -> colander.SchemaNode:
    """A letter from the box of paper."""
    return fields.mapping(
        fields.paragraph(
            "text",
            _("Nội dung thư"),
            max_length=MAX_TEXT,
            hint=_("Chép lại ý chính; không chép tên người viết nếu không cần để trả lời."),
        ),
        fields.text("name", _("Người viết, nếu có ghi"), required=False, max_length=MAX_NAME),
    )


def record() -> colander.SchemaNode:
    """The record of an opening."""
    return fields.mapping(
        fields.text(
            "month",
            _("Biên bản của tháng"),
            short=True,
            max_length=7,
            hint=_("Ví dụ 11/2026."),
            validators=(_is_month,),
        ),
        when("opened_at", _("Mở hòm thư lúc")),
        fields.text("place", _("Nơi đặt hòm thư"), max_length=MAX_PLACE),
        fields.text("opener", _("Người mở, chức vụ"), max_length=MAX_NAME),
        fields.paragraph(
            "witnesses",
            _("Người chứng kiến"),
            rows=3,
            required=False,
            max_length=MAX_TEXT,
            hint=_("Mỗi dòng một người, ghi cả chức vụ."),
        ),
        fields.integer("letters", _("Số thư giấy trong hòm"), minimum=0, maximum=MAX_LETTERS),
        fields.paragraph(
            "conclusion", _("Kết luận, phân công"), rows=4, required=False, max_length=MAX_TEXT
        ),
        fields.hidden("revision"),
    )


WORDS_OF_RECORD = ("place", "opener", "witnesses", "conclusion")


def record_values(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as what the service takes."""
    return {
        **{name: data[name] or "" for name in WORDS_OF_RECORD},
        "month": month(data["month"]),
        "opened_at": moment(data["opened_at"]),
        "letters": int(data["letters"]),
    }


def record_data(one: OpeningRecord) -> dict[str, Any]:
    """A record as the form shows it."""
    return {
        **{name: getattr(one, name) for name in WORDS_OF_RECORD},
        "month": f"{one.month:%m/%Y}",
        "opened_at": shown(one.opened_at),
        "letters": str(one.letters),
        "revision": str(one.revision),
    }
