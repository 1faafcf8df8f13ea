"""How stored answers read in Vietnamese: dates dd/mm/yyyy, numbers 1.234,5."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from content.procedures.forms.conditions import canonical, day, number
from content.procedures.forms.definition import Kind, Question


def show_number(value: Decimal, *, grouped: bool = True) -> str:
    """ "1.234,5"; without grouping "1234,5"."""
    text = canonical(value)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = digits.partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{whole},{part}" if part else f"{sign}{whole}"


def show_day(value: str) -> str:
    """ "01/02/2026" for an ISO date; other text as it is."""
    found = day(value)
    return f"{found:%d/%m/}{found.year:04d}" if found else value


def show_address(value: Mapping[str, str]) -> str:
    """One line, the smallest part first: "12 phố Hàng Bài, phường Cửa Nam, Hà Nội"."""
    parts = (value.get("detail"), value.get("commune_name"), value.get("province_name"))
    return ", ".join(part for part in parts if part)


def show(question: Question, value: Any) -> str:
    """The answer in words; files and groups have no line of their own."""
    return "" if value is None else _SHOWN.get(question.kind, _as_it_is)(question, value)


def _as_it_is(question: Question, value: Any) -> str:
    return str(value)


def _day(question: Question, value: str) -> str:
    return show_day(value)


def _address(question: Question, value: Mapping[str, str]) -> str:
    return show_address(value)


def _nothing(question: Question, value: Any) -> str:
    return ""


def _number(question: Question, value: str) -> str:
    found = number(value)
    if found is None:
        return value
    text = show_number(found, grouped=question.limits.grouped is not False)
    return f"{text} {question.unit}" if question.unit else text


_SHOWN: Mapping[Kind, Callable[[Question, Any], str]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.CHOICE: lambda question, value: question.option_label(value),
    Kind.CHOICES: lambda question, value: "; ".join(map(question.option_label, value)),
    Kind.ADDRESS: _address,
    Kind.FILE: _nothing,
    Kind.REPEAT: _nothing,
    Kind.STATEMENT: _nothing,
}
