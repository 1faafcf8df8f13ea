"""What differs between two versions of a form, in words for editors and for applicants."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from content.procedures.forms.definition import FormDefinition, Question, Section, places
from content.procedures.forms.formulas import formula_sentence
from content.procedures.forms.kinds import KIND_WORDS
from content.procedures.forms.sentences import label_of, sentence
from content.procedures.forms.serialise import to_json

Parts = dict[str, str]


@dataclass(frozen=True, slots=True)
class FormChange:
    """One difference: what it is about, then the old words and the new; "" is nothing."""

    about: str
    old: str
    new: str


def changes(old: FormDefinition, new: FormDefinition) -> list[FormChange]:
    """Every difference, in the order of the new form; those taken away come last."""
    if to_json(old) == to_json(new):
        return []
    return [*_of_form(old, new), *_of_sections(old, new), *_of_questions(old, new)]


def _of_form(old: FormDefinition, new: FormDefinition) -> Iterator[FormChange]:
    for name, words in (
        ("title", "Tên mẫu"),
        ("form_code", "Số hiệu mẫu"),
        ("source_note", "Ghi chú nguồn"),
    ):
        yield from _differ(words, getattr(old, name) or "", getattr(new, name) or "")
    yield from _differ("Phí, lệ phí", _fees(old), _fees(new))


def _of_sections(old: FormDefinition, new: FormDefinition) -> Iterator[FormChange]:
    before = {one.id: one for one in old.sections}
    after = {one.id: one for one in new.sections}
    for one in new.sections:
        about = f"Bước “{one.title}”"
        if one.id not in before:
            yield FormChange(about, "", "thêm mới")
        else:
            yield from _compare(about, _section(old, before[one.id]), _section(new, one))
    for gone in old.sections:
        if gone.id not in after:
            yield FormChange(f"Bước “{gone.title}”", "có", "bỏ")
    if [i for i in before if i in after] != [i for i in after if i in before]:
        yield FormChange("Thứ tự các bước", _titles(old), _titles(new))


def _of_questions(old: FormDefinition, new: FormDefinition) -> Iterator[FormChange]:
    before = {q.id: (s, q) for s, q, _ in places(old)}
    after = {q.id: (s, q) for s, q, _ in places(new)}
    for question_id, (section, question) in after.items():
        about = f"Câu hỏi “{question.label}”"
        if question_id not in before:
            yield FormChange(about, "", f"thêm mới ({KIND_WORDS[question.kind]})")
        else:
            was_in, was = before[question_id]
            yield from _compare(about, _parts(old, was_in, was), _parts(new, section, question))
    for question_id, (_s, gone) in before.items():
        if question_id not in after:
            yield FormChange(f"Câu hỏi “{gone.label}”", "có", "bỏ")
    yield from _order(list(before), list(after), new)


def _order(before: list[str], after: list[str], new: FormDefinition) -> Iterator[FormChange]:
    old = [one for one in before if one in after]
    now = [one for one in after if one in before]
    if old != now:
        moved = next(one for one, other in zip(now, old, strict=True) if one != other)
        yield FormChange("Thứ tự câu hỏi", "", f"đổi, từ “{label_of(new, moved)}” trở đi")


def _section(form: FormDefinition, section: Section) -> Parts:
    return {
        "tên": section.title,
        "hướng dẫn": section.hint or "",
        "điều kiện": sentence(form, section.when) if section.when else "",
    }


def _parts(form: FormDefinition, section: Section, question: Question) -> Parts:
    limits = to_json_limits(question)
    return {
        "bước": section.title,
        "nội dung câu hỏi": question.label,
        "loại": KIND_WORDS[question.kind],
        "bắt buộc": "bắt buộc" if question.required else "không bắt buộc",
        "gợi ý": question.hint or "",
        "ghi chú": question.note or "",
        "các lựa chọn": "; ".join(option.label for option in question.options),
        "giới hạn": limits,
        "điều kiện": sentence(form, question.when) if question.when else "",
        "mẫu kiểm tra": question.pattern or "",
        "câu báo lỗi": question.message or "",
        "câu báo khi chưa trả lời": question.required_message or "",
        "gọi một dòng là": question.item or "",
        "đơn vị": question.unit or "",
        "trình duyệt tự điền": question.autocomplete or "",
        "khớp ngày sinh": label_of(form, question.born) if question.born else "",
        "khớp giới tính": label_of(form, question.sex) if question.sex else "",
        "căn cứ": question.basis or "",
        "dừng": "dừng nộp hồ sơ" if question.stop else "",
        "cách tính": formula_sentence(question.formula, lambda one: label_of(form, one))
        if question.formula
        else "",
    }


def to_json_limits(question: Question) -> str:
    """Limits as one comparable line."""
    limits: dict[str, Any] = _json_limits(question)
    return ", ".join(f"{LIMIT_WORDS.get(name, name)}: {_plain(v)}" for name, v in limits.items())


def _json_limits(question: Question) -> dict[str, Any]:
    found = {one.name: getattr(question.limits, one.name) for one in fields(question.limits)}
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: Any) -> str:
    if value == "today":
        return "hôm nay"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    return str(value)


LIMIT_WORDS = {
    "min_length": "ít nhất (ký tự)",
    "max_length": "nhiều nhất (ký tự)",
    "minimum": "nhỏ nhất",
    "maximum": "lớn nhất",
    "decimals": "chữ số thập phân",
    "grouped": "tách hàng nghìn",
    "earliest": "từ ngày",
    "latest": "đến ngày",
    "min_items": "ít nhất (mục)",
    "max_items": "nhiều nhất (mục)",
    "max_files": "nhiều nhất (tệp)",
    "max_bytes": "cỡ tệp (byte)",
    "file_types": "loại tệp",
    "papers": "loại giấy tờ",
    "detail_required": "phải ghi số nhà, đường",
}


def _compare(about: str, old: Parts, new: Parts) -> Iterator[FormChange]:
    for name, words in new.items():
        yield from _differ(f"{about}: {name}", old[name], words)


def _differ(about: str, old: str, new: str) -> Iterator[FormChange]:
    if old != new:
        yield FormChange(about, old, new)


def _titles(form: FormDefinition) -> str:
    return "; ".join(section.title for section in form.sections)


def _fees(form: FormDefinition) -> str:
    told = []
    for fee in form.fees:
        times = f" × “{label_of(form, fee.times)}”" if fee.times else ""
        when = f", {sentence(form, fee.when)}" if fee.when else ""
        told.append(f"{fee.label} ({fee.kind}): {fee.amount} đồng{times}{when}")
    return "; ".join(told)
