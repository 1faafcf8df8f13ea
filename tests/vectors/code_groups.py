"""Vectors of codes, identity numbers and words."""

from datetime import date

from content.dossiers.reference import CodeProblem, next_code, parse_code
from content.people.identity import (
    Gender,
    IdentityProblem,
    TaxCodeProblem,
    check_personal_number,
    parse_personal_number,
    parse_phone,
    parse_tax_code,
)
from content.procedures.codes import parse_procedure_code
from content.text import fold
from content.words import amount_in_words, date_line, integer, number_line, percent, weekday
from tests.vectors.reading import Vector

#: The day on which the vectors were made; birth years after it are refused.
REFERENCE_DAY = date(2026, 11, 23)

_CODE_PROBLEMS = {
    "shape": {CodeProblem.SHAPE, CodeProblem.AMBIGUOUS},
    "date part": {CodeProblem.DATE},
    "sequence 0 is not issued": {CodeProblem.SEQUENCE_ZERO},
}
_IDENTITY_PROBLEMS = {
    "first three digits": IdentityProblem.PROVINCE,
    "not exactly 12": IdentityProblem.SHAPE,
    "birth year": IdentityProblem.BIRTH_YEAR_AHEAD,
}


def personal_number(vector: Vector) -> None:
    number = parse_personal_number(vector.take("value"), REFERENCE_DAY)
    assert number.valid is vector.take("valid")
    if not number.valid:
        why = vector.get("why", "")
        told = [problem for text, problem in _IDENTITY_PROBLEMS.items() if why.startswith(text)]
        assert set(told) <= set(number.problems)
        return
    vector.expect(
        province_code=number.province_code,
        province=number.province,
        gender=number.gender.value,
        birth_year=number.birth_year,
        why=vector.get("why"),
    )


def personal_number_consistency(vector: Vector) -> None:
    number = check_personal_number(
        vector.take("value"),
        REFERENCE_DAY,
        date.fromisoformat(vector.take("dob")),
        Gender(vector.take("gender")),
    )
    assert number.valid is vector.take("consistent")


def tax_code(vector: Vector) -> None:
    code = parse_tax_code(vector.take("value"), REFERENCE_DAY)
    assert code.valid is vector.take("valid")
    if "branch" in vector:
        assert code.branch == vector.take("branch")
    if vector.get("why") == "check digit":
        assert code.problem is TaxCodeProblem.CHECK_DIGIT


def phone(vector: Vector) -> None:
    vector.get("why")
    number = parse_phone(vector.take("value"))
    vector.expect(normalised=number.normalised, kind=number.kind.value)


def dossier_code_parse(vector: Vector) -> None:
    parsed = parse_code(vector.take("value"))
    assert parsed.valid is vector.take("valid")
    if parsed.code is None:
        assert parsed.problem in _CODE_PROBLEMS[vector.take("why")]
        return
    vector.expect(
        scheme=parsed.code.scheme.value,
        unit=parsed.code.unit,
        date=parsed.code.date.isoformat(),
        sequence=parsed.code.sequence,
    )


def dossier_code_next(vector: Vector) -> None:
    day = date.fromisoformat(vector.take("date"))
    code = next_code(vector.take("unit"), day, vector.take("last_sequence_today"))
    assert code == vector.take("expect")


def procedure_code(vector: Vector) -> None:
    code = parse_procedure_code(vector.take("value"))
    assert (code is not None) is vector.take("valid")
    if code is not None:
        vector.expect(base=code.base, agency=code.agency)


def search_fold(vector: Vector) -> None:
    assert fold(vector.take("text")) == vector.take("expect")


def date_lines(vector: Vector) -> None:
    day = date.fromisoformat(vector.take("date"))
    assert date_line(vector.take("place"), day) == vector.take("expect")


def number_lines(vector: Vector) -> None:
    assert number_line(vector.take("number"), vector.take("symbol")) == vector.take("expect")


def weekdays(vector: Vector) -> None:
    assert weekday(date.fromisoformat(vector.take("date"))) == vector.take("expect")


def integers(vector: Vector) -> None:
    assert integer(vector.take("n")) == vector.take("expect")


def percents(vector: Vector) -> None:
    assert percent(vector.take("x"), vector.take("digits")) == vector.take("expect")


def amounts(vector: Vector) -> None:
    assert amount_in_words(vector.take("n")) in vector.take("accept")
