"""The fields of a calculated number: the work, then its parts one by one, in their order.

Each part is an earlier question, the day of filling in, or a constant written beside it.
There is always one part more than are used, so a formula of any length can be written.
"""

from typing import Any

import colander

from content.procedures.forms import FormDefinition, Kind, Question
from content.procedures.forms.conditions import canonical, day, number
from content.procedures.forms.definition import places
from content.procedures.forms.display import show_day
from content.procedures.forms.formulas import NUMBER_WORKS, TODAY, Formula, Work
from content.procedures.forms.rules import PART_KINDS
from portal.forms import fields
from portal.forms.typed import read_day, read_number
from portal.i18n import _

LEAST_PARTS = 3
#: More parts than any form has; a POST beyond it is not looked at.
MOST_PARTS = 60
_WORKS = [
    (Work.SUM.value, _("Cộng")),
    (Work.PRODUCT.value, _("Nhân")),
    (Work.DIFFERENCE.value, _("Trừ (mục thứ nhất trừ mục thứ hai)")),
    (Work.COUNT.value, _("Đếm số dòng, số mục đã chọn, số tệp")),
    (Work.DAYS.value, _("Số ngày từ ngày thứ nhất đến ngày thứ hai")),
    (Work.YEARS.value, _("Số năm tròn từ ngày thứ nhất đến ngày thứ hai")),
]


def add_formula(
    schema: colander.SchemaNode, definition: FormDefinition, question: Question
) -> None:
    """The fields of a number's formula."""
    if question.kind is not Kind.NUMBER:
        return
    hint = _("Để trống nếu người dân tự ghi số này.")
    schema.add(fields.choice("work", _("Cổng tự tính"), _WORKS, required=False, hint=hint))
    parts = eligible_parts(definition, question)
    hint = _("Chỉ ghi khi mục này là một số hoặc một ngày cố định, không phải câu hỏi.")
    for index in range(1, _slots(question) + 1):
        words = f"Mục thứ {index} của phép tính"
        schema.add(fields.choice(f"part{index}", words, parts, required=False))
        schema.add(
            fields.text(
                f"constant{index}",
                f"Hoặc số, ngày cố định ở mục thứ {index}",
                required=False,
                short=True,
                hint=hint if index == 1 else None,
                validators=[_is_constant],
            )
        )
    schema.validator = _one_of_both


def _slots(question: Question) -> int:
    used = len(question.formula.of) if question.formula else 0
    return max(LEAST_PARTS, used + 1)


def eligible_parts(definition: FormDefinition, question: Question) -> list[tuple[str, str]]:
    """What a formula of the question may use: (part, words)."""
    fitting = frozenset().union(*PART_KINDS.values())
    found = []
    for _section, one, groups in places(definition):
        if one.id == question.id:
            break
        if one.kind in fitting and len(groups) < 2:
            group = f"{groups[-1]}." if groups else ""
            words = f"{one.label} (mọi dòng)" if groups else one.label
            found.append((f"{group}{one.id}", words))
    found.append((TODAY, "Ngày khai (hôm đó)"))
    known = {part for part, _words in found}
    mine = question.formula.of if question.formula else ()
    return [*found, *((one, one) for one in mine if one not in known and not is_constant(one))]


def is_constant(part: str) -> bool:
    """Whether a part is a number or a day, not a question."""
    return number(part) is not None or day(part) is not None


def shown_formula(formula: Formula | None) -> dict[str, Any]:
    """A formula as its fields show it."""
    if formula is None:
        return {}
    told: dict[str, Any] = {"work": formula.work.value}
    for index, part in enumerate(formula.of, start=1):
        if day(part) is not None:
            told[f"constant{index}"] = show_day(part)
        elif number(part) is not None:
            told[f"constant{index}"] = part.replace(".", ",")
        else:
            told[f"part{index}"] = part
    return told


def formula_from(data: dict[str, Any]) -> Formula | None:
    """The formula as its fields say it, every part in its place."""
    if not data.get("work"):
        return None
    work = Work(data["work"])
    found = [
        data.get(f"part{index}") or _constant(data.get(f"constant{index}"), work)
        for index in range(1, MOST_PARTS)
    ]
    return Formula(work, tuple(part for part in found if part))


def _constant(given: str | None, work: Work) -> str | None:
    if not given:
        return None
    if work not in NUMBER_WORKS:
        found = read_day(given)
        return found if day(found) is not None else given
    value = number(read_number(given))
    return canonical(value) if value is not None else given


def _is_constant(node: colander.SchemaNode, value: str) -> None:
    if number(read_number(value)) is None and day(read_day(value)) is None:
        raise colander.Invalid(node, "Mục này phải là số, hoặc ngày/tháng/năm.")


def _one_of_both(node: colander.SchemaNode, data: dict[str, Any]) -> None:
    """A part is a question or a constant; both at once would drop one of them."""
    wrong = colander.Invalid(node)
    for child in node.children:
        index = child.name.removeprefix("constant")
        if index != child.name and data.get(child.name) and data.get(f"part{index}"):
            words = f"Mục thứ {index}: ông/bà chọn câu hỏi hoặc ghi số, ngày cố định, không cả hai."
            wrong.add(colander.Invalid(child, words), node.children.index(child))
    if wrong.children:
        raise wrong
