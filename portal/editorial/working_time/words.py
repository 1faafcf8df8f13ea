"""The form of a day off, and what is said of changes that cannot be made."""

from datetime import date
from typing import Any

import colander

from content.calendar.keeping import SWAP_WITHIN, DayOff
from content.calendar.models import MAX_BASIS, MAX_NAME, CalendarEntry
from content.calendar.working import DayKind
from content.errors import Invalid
from portal.forms import fields
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.i18n import _

HOLIDAY, SWAP = "nghi", "hoan_doi"
KINDS = ((HOLIDAY, _("Ngày nghỉ")), (SWAP, _("Nghỉ hoán đổi, làm bù ngày khác")))
PROBLEMS = {
    "required": _("Mục này còn trống; ông/bà ghi vào đây."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "past": _("Ngày này đã qua nên không đổi được; hạn đã tính vẫn giữ nguyên."),
    "year_far": _("Chỉ ghi được ngày của năm nay và hai năm tới; ông/bà kiểm tra lại năm."),
    "year_empty": _("Năm này chưa có lịch; ông/bà nạp lịch của cả năm trước rồi sửa từng ngày."),
    "year_entered": _("Năm này đã có lịch; ông/bà sửa từng ngày."),
    "already_off": _(
        "Thứ Bảy, Chủ nhật vốn là ngày nghỉ; ông/bà chọn ngày từ thứ Hai đến thứ Sáu."
    ),
    "already_worked": _("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."),
    "taken": _("Ngày này đã có trong lịch; ông/bà sửa dòng đã có."),
    "swap_far": _("Hai ngày hoán đổi cách nhau quá ${days} ngày; ông/bà kiểm tra lại.")
    % {"days": str(SWAP_WITHIN)},
    "nothing_provisional": _("Năm này không có ngày nào còn là ước tính."),
}
CHANGED = _(
    "Người khác vừa đổi lịch nên việc của ông/bà chưa được ghi. Ông/bà xem lại lịch và hồ sơ "
    "bị ảnh hưởng dưới đây rồi ghi lại."
)


def schema() -> colander.SchemaNode:
    """A day off or a swap."""
    return fields.mapping(
        fields.choice("kind", _("Loại"), KINDS),
        fields.date("day", _("Ngày nghỉ")),
        fields.date(
            "worked",
            _("Ngày làm bù"),
            required=False,
            hint=_("Chỉ ghi khi hoán đổi, ví dụ 22/08/2026; phải là thứ Bảy hoặc Chủ nhật."),
        ),
        fields.text("name", _("Tên ngày nghỉ"), max_length=MAX_NAME),
        fields.text(
            "legal_basis",
            _("Văn bản quyết định"),
            max_length=MAX_BASIS,
            hint=_("Số, ngày, cơ quan ban hành; được ghi vào nhật ký."),
        ),
        fields.checkbox("provisional", _("Mới là ước tính, chưa có quyết định")),
        fields.hidden("mark"),
    )


def typed(entry: CalendarEntry, other: CalendarEntry | None) -> dict[str, Any]:
    """An entry as the form shows it; of a swap both sides, from whichever it is opened."""
    sides = [entry, other] if entry.kind is DayKind.OFF else [other, entry]
    off, worked = sides
    main = off or entry
    return {
        "kind": SWAP if worked else HOLIDAY,
        "day": main.date.isoformat(),
        "worked": worked.date.isoformat() if worked else None,
        "name": main.name,
        "legal_basis": main.legal_basis,
        "provisional": main.is_provisional,
    }


def read(data: dict[str, Any]) -> DayOff:
    """What the form says. Raises ``Invalid`` for a swap without its other side."""
    worked = data["worked"] if data["kind"] == SWAP else None
    if data["kind"] == SWAP and not worked:
        raise Invalid({"worked": "required"})
    return DayOff(
        day=date.fromisoformat(data["day"]),
        name=data["name"],
        legal_basis=data["legal_basis"],
        provisional=data["provisional"],
        worked=date.fromisoformat(worked) if worked else None,
    )


def refused(form: AccessibleForm, error: Invalid) -> FormInvalid:
    """The form with what is wrong at its field."""
    field, code = next(iter(error.problems.items()))
    known = {child.name for child in form.deform.children}
    return form.refuse(PROBLEMS[code], field if field in known else None)
