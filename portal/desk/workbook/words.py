"""What the book of work says when something cannot be written, and to the second of two people."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import colander
from markupsafe import Markup
from pyramid.renderers import render
from pyramid.request import Request

from content.errors import Conflict, Invalid, InvalidTransition
from content.words import local, short_date
from content.workbook.kinds import EntryKind
from content.workbook.models import WorkEntry
from content.workbook.wording import ACT_NAMES
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.i18n import _

REVISION = "revision"
FIELDS: Mapping[str, Any] = {
    "required": _("Mục này còn trống; ông/bà ghi vào đây."),
    "unknown": _("Ông/bà vui lòng chọn một mục trong danh sách."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "not_a_day": _("Đây chưa phải là một ngày có thật; ví dụ đúng: 05/03/2026."),
    "in_the_future": _("Ngày này chưa tới; ông/bà chỉ ghi việc đã làm."),
    "before_other": _("Ngày này phải từ ngày bắt đầu của việc trở đi."),
    "remark_needed": _("Trả lời “Không” thì ông/bà ghi vì sao và sẽ làm gì."),
    "not_a_number": _("Mục này phải là số nguyên."),
    "out_of_range": _("Số này ngoài khoảng cho phép; ông/bà kiểm tra lại."),
    "no_procedure": _("Không có thủ tục nào mang mã này; ông/bà xem lại trong danh mục thủ tục."),
    "no_dossier": _("Không có hồ sơ nào mang mã này; ông/bà xem lại trên giấy tiếp nhận."),
    "not_here": _("Người này không còn làm việc ở đơn vị; ông/bà chọn người khác."),
    "not_this_unit": _("Đơn vị này không lập loại mục này."),
    "parent_finished": _("Việc mà mục này thuộc về đã xong; ông/bà mở lại việc đó trước."),
    "unfinished": _(
        "Chưa ghi “Đã xong” được: ông/bà bấm “Sửa nội dung” để ghi đủ các mục còn thiếu."
    ),
    "open_below": _("Chưa ghi “Đã xong” được: còn việc thuộc mục này chưa xong."),
    "too_many": _("Mỗi mục giữ tối đa 30 tệp; ông/bà bỏ bớt."),
}
ARCHIVED = _("Mục này thuộc năm đã qua và đã xong, được giữ làm lưu trữ nên không sửa được nữa.")
OVERTAKEN = _(
    "Người khác vừa ghi mục này sau khi ông/bà mở, nên chưa ghi gì. Phần ông/bà ghi vẫn ở dưới "
    "đây; ông/bà đọc phần người kia đã ghi, sửa lại nếu cần, rồi bấm lưu lần nữa."
)


def _words(kind: EntryKind, name: str, code: str, data: Mapping[str, Any]) -> Any:
    field = kind.by_name.get(name)
    if code == "before_other" and field and field.not_before:
        first = kind.by_name[field.not_before].label
        return _("Ngày này phải từ “${first}” trở đi.") % {"first": first}
    if code == "there_already":
        told = {"number": data.get("number", "")}
        return _("Đơn vị đã có mục này trong năm: ${number}. Ông/bà mở mục đó để ghi tiếp.") % told
    return FIELDS.get(code, FIELDS["unknown"])


@contextmanager
def said_no(request: Request, form: AccessibleForm, kind: EntryKind) -> Iterator[None]:
    """Turn refusals of the rules into errors of the form, each at its field."""
    try:
        yield
    except Invalid as refused:
        known = {one.name for one in form.deform.children}
        for name, code in refused.problems.items():
            target = form.deform[name] if name in known else form.deform
            target.error = colander.Invalid(
                target.schema, request.localizer.translate(_words(kind, name, code, refused.data))
            )
        raise FormInvalid(form) from None
    except InvalidTransition as refused:
        if refused.code != "archived":
            raise
        raise form.refuse(ARCHIVED) from None


@contextmanager
def one_after_the_other(
    request: Request, form: AccessibleForm, entry: WorkEntry, data: Mapping[str, Any]
) -> Iterator[None]:
    """Tell the second of two people who was first and what they wrote; the next press counts."""
    try:
        yield
    except Conflict:
        form.fill({**data, REVISION: str(entry.revision)})
        last = entry.events[-1]
        there = local(last.at)
        values = {
            "who": last.actor_name or _("Hệ thống"),
            "when": f"{there:%H:%M} {short_date(there.date())}",
            "act": ACT_NAMES[last.act],
            "text": last.text,
            "changes": last.changes,
        }
        form.above = Markup(render("desk/workbook/overtaken.jinja2", values, request))  # noqa: S704 - the template escapes
        raise form.refuse(OVERTAKEN) from None
