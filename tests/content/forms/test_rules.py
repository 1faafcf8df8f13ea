"""What makes a definition unusable: everything is found, and found at once."""

import copy
from typing import Any

import pytest

from content.procedures.forms import DefinitionError, from_json, parse, to_json

GOOD: dict[str, Any] = {
    "id": "thu",
    "title": "Thử",
    "sections": [
        {
            "id": "mot",
            "title": "Một",
            "questions": [
                {"id": "chon", "kind": "choice", "label": "Chọn", "options": ["a", "b"]},
                {
                    "id": "so",
                    "kind": "number",
                    "label": "Số",
                    "limits": {"minimum": 1, "maximum": 5},
                },
                {
                    "id": "nhom",
                    "kind": "repeat",
                    "label": "Nhóm",
                    "questions": [
                        {"id": "ten", "kind": "text", "label": "Tên"},
                        {
                            "id": "ngay",
                            "kind": "date",
                            "label": "Ngày",
                            "when": {"question": "ten", "is": "answered"},
                        },
                    ],
                },
            ],
        },
        {
            "id": "hai",
            "title": "Hai",
            "when": {"question": "chon", "is": "equals", "value": "a"},
            "questions": [
                {
                    "id": "cuoi",
                    "kind": "text",
                    "label": "Cuối",
                    "required": True,
                    "when": {"question": "so", "is": "greater", "value": "4"},
                }
            ],
        },
    ],
}


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The good definition with one part replaced."""
    data = copy.deepcopy(GOOD)
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return data


FIRST = ("sections", 0, "questions")
LAST = ("sections", 1, "questions", 0)
GROUP = (*FIRST, 2, "questions")


def is_(question: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"question": question, "is": op, "value": value}


def test_a_good_definition_survives_json():
    definition = from_json(GOOD)
    assert from_json(to_json(definition)) == definition
    assert to_json(definition) == GOOD


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (changed((*FIRST, 1, "id"), "chon"), "duplicate_id", "chon"),
        (changed((*GROUP, 0, "id"), "chon"), "duplicate_id", "chon"),
        (changed((*FIRST, 1, "id"), "Số 1"), "bad_id", "Số 1"),
        (changed((*FIRST, 1, "id"), "csrf_token"), "bad_id", "csrf_token"),
        (changed(("id",), "Bad Id"), "bad_id", ""),
        (changed((*FIRST, 0, "options"), []), "no_options", "mot/chon"),
        (changed((*FIRST, 0, "options"), ["a", "a"]), "duplicate_option", "mot/chon"),
        (changed((*FIRST, 1, "options"), ["a"]), "options_without_choice", "mot/so"),
        (changed((*FIRST, 0, "kind"), "slider"), "unknown_kind", "mot/chon"),
        (changed((*FIRST, 0, "labell"), "x"), "unknown_key", "mot/chon"),
        (changed((*FIRST, 0, "label"), ""), "no_label", "mot/chon"),
        (changed((*FIRST, 0, "label"), 5), "not_a_text", "mot/chon"),
        (changed((*FIRST, 1, "limits"), {"max_length": 5}), "limit_without_use", "mot/so"),
        (changed((*FIRST, 1, "limits"), {"minimum": "x"}), "bad_limit", "mot/so"),
        (changed((*FIRST, 1, "limits"), {"minimum": 5, "maximum": 1}), "empty_range", "mot/so"),
        (changed((*GROUP, 1, "limits"), {"earliest": "1/1/2020"}), "bad_limit", "mot/nhom/ngay"),
        (changed((*GROUP, 0, "pattern"), "("), "bad_pattern", "mot/nhom/ten"),
        (changed((*GROUP, 0, "pattern"), "(a+)+b"), "slow_pattern", "mot/nhom/ten"),
        (changed((*GROUP, 0, "pattern"), "a"), "pattern_without_message", "mot/nhom/ten"),
        (changed((*FIRST, 1, "pattern"), "a"), "pattern_without_text", "mot/so"),
        (changed((*FIRST, 1, "questions"), [{"id": "x", "kind": "text", "label": "X"}]),
         "not_a_group", "mot/so"),
        (changed((*FIRST, 2, "questions"), []), "no_questions", "mot/nhom"),
        (changed(("sections",), []), "no_sections", ""),
        (changed(("sections",), "x"), "not_a_list", ""),
        (changed((*LAST, "when"), is_("khong_co", "answered")), "unknown_question", "hai/cuoi"),
        (changed((*FIRST, 0, "when"), is_("so", "answered")), "unknown_question", "mot/chon"),
        (changed((*LAST, "when"), is_("cuoi", "answered")), "unknown_question", "hai/cuoi"),
        (changed((*LAST, "when"), is_("ten", "answered")), "question_out_of_reach", "hai/cuoi"),
        (changed((*GROUP, 0, "when"), is_("nhom", "answered")), "unknown_question", "mot/nhom/ten"),
        (changed((*LAST, "when"), is_("chon", "greater", "1")), "test_does_not_fit", "hai/cuoi"),
        (changed((*LAST, "when"), is_("chon", "equals", "c")), "bad_value", "hai/cuoi"),
        (changed((*LAST, "when"), is_("so", "equals", "1.0")), "bad_value", "hai/cuoi"),
        (changed((*LAST, "when"), is_("so", "equals", ["1"])), "bad_value", "hai/cuoi"),
        (changed((*LAST, "when"), is_("chon", "near", "a")), "unknown_test", "hai/cuoi"),
        (changed((*LAST, "when"), "khi nào"), "not_an_object", "hai/cuoi"),
        (changed((*LAST, "when"), {"any": []}), "never_asked", "hai/cuoi"),
        (changed((*LAST, "when"), is_("chon", "equals", "b")), "never_asked", "hai/cuoi"),
        (changed((*LAST, "when"), is_("so", "greater", "5")), "never_asked", "hai/cuoi"),
        (changed((*LAST, "when"), {"all": [is_("so", "greater", "2"), is_("so", "less", "3")]}),
         "never_asked", "hai/cuoi"),
        (changed((*LAST, "when"), {"not": is_("chon", "answered")}), "never_asked", "hai/cuoi"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(data: dict[str, Any], code: str, place: str):
    with pytest.raises(DefinitionError) as caught:
        from_json(data)
    assert (code, place) in [(one.code, one.place) for one in caught.value.problems]


def test_all_faults_are_told_at_once():
    data = changed((*FIRST, 0, "options"), [])
    data["sections"][0]["questions"][1]["limits"] = {"max_bytes": 3}
    data["sections"][1]["title"] = ""
    with pytest.raises(DefinitionError) as caught:
        from_json(data)
    codes = {one.code for one in caught.value.problems}
    assert {"no_options", "limit_without_use", "no_title"} <= codes


def test_groups_nest_three_deep_and_no_deeper():
    def nested(depth: int) -> dict[str, Any]:
        inner = [{"id": "la", "kind": "text", "label": "Lá"}]
        for level in range(depth):
            inner = [{"id": f"n{level}", "kind": "repeat", "label": "N", "questions": inner}]
        return changed((*FIRST, 2), inner[0])

    assert from_json(nested(3))
    with pytest.raises(DefinitionError) as caught:
        from_json(nested(4))
    assert "too_deep" in [one.code for one in caught.value.problems]


@pytest.mark.parametrize(
    "kept",
    [
        changed((*GROUP, 0, "pattern"), "(a+)+b"),
        changed((*LAST, "when"), is_("so", "greater", "5")),
        changed((*FIRST, 1, "limits"), {"max_length": 5}),
    ],
)
def test_the_form_of_an_old_dossier_is_read_under_stricter_rules(kept: dict[str, Any]):
    with pytest.raises(DefinitionError):
        from_json(kept)
    assert to_json(parse(kept)) == kept


@pytest.mark.parametrize(
    "data", [None, [], "x", 5, {"sections": [None]}, {"sections": [{"questions": [5]}]}]
)
def test_rubbish_is_refused_not_crashed_on(data: Any):
    with pytest.raises(DefinitionError):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "x", {"sections": [None]}, {"sections": "x"}])
def test_what_is_no_definition_cannot_be_read_at_all(data: Any):
    with pytest.raises(DefinitionError):
        parse(data)
