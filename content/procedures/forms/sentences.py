"""Conditions in words: "hiện khi “Đề nghị cấp bản sao” là “Có”"."""

from collections.abc import Callable

from content.procedures.forms.conditions import AllOf, AnyOf, Condition, Not, Op, Test
from content.procedures.forms.definition import FormDefinition, Kind, Question
from content.procedures.forms.display import show

Find = Callable[[str], Question]


def sentence(definition: FormDefinition, condition: Condition, *, lead: str = "hiện khi") -> str:
    """The condition as a phrase for people, begun by ``lead``."""
    return f"{lead} {_phrase(condition, lambda one: found_or_gone(definition, one))}"


def label_of(definition: FormDefinition, question_id: str) -> str:
    """The label of a question; of one that is gone, that it is."""
    return found_or_gone(definition, question_id).label


def found_or_gone(definition: FormDefinition, question_id: str) -> Question:
    """The question, or one that stands for it after it was taken away."""
    try:
        return definition.question(question_id)
    except KeyError:
        return Question(question_id, Kind.TEXT, f"câu hỏi đã bỏ: {question_id}")


def _phrase(condition: Condition, find: Find, *, inner: bool = False) -> str:
    match condition:
        case Test():
            return _test(condition, find(condition.question))
        case Not(Test() as test):
            return _test(test, find(test.question), negated=True)
        case Not(part):
            return f"không phải ({_phrase(part, find)})"
        case AllOf(parts):
            joined = " và ".join(_phrase(part, find, inner=True) for part in parts)
            text = joined or "luôn luôn"
        case AnyOf(parts):
            joined = " hoặc ".join(_phrase(part, find, inner=True) for part in parts)
            text = joined or "không bao giờ"
    return f"({text})" if inner and len(condition.parts) > 1 else text


_WORDS = {
    Op.EQUALS: "là",
    Op.ONE_OF: "là",
    Op.CONTAINS: "có",
    Op.GREATER: "lớn hơn",
    Op.LESS: "nhỏ hơn",
    Op.BEFORE: "trước ngày",
    Op.AFTER: "sau ngày",
}


def _test(test: Test, question: Question, *, negated: bool = False) -> str:
    label = f"“{question.label}”"
    if test.op is Op.ANSWERED:
        return f"{label} {'chưa' if negated else 'đã'} được trả lời"
    values = test.value if isinstance(test.value, tuple) else (test.value or "",)
    told = " hoặc ".join(f"“{_value(question, value)}”" for value in values)
    return f"{label} {'không ' if negated else ''}{_WORDS[test.op]} {told}"


def _value(question: Question, value: str) -> str:
    return question.option_label(value) if question.options else show(question, value)
