"""Answers: what is asked, what is kept, what is wrong, what is read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from content.procedures.forms import (
    FormDefinition,
    Problem,
    check,
    from_json,
    outline,
    prune,
    summary,
    visible,
    visible_sections,
)
from content.procedures.forms.definition import ABROAD

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # 24/11 in Việt Nam


def form(*questions: dict[str, Any], then: dict[str, Any] | None = None) -> FormDefinition:
    sections = [{"id": "mot", "title": "Một", "questions": list(questions)}]
    if then:
        sections.append(then)
    return from_json({"id": "thu", "title": "Thử", "sections": sections})


def ask(kind: str, question_id: str = "q", **more: Any) -> dict[str, Any]:
    return {"id": question_id, "kind": kind, "label": question_id.upper(), **more}


def is_(question: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"question": question, "is": op, "value": value}


def codes(definition: FormDefinition, answers: dict[str, Any], **more: Any) -> list[str]:
    return [problem.code for problem in check(definition, answers, NOW, **more)]


COPIES = form(
    ask("choice", "ban_sao", options=["co", "khong"], required=True),
    ask("number", "so_luong", required=True, when=is_("ban_sao", "equals", "co")),
    ask("text", "ghi_chu", when=is_("so_luong", "answered")),
    then={
        "id": "hai",
        "title": "Hai",
        "when": is_("ban_sao", "equals", "co"),
        "questions": [ask("text", "noi_nhan", required=True)],
    },
)


def test_hidden_means_not_required_and_not_stored():
    answers = {"ban_sao": "khong", "so_luong": "3", "ghi_chu": "x", "noi_nhan": "y", "la": "z"}
    assert prune(COPIES, answers) == {"ban_sao": "khong"}
    assert codes(COPIES, answers) == []
    assert visible(COPIES, answers) == {("ban_sao",)}
    assert [one.id for one in visible_sections(COPIES, answers)] == ["mot"]


def test_what_depends_on_a_hidden_answer_is_hidden_too():
    assert "ghi_chu" not in prune(COPIES, {"ban_sao": "khong", "so_luong": "3", "ghi_chu": "x"})


def test_shown_means_required():
    assert codes(COPIES, {"ban_sao": "co"}) == ["required", "required"]
    assert codes(COPIES, {"ban_sao": "co"}, sections=["hai"]) == ["required"]
    assert len(visible_sections(COPIES, {"ban_sao": "co"})) == 2


GROUPS = form(
    ask("choice", "loai", options=["a", "b"]),
    ask(
        "repeat",
        "ho",
        item="hộ",
        required=True,
        questions=[
            ask("text", "ten", required=True),
            ask("text", "rieng_b", when=is_("loai", "equals", "b")),
            ask(
                "repeat",
                "nguoi",
                limits={"max_items": 2},
                questions=[
                    ask("text", "ho_ten", required=True),
                    ask("text", "cua_lan", when=is_("ten", "equals", "Lan")),
                    ask("text", "cua_minh", when=is_("ho_ten", "equals", "Minh")),
                ],
            ),
        ],
    ),
)


def test_a_condition_in_a_row_sees_its_row_then_the_rows_around_then_the_form():
    people = [
        {"ho_ten": "Minh", "cua_lan": "1", "cua_minh": "2"},
        {"ho_ten": "An", "cua_minh": "3"},
    ]
    answers = {
        "loai": "b",
        "ho": [
            {"ten": "Lan", "rieng_b": "x", "nguoi": people},
            {"ten": "Hoa", "nguoi": [{"ho_ten": "Minh", "cua_lan": "mất"}]},
        ],
    }
    assert prune(GROUPS, answers) == {
        "loai": "b",
        "ho": [
            {
                "ten": "Lan",
                "rieng_b": "x",
                "nguoi": [{"ho_ten": "Minh", "cua_lan": "1", "cua_minh": "2"}, {"ho_ten": "An"}],
            },
            {"ten": "Hoa", "nguoi": [{"ho_ten": "Minh"}]},
        ],
    }


def test_blank_rows_go_unless_the_group_needs_them_or_is_being_filled():
    two = form(
        ask("repeat", limits={"min_items": 2}, questions=[ask("text", "ten", required=True)])
    )
    rows = [{}, {"ten": "An"}, {}]
    assert prune(two, {"q": rows}) == {"q": [{}, {"ten": "An"}]}
    assert prune(two, {"q": rows}, keep_blank_rows=True) == {"q": rows}
    assert prune(two, {"q": [{}, {}]}) == {}
    assert codes(two, {"q": [{}]}) == ["too_few_rows"]


def test_problems_name_the_row():
    answers = {"ho": [{"ten": "Lan"}, {"nguoi": [{"ho_ten": "x" * 400}]}]}
    assert [problem.path for problem in check(GROUPS, answers, NOW)] == [
        ("ho", 1, "ten"),
        ("ho", 1, "nguoi", 0, "ho_ten"),
    ]


@pytest.mark.parametrize(
    ("question", "value", "expected"),
    [
        (ask("text", limits={"max_length": 3}), "bốn ", ["too_long"]),
        (ask("text"), "x" * 301, ["too_long"]),
        (ask("paragraph"), "x" * 301, []),
        (ask("text", limits={"min_length": 3}), "ab", ["too_short"]),
        (ask("text", pattern="[0-9]{3}", message="Ba chữ số."), "12", ["pattern"]),
        (ask("text", pattern="[0-9]{3}", message="Ba chữ số."), "123", []),
        (ask("number"), "ba", ["not_a_number"]),
        (ask("number"), "1" * 40, ["not_a_number"]),
        (ask("number"), "1.5", ["too_many_decimals"]),
        (ask("number", limits={"decimals": 1}), "1.5", []),
        (ask("number", limits={"minimum": 1}), "0", ["below_minimum"]),
        (ask("number", limits={"maximum": 9}), "10", ["above_maximum"]),
        (ask("date"), "31/02/2026", ["not_a_date"]),
        (ask("date"), "2026-02-31", ["not_a_date"]),
        (ask("date", limits={"latest": "today"}), "2026-11-24", []),
        (ask("date", limits={"latest": "today"}), "2026-11-25", ["too_late"]),
        (ask("date", limits={"earliest": "1900-01-01"}), "1899-12-31", ["too_early"]),
        (ask("national_id"), "001164000001", []),
        (ask("national_id"), "00116400001", ["national_id"]),
        (ask("national_id"), "C1234567", ["national_id"]),
        (ask("national_id", limits={"papers": ["cccd", "passport"]}), "C1234567", []),
        (ask("national_id", limits={"papers": ["passport"]}), "123456789012", ["national_id"]),
        (ask("national_id", limits={"papers": ["cccd", "cmnd"]}), "123456789", []),
        (ask("national_id", limits={"papers": ["tax_code"]}), "0100233488", []),
        (ask("phone"), "0912345678", []),
        (ask("phone"), "01234567890", ["phone"]),
        (ask("email"), "an@vidu.vn", []),
        (ask("email"), "an@vidu", ["email"]),
        (ask("email"), "an@" + "a" * 300 + ".vn", ["email"]),
        (ask("choice", options=["a"]), "b", ["not_an_option"]),
        (ask("choices", options=["a", "b"]), ["b", "x"], ["not_an_option"]),
        (ask("choices", options=["a", "b"], limits={"max_items": 1}), ["a", "b"],
         ["too_many_choices"]),
        (ask("choices", options=["a", "b"], limits={"min_items": 2}), ["a"], ["too_few_choices"]),
        (ask("address"), {"detail": "x"}, ["address_province"]),
        (ask("address"), {"province": "01"}, ["address_commune"]),
        (ask("address"), {"province": "01", "commune": "00004"}, []),
        (ask("address", limits={"detail_required": True}), {"province": "01", "commune": "00004"},
         ["address_detail"]),
        (ask("address"), {"province": ABROAD}, ["address_detail"]),
        (ask("address"), {"province": ABROAD, "detail": "Paris"}, []),
        (ask("address"), {"province": "01", "commune": "00004", "detail": "x" * 400}, ["too_long"]),
    ],
)  # fmt: skip
def test_an_answer_is_checked_by_its_kind(
    question: dict[str, Any], value: Any, expected: list[str]
):
    assert codes(form(question), {"q": value}) == expected


def file_answer(**more: Any) -> dict[str, Any]:
    return {
        "token": "t",
        "name": "a.pdf",
        "size": 10,
        "type": "application/pdf",
        "digest": "d",
        **more,
    }


@pytest.mark.parametrize(
    ("limits", "files", "expected"),
    [
        ({}, [file_answer()], []),
        ({}, [file_answer(type="application/zip")], ["file_type"]),
        ({"max_bytes": 9}, [file_answer()], ["file_too_large"]),
        ({"max_files": 1}, [file_answer(), file_answer()], ["too_many_files"]),
        ({"max_files": 9}, [file_answer(size=9_000_000)] * 6, ["files_too_large"]),
    ],
)
def test_files_keep_their_limits(limits: Any, files: list[Any], expected: list[str]):
    assert codes(form(ask("file", limits=limits)), {"q": files}) == expected


def test_an_own_message_travels_with_its_pattern():
    definition = form(ask("text", pattern="[0-9]+", message="Chỉ ghi chữ số."))
    assert check(definition, {"q": "x"}, NOW) == [Problem(("q",), "pattern", {}, "Chỉ ghi chữ số.")]


def test_a_number_must_agree_with_birth_date_and_sex_given_before():
    definition = form(
        ask("date", "sinh"),
        ask("choice", "gioi", options=["Nam", "Nữ"]),
        ask("national_id", "so", born="sinh", sex="gioi"),
    )
    assert codes(definition, {"sinh": "1964-03-05", "gioi": "Nữ", "so": "001164000001"}) == []
    assert codes(definition, {"sinh": "1965-03-05", "so": "001164000001"}) == ["identity_disagrees"]
    assert codes(definition, {"gioi": "Nam", "so": "001164000001"}) == ["identity_disagrees"]


class Book:
    def province_name(self, code: str) -> str | None:
        return {"01": "Hà Nội"}.get(code)

    def commune_name(self, province: str, code: str) -> str | None:
        return {("01", "00004"): "Phường Ba Đình"}.get((province, code))


def test_a_commune_must_belong_to_its_province():
    definition = form(ask("address"))
    for value, expected in (
        ({"province": "01", "commune": "00004"}, []),
        ({"province": "01", "commune": "99999"}, ["address_commune"]),
        ({"province": "99", "commune": "00004"}, ["address_province"]),
    ):
        assert codes(definition, {"q": value}, places=Book()) == expected


@pytest.mark.parametrize("rubbish", [5, [], {}, "x", [5], [[]], {"a": {"b": 1}}, True, 1.5, [None]])
@pytest.mark.parametrize(
    "kind", ["text", "number", "date", "choices", "address", "file", "repeat", "statement"]
)
def test_rubbish_of_any_shape_is_survived(kind: str, rubbish: Any):
    more: dict[str, Any] = {}
    if kind == "choices":
        more = {"options": ["a"]}
    if kind == "repeat":
        more = {"questions": [ask("text", "t")]}
    definition = form(ask(kind, **more))
    kept = prune(definition, {"q": rubbish})
    check(definition, {"q": rubbish}, NOW)
    summary(definition, {"q": rubbish})
    assert prune(definition, kept) == kept


READ = form(
    ask("text", "ten"),
    ask("date", "ngay"),
    ask("number", "von", unit="đồng"),
    ask("number", "nam", limits={"grouped": False}),
    ask("number", "rong", limits={"decimals": 2}, unit="m²"),
    ask("choice", "gioi", options=[{"value": "nu", "label": "Nữ"}]),
    ask("choices", "muc", options=[{"value": "a", "label": "Một"}, {"value": "b", "label": "Hai"}]),
    ask("address", "o"),
    ask("file", "giay"),
    ask("statement", "loi"),
    ask("repeat", "con", item="người con", questions=[ask("text", "ho_ten")]),
    ask("text", "an", when=is_("gioi", "equals", "nu")),
)


def test_a_summary_reads_in_vietnamese():
    answers = {
        "ten": "Lan",
        "ngay": "2026-02-01",
        "von": "1234567",
        "nam": "1964",
        "rong": "-1234.5",
        "gioi": "nu",
        "muc": ["b", "a"],
        "o": {"province": "01", "province_name": "Hà Nội", "commune": "00004",
              "commune_name": "Phường Ba Đình", "detail": "12 Đội Cấn"},
        "giay": [file_answer()],
        "con": [{"ho_ten": "An"}, {"ho_ten": "Bình"}],
    }  # fmt: skip
    (only,) = summary(READ, answers, with_blank=False)
    told = {entry.path[0]: entry for entry in only.entries}
    ids = ("ten", "ngay", "von", "nam", "rong", "gioi", "muc", "o")
    assert [told[key].text for key in ids] == [
        "Lan", "01/02/2026", "1.234.567 đồng", "1964", "-1.234,5 m²", "Nữ", "Một; Hai",
        "12 Đội Cấn, Phường Ba Đình, Hà Nội",
    ]  # fmt: skip
    assert [one["name"] for one in told["giay"].files] == ["a.pdf"]
    assert [row.title for row in told["con"].rows] == ["Người con 1", "Người con 2"]
    assert told["con"].rows[1].entries[0].text == "Bình"
    assert "an" not in told
    assert "an" in {e.path[0] for e in summary(READ, answers)[0].entries}


def test_an_outline_shows_every_question_with_its_condition():
    entries = {entry.path[0]: entry for entry in outline(READ)[0].entries}
    assert set(entries) == {
        "ten", "ngay", "von", "nam", "rong", "gioi", "muc", "o", "giay", "loi", "con", "an"
    }  # fmt: skip
    assert entries["an"].condition == "hiện khi “GIOI” là “Nữ”"
    assert len(entries["con"].rows) == 2
    assert entries["con"].rows[0].entries[0].is_blank
