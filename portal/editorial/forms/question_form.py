"""The form of one question: which properties its type has, read and shown.

Shape only; whether the question makes sense is told on the main page by lint.
"""

from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

import colander

from content.procedures.form_building import is_safe
from content.procedures.forms import FormDefinition, Kind, Limits, Option, Question
from content.procedures.forms.acts import fresh_id
from content.procedures.forms.conditions import canonical, day, number
from content.procedures.forms.definition import FILE_TYPES, IDENTITY_PAPERS, OF_TEXT, WITH_OPTIONS
from content.procedures.forms.display import show_day
from content.procedures.forms.kinds import KIND_WORDS
from content.procedures.forms.rules import FITTING, MAX_PATTERN
from content.text import fold
from portal.editorial import opened
from portal.editorial.forms.formula_fields import add_formula, formula_from, shown_formula
from portal.editorial.forms.more_fields import add_messages, add_more, more_limits, shown_more
from portal.forms import fields
from portal.forms.messages import type_names
from portal.forms.typed import read_day, read_number
from portal.i18n import _

TODAY_WORD = "hôm nay"
#: From here on two labels are one with a slip of the pen mended.
ALIKE = 0.7
_KINDS = [(kind.value, words[:1].upper() + words[1:]) for kind, words in KIND_WORDS.items()]
_PAPER_WORDS = {
    "cccd": _("Số định danh cá nhân, số căn cước"),
    "cmnd": _("Số chứng minh nhân dân cũ"),
    "passport": _("Số hộ chiếu"),
    "tax_code": _("Mã số thuế"),
}
_INTEGERS: dict[str, Any] = {
    "min_length": _("Ít nhất bao nhiêu ký tự"),
    "max_length": _("Nhiều nhất bao nhiêu ký tự"),
    "decimals": _("Số chữ số thập phân"),
    "min_items": _("Ít nhất bao nhiêu mục"),
    "max_items": _("Nhiều nhất bao nhiêu mục"),
    "max_files": _("Nhiều nhất bao nhiêu tệp"),
}
_NUMBERS: dict[str, Any] = {"minimum": _("Số nhỏ nhất"), "maximum": _("Số lớn nhất")}
_DAYS: dict[str, Any] = {"earliest": _("Không trước ngày"), "latest": _("Không sau ngày")}


def schema_of(definition: FormDefinition, question: Question) -> colander.SchemaNode:
    """The fields that fit the question's type."""
    kind = question.kind
    schema = fields.mapping(
        fields.choice("kind", _("Loại câu hỏi"), _KINDS, as_list=True),
        fields.paragraph("label", _label_words(kind), rows=3, max_length=1000),
    )
    if kind is Kind.STATEMENT:
        schema.add(fields.checkbox("stop", _("Dừng nộp hồ sơ khi lời này hiện ra")))
    else:
        hint = fields.paragraph("hint", _("Gợi ý dưới câu hỏi"), rows=2, required=False)
        schema.add(hint)
        if question.formula is None:
            schema.add(fields.checkbox("required", _("Bắt buộc trả lời")))
    for add in (_options, _limits, _pattern):
        add(schema, question)
    add_messages(schema, question)
    add_more(schema, definition, question)
    add_formula(schema, definition, question)
    if kind not in (Kind.STATEMENT, Kind.REPEAT):
        basis = _("Căn cứ pháp lý để hỏi (cần có với dữ liệu cá nhân nhạy cảm)")
        schema.add(fields.text("basis", basis, required=False))
    schema.add(opened.field())
    return schema


def _label_words(kind: Kind) -> Any:
    return _("Lời dặn") if kind is Kind.STATEMENT else _("Nội dung câu hỏi")


def _options(schema: colander.SchemaNode, question: Question) -> None:
    if question.kind in WITH_OPTIONS:
        hint = _(
            "Mỗi dòng một lựa chọn. Sửa vài chữ của một dòng không làm mất câu trả lời đã có; "
            "ghi khác hẳn thì là lựa chọn mới."
        )
        schema.add(
            fields.paragraph(
                "options", _("Các lựa chọn"), rows=6, required=False, hint=hint, max_length=20_000
            )
        )


def _limits(schema: colander.SchemaNode, question: Question) -> None:
    fitting = FITTING.get(question.kind, frozenset())
    for name, words in _INTEGERS.items():
        if name in fitting:
            schema.add(fields.integer(name, words, minimum=0, maximum=100_000, required=False))
    for name, words in _NUMBERS.items():
        if name in fitting:
            schema.add(
                fields.text(name, words, short=True, required=False, validators=[_is_number])
            )
    hint = _("Ghi ngày/tháng/năm, hoặc ghi: hôm nay.")
    for name, words in _DAYS.items():
        if name in fitting:
            node = fields.text(
                name, words, short=True, required=False, hint=hint, validators=[_is_day]
            )
            schema.add(node)
    _boxes(schema, fitting)


def _boxes(schema: colander.SchemaNode, fitting: frozenset[str]) -> None:
    if "file_types" in fitting:
        for name in FILE_TYPES:
            schema.add(fields.checkbox(f"type_{name}", f"Nhận tệp {type_names((name,))}"))
    if "papers" in fitting:
        for name in IDENTITY_PAPERS:
            schema.add(fields.checkbox(f"paper_{name}", _PAPER_WORDS[name]))
    if "detail_required" in fitting:
        schema.add(fields.checkbox("detail_required", _("Bắt buộc ghi số nhà, đường, thôn, tổ")))


def _pattern(schema: colander.SchemaNode, question: Question) -> None:
    if question.kind in (Kind.TEXT, Kind.PARAGRAPH):
        hint = _("Biểu thức chính quy, ví dụ [0-9]{4} là đúng bốn chữ số. Để trống nếu không cần.")
        schema.add(
            fields.text(
                "pattern",
                _("Mẫu kiểm tra"),
                required=False,
                hint=hint,
                max_length=MAX_PATTERN,
                validators=[_is_safe],
            )
        )


def _is_number(node: colander.SchemaNode, value: str) -> None:
    if number(read_number(value)) is None:
        raise colander.Invalid(node, "Mục này phải là số.")


def _is_day(node: colander.SchemaNode, value: str) -> None:
    if value.strip().lower() != TODAY_WORD and day(read_day(value)) is None:
        raise colander.Invalid(node, "Ông/bà ghi ngày/tháng/năm, hoặc ghi: hôm nay.")


def _is_safe(node: colander.SchemaNode, value: str) -> None:
    if not is_safe(value):
        raise colander.Invalid(
            node, "Mẫu kiểm tra này viết chưa đúng, hoặc có thể làm treo máy chủ."
        )


def shown(question: Question) -> dict[str, Any]:
    """The question as its form shows it."""
    limits = question.limits
    told: dict[str, Any] = {
        **{name: getattr(question, name) for name in _COPIED},
        "kind": question.kind.value,
        "options": "\n".join(option.label for option in question.options),
        **{name: _plain(getattr(limits, name)) for name in (*_INTEGERS, *_NUMBERS, *_DAYS)},
        **{f"type_{name}": name in (limits.file_types or ()) for name in FILE_TYPES},
        **{f"paper_{name}": name in (limits.papers or ()) for name in IDENTITY_PAPERS},
        "detail_required": bool(limits.detail_required),
        **shown_more(question),
        **shown_formula(question.formula),
    }
    return told


_COPIED = (
    "label", "hint", "note", "required", "pattern", "message", "required_message", "unit",
    "item", "autocomplete", "born", "sex", "basis", "stop",
)  # fmt: skip


def _plain(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return canonical(value).replace(".", ",")
    if isinstance(value, str):
        return TODAY_WORD if value == "today" else show_day(value)
    return str(value)


def read(question: Question, data: dict[str, Any]) -> Question:
    """The question as the form says it; what does not fit a new type is dropped."""
    changes: dict[str, Any] = {
        name: (data[name] if isinstance(data[name], bool) else data[name] or None)
        for name in _COPIED
        if name in data
    }
    changes["label"] = data["label"]
    if "options" in data:
        changes["options"] = options_from(data["options"] or "", question.options)
    if "work" in data:
        changes["formula"] = formula_from(data)
    changes["limits"] = _limits_from(question, data)
    changed = replace(question, **changes)
    return as_kind(changed, Kind(data["kind"]))


def as_kind(question: Question, kind: Kind) -> Question:
    """The question with another type: limits, options and checks that do not fit go."""
    if kind is question.kind:
        return question
    fitting = FITTING.get(kind, frozenset())
    limits = {
        one.name: getattr(question.limits, one.name) if one.name in fitting else None
        for one in dataclass_fields(Limits)
    }
    is_text = kind in (Kind.TEXT, Kind.PARAGRAPH)
    options = question.options or (Option("co", "Có"), Option("khong", "Không"))
    return replace(
        question,
        kind=kind,
        limits=Limits(**limits),
        options=options if kind in WITH_OPTIONS else (),
        pattern=question.pattern if is_text else None,
        required=question.required and kind is not Kind.STATEMENT,
        stop=question.stop and kind is Kind.STATEMENT,
        formula=question.formula if kind is Kind.NUMBER else None,
        autocomplete=question.autocomplete if kind in OF_TEXT | {Kind.DATE, Kind.ADDRESS} else None,
        born=question.born if kind is Kind.NATIONAL_ID else None,
        sex=question.sex if kind is Kind.NATIONAL_ID else None,
        required_message=None if kind is Kind.STATEMENT else question.required_message,
        questions=question.questions if kind is Kind.REPEAT else (),
    )


def options_from(text: str, old: tuple[Option, ...]) -> tuple[Option, ...]:
    """One option a line. Known words keep their value; so does a line whose words were
    changed in place, unless it says something else: answers given must not change meaning."""
    labels = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    by_label = {option.label: option.value for option in old}
    found: dict[str, str] = {one: by_label[one] for one in labels if one in by_label}
    for index, label in enumerate(labels):
        if label in found:
            continue
        was = old[index] if index < len(old) else None
        kept = (
            was is not None
            and was.label not in labels
            and was.value not in found.values()
            and _is_reworded(was.label, label)
        )
        taken = {*found.values(), *by_label.values()}
        found[label] = was.value if was and kept else fresh_id(label, taken, "chon")
    return tuple(Option(found[label], label) for label in labels)


def _is_reworded(before: str, after: str) -> bool:
    """Whether two labels share half of the words of the shorter one, or nearly all letters."""
    old, new = fold(before), fold(after)
    shared = set(old.split()) & set(new.split())
    shorter = min(len(set(old.split())), len(set(new.split())))
    return 2 * len(shared) >= max(1, shorter) or SequenceMatcher(None, old, new).ratio() >= ALIKE


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_INTEGERS, lambda value: int(Decimal(value))),
    **dict.fromkeys(_NUMBERS, lambda value: number(read_number(value))),
    **dict.fromkeys(
        _DAYS, lambda value: "today" if value.strip().lower() == TODAY_WORD else read_day(value)
    ),
}


def _limits_from(question: Question, data: dict[str, Any]) -> Limits:
    changes: dict[str, Any] = {
        name: _READERS[name](data[name]) if data[name] else None
        for name in _READERS
        if name in data
    }
    changes |= more_limits(question, data)
    types = tuple(name for name in FILE_TYPES if data.get(f"type_{name}"))
    papers = tuple(name for name in IDENTITY_PAPERS if data.get(f"paper_{name}"))
    if question.kind is Kind.FILE:
        changes["file_types"] = types or None
    if question.kind is Kind.NATIONAL_ID:
        changes["papers"] = papers or None
    if question.kind is Kind.ADDRESS:
        changes["detail_required"] = data.get("detail_required") or None
    return replace(question.limits, **changes)
