"""Entries in words: their number, and each field as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.procedures.forms.conditions import day, number
from content.procedures.forms.display import show_number
from content.text import fold
from content.words import short_date
from content.workbook.kinds import BY_KEY, Due, EntryKind, Field, FieldType
from content.workbook.measures import BY_KEY as MEASURES
from content.workbook.models import STATUS_NAMES, WorkAct, WorkEntry

ACT_NAMES = {
    WorkAct.BEGUN: "Ghi vào sổ",
    WorkAct.CHANGED: "Sửa",
    WorkAct.REMARKED: "Ghi thêm",
    WorkAct.FILE_DROPPED: "Bỏ tệp",
    WorkAct.REMINDED: "Đã gửi thư nhắc hạn",
    WorkAct.NOT_REMINDED: "Đến hạn nhưng chưa gửi được thư nhắc: chưa có người phụ trách, hoặc "
    "người phụ trách không có hộp thư công vụ",
}
UNKNOWN = "chưa ghi"


def code_of(entry: WorkEntry) -> str:
    """``KT-05/2026``: the symbol of the kind, the number, the year."""
    return f"{BY_KEY[entry.kind].symbol}-{entry.number:02d}/{entry.year}"


def shown(field: Field, values: Mapping[str, Any]) -> str:
    """A field in words; "" where nothing is written."""
    given = str(values.get(field.name) or "")
    if not given:
        return ""
    if field.choices:
        words = field.choices.get(given, given)
        remark = values.get(field.remark) if field.type is FieldType.CHECK else None
        return f"{words}. {remark}" if remark else words
    if field.type is FieldType.DAY:
        found = day(given)
        return short_date(found) if found else given
    if field.type is FieldType.NUMBER:
        amount = number(given)
        return show_number(amount) if amount is not None else given
    return given


def target_words(values: Mapping[str, Any]) -> str:
    """``từ 80%``, ``không quá 0 vụ``; "" for what names no measure."""
    measure, amount = MEASURES.get(str(values.get("measure"))), number(values.get("value"))
    if measure is None or amount is None:
        return ""
    return f"{measure.direction} {measure.in_words(show_number(amount))}"


def differences(
    kind: EntryKind, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[list[str]]:
    """``[label, before, after]`` of each field that says something else now."""
    pairs = [(one.label, shown(one, before), shown(one, after)) for one in kind.fields]
    return [[label, old, new] for label, old, new in pairs if old != new]


def findable(kind: EntryKind, title: str, values: Mapping[str, Any]) -> str:
    """What an entry is found by: all its words, folded."""
    said = [shown(one, values) for one in kind.fields if one.type is not FieldType.CHECK]
    return fold(" ".join([title, *filter(None, said)]))


def facts(entry: WorkEntry) -> list[tuple[str, str]]:
    """What an entry says, label and words, without its yes-or-no questions and what it belongs
    to."""
    kind = BY_KEY[entry.kind]
    found = [("Đơn vị", entry.agency.name)]
    found.append(("Người phụ trách", entry.owner.name if entry.owner else UNKNOWN))
    if kind.due is not Due.NONE:
        found.append(("Hạn", short_date(entry.due_on) if entry.due_on else UNKNOWN))
    found.append(("Tình trạng", STATUS_NAMES[entry.status]))
    asked = [one for one in kind.fields if one.type is not FieldType.CHECK]
    return found + [(one.label, shown(one, entry.values) or UNKNOWN) for one in asked]


@dataclass(frozen=True)
class Answer:
    """A yes-or-no question with its answer in words, "" where there is none."""

    question: str
    answer: str
    remark: str
    is_no: bool


def answers(entry: WorkEntry) -> list[Answer]:
    """The yes-or-no questions of an entry."""
    given = {name: str(value) for name, value in entry.values.items()}
    return [
        Answer(
            one.label,
            one.choices.get(given.get(one.name, ""), ""),
            given.get(one.remark, ""),
            given.get(one.name) == "no",
        )
        for one in BY_KEY[entry.kind].checks
    ]
