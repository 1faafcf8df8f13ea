"""Conditions: what they say of answers, what is left of them, how they read."""

import pytest

from content.procedures.forms import AllOf, AnyOf, Not, Test, from_json, sentence
from content.procedures.forms.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    Op,
    canonical,
    day,
    decided,
    holds,
    is_answered,
    number,
)
from content.procedures.forms.serialise import condition_to_json

ANSWERS = {
    "ban_sao": "co",
    "so_luong": "3",
    "ngay": "2026-02-01",
    "muc": ["a", "b"],
    "trong": "",
    "hang": [{}],
    "dia_chi": {"province": "01"},
}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (Test("ban_sao", Op.EQUALS, "co"), True),
        (Test("ban_sao", Op.EQUALS, "khong"), False),
        (Test("ban_sao", Op.ONE_OF, ("khong", "co")), True),
        (Test("muc", Op.CONTAINS, "b"), True),
        (Test("muc", Op.CONTAINS, "c"), False),
        (Test("so_luong", Op.GREATER, "2.5"), True),
        (Test("so_luong", Op.GREATER, "3"), False),
        (Test("so_luong", Op.LESS, "10"), True),
        (Test("ngay", Op.BEFORE, "2026-02-02"), True),
        (Test("ngay", Op.AFTER, "2026-02-01"), False),
        (Test("ngay", Op.ANSWERED), True),
        (Test("trong", Op.ANSWERED), False),
        (Test("hang", Op.ANSWERED), False),
        (Test("dia_chi", Op.ANSWERED), True),
        (Test("khong_co", Op.EQUALS, "co"), False),
        (Test("ban_sao", Op.GREATER, "1"), False),
    ],
)
def test_a_test_compares_one_answer(test: Test, expected: bool):
    assert holds(test, ANSWERS.get) is expected
    assert holds(Not(test), ANSWERS.get) is not expected


def test_parts_are_joined_by_all_and_any():
    yes, no = Test("ban_sao", Op.EQUALS, "co"), Test("ban_sao", Op.EQUALS, "x")
    assert holds(AllOf((yes, yes)), ANSWERS.get)
    assert not holds(AllOf((yes, no)), ANSWERS.get)
    assert holds(AnyOf((no, yes)), ANSWERS.get)
    assert not holds(AnyOf((no,)), ANSWERS.get)
    assert holds(None, ANSWERS.get)
    assert holds(ALWAYS, ANSWERS.get)
    assert not holds(NEVER, ANSWERS.get)


def test_deciding_settles_what_is_known_and_keeps_what_is_open():
    known, open_ = Test("ban_sao", Op.EQUALS, "co"), Test("mo", Op.ANSWERED)

    def left(condition: Condition | None) -> Condition:
        return decided(condition, ANSWERS.get, frozenset({"mo"}))

    assert left(None) == ALWAYS
    assert left(known) == ALWAYS
    assert left(Not(known)) == NEVER
    assert left(AllOf((known, open_))) == open_
    assert left(AllOf((Not(known), open_))) == NEVER
    assert left(AnyOf((known, open_))) == ALWAYS
    assert left(AnyOf((Not(known), Not(open_), open_))) == AnyOf((Not(open_), open_))
    assert left(Not(AnyOf((Not(known),)))) == ALWAYS


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1234.50", "1234.5"), ("0", "0"), ("-0.0", "0"), ("1E+3", "1000"), ("0.10", "0.1")],
)
def test_numbers_are_stored_in_one_way(text: str, expected: str):
    found = number(text)
    assert found is not None
    assert canonical(found) == expected


@pytest.mark.parametrize("text", ["NaN", "Infinity", "", "mười", None, 5])
def test_what_is_no_number_is_none(text: object):
    assert number(text) is None


@pytest.mark.parametrize("text", ["2026-W05-1", "20260201", "2026-02-31", "1/2/2026", None])
def test_what_is_no_stored_date_is_none(text: object):
    assert day(text) is None


def test_answers_of_nothing_do_not_count():
    assert not any(map(is_answered, (None, "", [], [{}], {}, {"a": ""}, [{"x": [{}]}])))
    assert all(map(is_answered, ("0", ["a"], {"a": "b"}, [{}, {"x": "1"}])))


DEFINITION = from_json(
    {
        "id": "thu",
        "title": "Thử",
        "sections": [
            {
                "id": "mot",
                "title": "Một",
                "questions": [
                    {
                        "id": "ban_sao",
                        "kind": "choice",
                        "label": "Đề nghị cấp bản sao",
                        "options": [
                            {"value": "co", "label": "Có"},
                            {"value": "k", "label": "Không"},
                        ],
                    },
                    {"id": "ngay", "kind": "date", "label": "Ngày sinh"},
                    {"id": "tien", "kind": "number", "label": "Vốn", "unit": "đồng"},
                ],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Test("ban_sao", Op.EQUALS, "co"), "hiện khi “Đề nghị cấp bản sao” là “Có”"),
        (Not(Test("ban_sao", Op.EQUALS, "co")), "hiện khi “Đề nghị cấp bản sao” không là “Có”"),
        (
            Test("ban_sao", Op.ONE_OF, ("co", "k")),
            "hiện khi “Đề nghị cấp bản sao” là “Có” hoặc “Không”",
        ),
        (Test("ngay", Op.ANSWERED), "hiện khi “Ngày sinh” đã được trả lời"),
        (Not(Test("ngay", Op.ANSWERED)), "hiện khi “Ngày sinh” chưa được trả lời"),
        (
            AllOf(
                (
                    Test("ngay", Op.BEFORE, "2010-01-31"),
                    AnyOf((Test("tien", Op.GREATER, "1000000"), Test("ban_sao", Op.EQUALS, "k"))),
                )
            ),
            "hiện khi “Ngày sinh” trước ngày “31/01/2010” và "
            "(“Vốn” lớn hơn “1.000.000 đồng” hoặc “Đề nghị cấp bản sao” là “Không”)",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(condition: Condition, words: str):
    assert sentence(DEFINITION, condition) == words


def test_conditions_survive_json():
    condition = AllOf(
        (Not(Test("a", Op.ANSWERED)), AnyOf((Test("b", Op.ONE_OF, ("1", "2")), ALWAYS)))
    )
    assert condition_to_json(condition) == {
        "all": [
            {"not": {"question": "a", "is": "answered"}},
            {"any": [{"question": "b", "is": "one_of", "value": ["1", "2"]}, {"all": []}]},
        ]
    }
