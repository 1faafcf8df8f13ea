"""What may stand in a record."""

import pytest

from content.procedures.validation import problems_of, unknown_keys
from content.procedures.wording import problem_in_words
from tests.content.procedures.conftest import record, sample_records


def test_the_whole_sample_is_valid_and_holds_no_unknown_key():
    assert [problems_of(one) for one in sample_records() if problems_of(one)] == []
    assert [unknown_keys(one) for one in sample_records() if unknown_keys(one)] == []


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"name": None}, "name", "not_text"),
        ({"name": "x" * 2001}, "name", "too_long"),
        ({"level": "tỉnh"}, "level", "level_not_in_levels"),
        ({"levels": "xã"}, "levels", "not_a_list"),
        ({"levels": ["xã", "thôn"]}, "levels[1]", "not_in_list"),
        ({"time_limit": {"value": 0, "unit": "ngày"}}, "time_limit.value", "out_of_range"),
        ({"time_limit": {"value": True}}, "time_limit.value", "not_a_number"),
        ({"time_limit": {"value": 3, "unit": "hôm"}}, "time_limit.unit", "not_in_list"),
        ({"time_limit": [3]}, "time_limit", "not_an_object"),
        ({"time_limit_by_channel": [{"value": 3}]}, "time_limit_by_channel[0].channel", "required"),
        ({"fee": [{"amount": 1.5}]}, "fee[0].amount", "not_whole"),
        ({"fee": [{"kind": "thuế"}]}, "fee[0].kind", "not_in_list"),
        ({"fee": [{"valid_from": "2025-02-30"}]}, "fee[0].valid_from", "not_a_date"),
        ({"fee": [{"channels": ["fax"]}]}, "fee[0].channels[0]", "not_in_list"),
        ({"fee": [{}] * 1001}, "fee", "too_many"),
        ({"dossier": [{"originals": 1}]}, "dossier[0].name", "required"),
        ({"dossier": [{"name": "a", "obligatory": 1}]}, "dossier[0].obligatory", "not_a_flag"),
        (
            {"legal_bases": [{"number": "1", "date": "2014"}]},
            "legal_bases[0].date",
            "not_a_date",
        ),
        ({"service_level": 5}, "service_level", "not_in_list"),
        ({"service_level": True}, "service_level", "not_in_list"),
        ({"official_url": "//evil"}, "official_url", "not_a_url"),
        ({"official_url": 1}, "official_url", "not_text"),
        ({"result": "a\x00b"}, "result", "control_character"),
        ({"x\x00": 1}, "x\x00", "control_character"),
        ({"result": "\ud800"}, "result", "broken_character"),
        ({"deep": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}, "deep" + "[0]" * 12, "too_deep"),
        ({"other": float("inf")}, "other", "not_a_number"),
    ],
)
def test_each_rule_names_the_field(fields, path, code):
    found = problems_of(record(**fields))
    assert [(one.path, one.code) for one in found] == [(path, code)]
    words = problem_in_words(found[0])
    assert words
    words.encode()


def test_a_missing_name_and_level_are_both_named():
    assert {(one.path, one.code) for one in problems_of({})} == {
        ("name", "required"),
        ("level", "required"),
    }


def test_old_levels_of_service_are_accepted():
    for level in (1, 4, "3", "mức độ 2", "toàn trình", None):
        assert problems_of(record(service_level=level)) == []
