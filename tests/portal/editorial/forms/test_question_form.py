"""The form of a question gives back what it was shown: saving without a change changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import colander
import pytest

from content.procedures.forms import (
    FormDefinition,
    Kind,
    Limits,
    Option,
    Question,
    Section,
    check,
    prune,
    sample_definitions,
)
from content.procedures.forms.definition import places
from content.procedures.forms.formulas import Formula, Work, formula_sentence
from content.procedures.forms.rules import problems_of
from content.procedures.forms.visibility import as_typed
from portal.editorial.forms.question_form import options_from, read, schema_of, shown
from portal.editorial.forms.trying import calculated

NOW = datetime(2026, 3, 4, 5, tzinfo=UTC)
FIRST = Question("x", Kind.NUMBER, "Số")
BIRTH = Question("ngay_sinh", Kind.DATE, "Ngày sinh")


def form(*questions: Question) -> FormDefinition:
    return FormDefinition("thu", "Thử", (Section("mot", "Một", questions),))


def saved(definition: FormDefinition, question: Question, **changes: Any) -> Question:
    """The question after its form was sent as shown, with what somebody changed in it."""
    schema = schema_of(definition, question)
    names = {node.name for node in schema.children}
    told = {key: value for key, value in shown(question).items() if key in names}
    cstruct = schema.serialize({k: v for k, v in told.items() if v is not None})
    sent = {key: value for key, value in cstruct.items() if value is not colander.null}
    return read(question, schema.deserialize({**sent, **changes}))


def test_saving_unchanged_changes_nothing_in_any_seeded_form() -> None:
    count = 0
    for definition in sample_definitions():
        for _section, question, _groups in places(definition):
            assert saved(definition, question) == question, (definition.id, question.id)
            count += 1
    assert count > 300


@pytest.mark.parametrize(
    "formula",
    [
        Formula(Work.DIFFERENCE, ("100", "x")),
        Formula(Work.DIFFERENCE, ("x", "100")),
        Formula(Work.PRODUCT, ("2", "x", "0.5", "x", "3", "x", "7")),
        Formula(Work.DAYS, ("2026-01-01", "ngay_sinh")),
        Formula(Work.YEARS, ("ngay_sinh", "today")),
    ],
)
def test_a_formula_keeps_its_order_and_all_its_constants(formula: Formula) -> None:
    question = Question("y", Kind.NUMBER, "Kết quả", formula=formula)
    definition = form(FIRST, BIRTH, question)
    assert not problems_of(definition)
    assert saved(definition, question) == question


def test_a_part_is_a_question_or_a_constant_never_both() -> None:
    question = Question("y", Kind.NUMBER, "Kết quả")
    definition = form(FIRST, question)
    with pytest.raises(colander.Invalid):
        saved(definition, question, work="sum", part1="x", constant1="5")
    grown = saved(definition, question, work="difference", constant1="100", part2="x")
    assert grown.formula == Formula(Work.DIFFERENCE, ("100", "x"))
    with pytest.raises(colander.Invalid):
        saved(definition, question, work="sum", constant1="năm")


def test_an_age_is_worked_out_while_filling_and_stays_once_filed() -> None:
    age = Question("tuoi", Kind.NUMBER, "Tuổi", formula=Formula(Work.YEARS, (BIRTH.id, "today")))
    definition = form(BIRTH, age)
    assert formula_sentence(age.formula, str) == "số năm tròn từ “ngay_sinh” đến ngày khai"  # type: ignore[arg-type]
    answers = {"ngay_sinh": "2000-03-05"}
    assert prune(definition, answers, today=date(2026, 3, 4))["tuoi"] == "25"
    filed = prune(definition, answers, today=date(2026, 3, 5))
    assert filed["tuoi"] == "26"
    assert prune(definition, filed)["tuoi"] == "26"
    assert as_typed(definition, filed, today=date(2030, 3, 5))["tuoi"] == "30"
    assert "tuoi" not in prune(definition, answers)


def test_what_was_not_editable_is_edited() -> None:
    year = Question("nam", Kind.NUMBER, "Năm", required=True)
    definition = form(BIRTH, year)
    changed = saved(
        definition,
        year,
        grouped="false",
        note="Năm dương lịch",
        required_message="Ông/bà ghi năm sinh.",
    )
    assert changed.limits.grouped is False
    assert changed.note == "Năm dương lịch"
    told = check(form(changed), {}, NOW)
    assert [(one.code, one.message) for one in told] == [("required", "Ông/bà ghi năm sinh.")]
    back = saved(definition, changed, grouped="true")
    assert back.limits.grouped is None


def test_an_identity_number_agrees_with_questions_an_editor_chose() -> None:
    number = Question("so", Kind.NATIONAL_ID, "Số định danh")
    definition = form(BIRTH, number)
    assert saved(definition, number, born=BIRTH.id).born == BIRTH.id
    with pytest.raises(colander.Invalid):
        saved(definition, number, born="khong_co")


def test_a_file_limit_not_touched_stays_to_the_byte() -> None:
    paper = Question("tep", Kind.FILE, "Tệp", limits=Limits(max_bytes=1_234_567))
    assert saved(form(paper), paper) == paper
    assert saved(form(paper), paper, max_mb="2,5").limits.max_bytes == 2_621_440
    number = replace(FIRST, limits=Limits(minimum=Decimal("0.5")))
    assert saved(form(number), number) == number


def test_a_worked_out_number_is_told_with_its_unit_once() -> None:
    copies = Question("so_ban", Kind.NUMBER, "Số bản sao")
    total = Question(
        "thanh_tien", Kind.NUMBER, "Thành tiền", unit="đồng",
        formula=Formula(Work.PRODUCT, ("so_ban", "8000")),
    )  # fmt: skip
    told = calculated(form(copies, total), {"so_ban": "3"})
    assert told == {"thanh_tien": "24.000 đồng"}


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("Có cần bản giấy\nKhông", ["co", "khong"]),
        ("Không\nCó", ["khong", "co"]),
        ("Trích lục khai sinh\nTrích lục kết hôn", ["trich_luc_khai_sinh", "trich_luc_ket_hon"]),
        ("Có\nĐể sau\nKhông", ["co", "de_sau", "khong"]),
    ],
)
def test_an_option_keeps_its_value_only_while_it_stays_the_same_option(
    lines: str, values: list[str]
) -> None:
    old = (Option("co", "Có"), Option("khong", "Không"))
    assert [one.value for one in options_from(lines, old)] == values
