"""The lesser properties of a question: note, own messages, autofill, agreement with an id."""

from decimal import Decimal
from typing import Any

import colander

from content.procedures.forms import FormDefinition, Kind, Question
from content.procedures.forms.conditions import canonical, number
from content.procedures.forms.definition import MAX_FILE_BYTES, places
from portal.forms import fields
from portal.forms.typed import read_number
from portal.i18n import _

_MEGABYTE = Decimal(1024 * 1024)
_WRITTEN = frozenset({Kind.TEXT, Kind.PARAGRAPH, Kind.EMAIL, Kind.PHONE, Kind.DATE, Kind.ADDRESS})
#: What browsers may fill in (WCAG 2.2, 1.3.5): the token, and words for editors.
AUTOCOMPLETE = (
    ("name", _("Họ và tên")),
    ("bday", _("Ngày sinh")),
    ("sex", _("Giới tính")),
    ("tel", _("Số điện thoại")),
    ("email", _("Thư điện tử")),
    ("street-address", _("Địa chỉ")),
    ("organization", _("Tên cơ quan, tổ chức")),
    ("organization-title", _("Chức vụ")),
)


def add_messages(schema: colander.SchemaNode, question: Question) -> None:
    """What people read when an answer is missing or wrong, and the note under the answer."""
    kind = question.kind
    if kind is Kind.STATEMENT:
        return
    if question.formula is None:
        if kind is not Kind.REPEAT:
            words = _("Câu báo khi trả lời chưa đúng")
            schema.add(fields.text("message", words, required=False))
        words = _("Câu báo khi chưa trả lời")
        hint = _("Chỉ dùng khi câu hỏi bắt buộc; để trống thì cổng dùng câu báo chung.")
        schema.add(fields.text("required_message", words, required=False, hint=hint))
    words = _("Ghi chú thêm cho người khai")
    schema.add(fields.paragraph("note", words, rows=2, required=False, max_length=1000))


def add_more(schema: colander.SchemaNode, definition: FormDefinition, question: Question) -> None:
    """What only some types have."""
    kind = question.kind
    if kind is Kind.NUMBER:
        schema.add(fields.text("unit", _("Đơn vị"), required=False, short=True, max_length=30))
        hint = _("Bỏ chọn với năm, số hiệu: 1962, không phải 1.962.")
        schema.add(fields.checkbox("grouped", _("Tách hàng nghìn bằng dấu chấm"), hint=hint))
    if kind is Kind.REPEAT:
        hint = _("Ví dụ: thành viên, thửa đất, giấy tờ.")
        schema.add(fields.text("item", _("Gọi một dòng là"), required=False, hint=hint))
    if kind is Kind.FILE:
        most = f"{_shown_bytes(MAX_FILE_BYTES)} MB"
        words = f"Mỗi tệp nặng nhất (MB); để trống là {most}"
        size = fields.text("max_mb", words, required=False, short=True, validators=[_is_size])
        schema.add(size)
    if kind in _WRITTEN:
        known = {token for token, _words in AUTOCOMPLETE}
        own = question.autocomplete
        tokens = [*AUTOCOMPLETE, *([(own, own)] if own and own not in known else [])]
        hint = _("Trình duyệt gợi ý điều người khai đã lưu trên máy của họ.")
        words = _("Trình duyệt tự điền")
        schema.add(fields.choice("autocomplete", words, tokens, required=False, hint=hint))
    if kind is Kind.NATIONAL_ID:
        _add_agreement(schema, definition, question)


def _add_agreement(
    schema: colander.SchemaNode, definition: FormDefinition, question: Question
) -> None:
    for name, words, kind in (
        ("born", _("Phải khớp với ngày sinh ở câu"), Kind.DATE),
        ("sex", _("Phải khớp với giới tính ở câu"), Kind.CHOICE),
    ):
        options = [(one.id, one.label) for one in _earlier(definition, question, kind)]
        own = getattr(question, name)
        if own and own not in dict(options):
            options.append((own, own))
        schema.add(fields.choice(name, words, options, required=False))


def _earlier(definition: FormDefinition, question: Question, kind: Kind) -> list[Question]:
    """Earlier questions of a type in the same groups or around them."""
    own = next(groups for _s, one, groups in places(definition) if one.id == question.id)
    found = []
    for _section, one, groups in places(definition):
        if one.id == question.id:
            break
        if one.kind is kind and own[: len(groups)] == groups:
            found.append(one)
    return found


def shown_more(question: Question) -> dict[str, Any]:
    """Limits that are not shown as they are stored."""
    limits = question.limits
    return {
        "grouped": limits.grouped is not False,
        "max_mb": _shown_bytes(limits.max_bytes) if limits.max_bytes else None,
    }


def more_limits(question: Question, data: dict[str, Any]) -> dict[str, Any]:
    """Those limits as the form says them; what was not touched stays to the byte."""
    changes: dict[str, Any] = {}
    if "grouped" in data and data["grouped"] != shown_more(question)["grouped"]:
        changes["grouped"] = None if data["grouped"] else False
    if "max_mb" in data and (data["max_mb"] or None) != shown_more(question)["max_mb"]:
        found = number(read_number(data["max_mb"])) if data["max_mb"] else None
        changes["max_bytes"] = int(found * _MEGABYTE) if found is not None else None
    return changes


def _shown_bytes(size: int) -> str:
    return canonical((Decimal(size) / _MEGABYTE).quantize(Decimal("0.01"))).replace(".", ",")


def _is_size(node: colander.SchemaNode, value: str) -> None:
    found = number(read_number(value))
    if found is None or not Decimal("0.01") <= found <= MAX_FILE_BYTES / _MEGABYTE:
        most = _shown_bytes(MAX_FILE_BYTES)
        raise colander.Invalid(node, f"Mục này phải là số từ 0,01 đến {most} (MB).")
