"""Definitions as JSON, both ways. What is new is judged by ``rules``, what is kept is not.

``parse(to_json(x)) == x``. Unknown keys are problems, never dropped in silence.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from content.procedures.forms.conditions import AllOf, AnyOf, Condition, Not, Op, Test, number
from content.procedures.forms.definition import (
    FeeRule,
    FormDefinition,
    Kind,
    Limits,
    Option,
    Question,
    Section,
)
from content.procedures.forms.formulas import Formula, Work
from content.procedures.forms.problems import DefinitionError, DefinitionProblem
from content.procedures.forms.rules import problems_of
from content.text import nfc


def to_json(definition: FormDefinition) -> dict[str, Any]:
    """The definition as JSON-ready data without empty parts."""
    return _bare(
        {
            "id": definition.id,
            "title": definition.title,
            "form_code": definition.form_code,
            "procedure_codes": list(definition.procedure_codes),
            "source_note": definition.source_note,
            "fees": [_fee_to_json(fee) for fee in definition.fees],
            "sections": [
                _bare(
                    {
                        "id": section.id,
                        "title": section.title,
                        "hint": section.hint,
                        "when": condition_to_json(section.when),
                        "questions": [_question_to_json(q) for q in section.questions],
                    }
                )
                for section in definition.sections
            ],
        }
    )


def from_json(data: Any) -> FormDefinition:
    """A new definition, read and judged. Raises ``DefinitionError`` with all problems."""
    definition = parse(data)
    problems = problems_of(definition)
    if problems:
        raise DefinitionError(problems)
    return definition


def parse(data: Any) -> FormDefinition:
    """A definition that is kept already: read, not judged.

    The rules of today do not hold for the form of an old dossier. Raises
    ``DefinitionError`` for what cannot be read as a definition at all.
    """
    reader = _Reader()
    definition = reader.definition(data)
    if reader.problems:
        raise DefinitionError(reader.problems)
    return definition


def condition_to_json(condition: Condition | None) -> Any:
    """``{"all": […]}``, ``{"any": […]}``, ``{"not": …}`` or one test."""
    match condition:
        case None:
            return None
        case AllOf(parts):
            return {"all": [condition_to_json(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [condition_to_json(part) for part in parts]}
        case Not(part):
            return {"not": condition_to_json(part)}
        case Test(question, op, value):
            told = list(value) if isinstance(value, tuple) else value
            return _bare({"question": question, "is": op.value, "value": told})


def _bare(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, [], {}, False)}


def _question_to_json(question: Question) -> dict[str, Any]:
    texts = {name: getattr(question, name) for name in _QUESTION_TEXTS}
    return _bare(
        {
            "id": question.id,
            "kind": question.kind.value,
            "label": question.label,
            "required": question.required,
            "stop": question.stop,
            "formula": _formula_to_json(question.formula),
            **texts,
            "options": [_option_to_json(option) for option in question.options],
            "limits": _limits_to_json(question.limits),
            "when": condition_to_json(question.when),
            "questions": [_question_to_json(inner) for inner in question.questions],
        }
    )


def _formula_to_json(formula: Formula | None) -> Any:
    return formula and {"work": formula.work.value, "of": list(formula.of)}


def _fee_to_json(fee: FeeRule) -> dict[str, Any]:
    told = {"label": fee.label, "kind": fee.kind, "times": fee.times}
    return {**_bare({**told, "when": condition_to_json(fee.when)}), "amount": fee.amount}


def _option_to_json(option: Option) -> Any:
    return option.label if option.label == option.value else asdict(option)


def _limits_to_json(limits: Limits) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for one in fields(Limits):
        value = getattr(limits, one.name)
        if isinstance(value, Decimal):
            value = int(value) if value == value.to_integral_value() else str(value)
        elif isinstance(value, tuple):
            value = list(value)
        if value is not None:
            told[one.name] = value
    return told


_QUESTION_TEXTS = (
    "hint", "note", "pattern", "message", "required_message", "unit", "item", "autocomplete",
    "born", "sex", "basis",
)  # fmt: skip
_INTEGERS = (
    "min_length", "max_length", "decimals", "min_items", "max_items", "max_files", "max_bytes",
)  # fmt: skip


#: More đồng than any fee; keeps sums within what people can read.
MAX_AMOUNT = 10_000_000_000


def _id_of(data: Any) -> str | None:
    found = data.get("id") if isinstance(data, Mapping) else None
    return found if isinstance(found, str) else None


class _Reader:
    """Reads without stopping at the first fault; faults gather in ``problems``."""

    def __init__(self) -> None:
        self.problems: list[DefinitionProblem] = []

    def wrong(self, place: str, code: str, **data: Any) -> None:
        self.problems.append(DefinitionProblem(place, code, data))

    def mapping(self, data: Any, place: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(data, Mapping):
            self.wrong(place, "not_an_object")
            return {}
        for key in data:
            if key not in known:
                self.wrong(place, "unknown_key", key=str(key))
        return data

    def text(self, data: Mapping[str, Any], key: str, place: str) -> str | None:
        value = data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(place, "not_a_text", key=key)
            return None
        return nfc(value)

    def list(self, data: Mapping[str, Any], key: str, place: str) -> list[Any]:
        value = data.get(key, [])
        if not isinstance(value, list):
            self.wrong(place, "not_a_list", key=key)
            return []
        return value

    def definition(self, data: Any) -> FormDefinition:
        known = ("id", "title", "form_code", "procedure_codes", "source_note", "sections", "fees")
        data = self.mapping(data, "", known)
        codes = self.list(data, "procedure_codes", "")
        return FormDefinition(
            id=self.text(data, "id", "") or "",
            title=self.text(data, "title", "") or "",
            form_code=self.text(data, "form_code", ""),
            procedure_codes=tuple(code for code in codes if isinstance(code, str)),
            source_note=self.text(data, "source_note", ""),
            fees=tuple(self.fee(one) for one in self.list(data, "fees", "")),
            sections=tuple(
                self.section(one, f"section {number}")
                for number, one in enumerate(self.list(data, "sections", ""), start=1)
            ),
        )

    def section(self, data: Any, place: str) -> Section:
        place = _id_of(data) or place
        data = self.mapping(data, place, ("id", "title", "hint", "when", "questions"))
        return Section(
            id=self.text(data, "id", place) or "",
            title=self.text(data, "title", place) or "",
            hint=self.text(data, "hint", place),
            when=self.condition(data.get("when"), place),
            questions=self.questions(data, place),
        )

    def questions(self, data: Mapping[str, Any], place: str) -> tuple[Question, ...]:
        return tuple(
            self.question(one, f"{place}/question {number}", place)
            for number, one in enumerate(self.list(data, "questions", place), start=1)
        )

    def question(self, data: Any, place: str, outer: str) -> Question:
        known = (
            "id", "kind", "label", "required", "options", "limits", "when", "questions",
            "stop", "formula",
        )  # fmt: skip
        place = f"{outer}/{_id_of(data)}" if _id_of(data) else place
        data = self.mapping(data, place, (*known, *_QUESTION_TEXTS))
        texts = {name: self.text(data, name, place) for name in _QUESTION_TEXTS}
        return Question(
            id=self.text(data, "id", place) or "",
            kind=self.kind(data, place),
            label=self.text(data, "label", place) or "",
            required=bool(data.get("required")),
            stop=bool(data.get("stop")),
            formula=self.formula(data.get("formula"), place),
            options=tuple(self.option(one, place) for one in self.list(data, "options", place)),
            limits=self.limits(data.get("limits", {}), place),
            when=self.condition(data.get("when"), place),
            questions=self.questions(data, place),
            **texts,
        )

    def formula(self, data: Any, place: str) -> Formula | None:
        if data is None:
            return None
        data = self.mapping(data, place, ("work", "of"))
        try:
            work = Work(str(data.get("work")))
        except ValueError:
            self.wrong(place, "unknown_formula", work=str(data.get("work")))
            return None
        return Formula(work, tuple(str(one) for one in self.list(data, "of", place)))

    def fee(self, data: Any) -> FeeRule:
        data = self.mapping(data, "", ("label", "kind", "amount", "times", "when"))
        amount = data.get("amount")
        if not isinstance(amount, int) or not 0 <= amount <= MAX_AMOUNT:
            self.wrong("", "bad_amount", amount=str(amount))
            amount = 0
        return FeeRule(
            label=self.text(data, "label", "") or "",
            amount=amount,
            kind=self.text(data, "kind", "") or "lệ phí",
            times=self.text(data, "times", ""),
            when=self.condition(data.get("when"), ""),
        )

    def kind(self, data: Mapping[str, Any], place: str) -> Kind:
        try:
            return Kind(str(data.get("kind")))
        except ValueError:
            self.wrong(place, "unknown_kind", kind=str(data.get("kind")))
            return Kind.STATEMENT

    def option(self, data: Any, place: str) -> Option:
        if isinstance(data, str):
            return Option(nfc(data), nfc(data))
        data = self.mapping(data, place, ("value", "label"))
        value = self.text(data, "value", place) or ""
        return Option(value, self.text(data, "label", place) or value)

    def limits(self, data: Any, place: str) -> Limits:
        names = tuple(one.name for one in fields(Limits))
        data = self.mapping(data, place, names)
        return Limits(**{key: self.limit(key, data[key], place) for key in names if key in data})

    def limit(self, key: str, value: Any, place: str) -> Any:
        if key in _INTEGERS and isinstance(value, int) and value >= 0:
            return value
        if key in ("minimum", "maximum") and (found := number(str(value))) is not None:
            return found
        if key in ("grouped", "detail_required") and isinstance(value, bool):
            return value
        if key in ("earliest", "latest") and isinstance(value, str):
            return value
        if key in ("file_types", "papers") and isinstance(value, list):
            return tuple(str(one) for one in value)
        self.wrong(place, "bad_limit", limit=key)
        return None

    def condition(self, data: Any, place: str) -> Condition | None:
        if data is None:
            return None
        data = self.mapping(data, place, ("all", "any", "not", "question", "is", "value"))
        if "all" in data:
            return AllOf(self.parts(data, "all", place))
        if "any" in data:
            return AnyOf(self.parts(data, "any", place))
        if "not" in data:
            inner = self.condition(data["not"], place)
            return Not(inner) if inner is not None else None
        return self.test(data, place)

    def parts(self, data: Mapping[str, Any], key: str, place: str) -> tuple[Condition, ...]:
        parts = (self.condition(one, place) for one in self.list(data, key, place))
        return tuple(part for part in parts if part is not None)

    def test(self, data: Mapping[str, Any], place: str) -> Test | None:
        try:
            op = Op(str(data.get("is")))
        except ValueError:
            self.wrong(place, "unknown_test", test=str(data.get("is")))
            return None
        value = data.get("value")
        if isinstance(value, list):
            value = tuple(nfc(str(one)) for one in value)
        elif value is not None:
            value = nfc(str(value))
        return Test(str(data.get("question")), op, value)
