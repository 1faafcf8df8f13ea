"""Files: what can be read is read, what cannot is a named row."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.procedures.reading import read_rows
from content.procedures.validation import problems_of


def read(text: str | bytes) -> list[tuple[int, object]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [
        (row.number, row.problem.code if row.problem else row.record) for row in read_rows(data)
    ]


def test_a_list_and_lines_are_told_apart():
    assert read(' [ {"a": 1} ,\n {"b": 2}\n]\n') == [(1, {"a": 1}), (2, {"b": 2})]
    assert read('\ufeff{"a": 1}\n\n{"b": 2}\r\n') == [(1, {"a": 1}), (3, {"b": 2})]
    assert read("[]") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "empty_file")]),
        (" \n ", [(1, "empty_file")]),
        (b"\xff\xfe{", [(1, "not_utf8")]),
        (b'{"a": 1}\n{"\xe0"}', [(2, "not_utf8")]),
        ('[{"a": 1}, {"b": ]', [(1, {"a": 1}), (2, "broken_json")]),
        ('[{"a": 1}', [(1, {"a": 1}), (2, "broken_json")]),
        ('[{"a": 1},]', [(1, {"a": 1}), (2, "broken_json")]),
        ('[{"a": 1} {"b": 2}]', [(1, {"a": 1}), (2, "broken_json")]),
        ('[{"a": 1}] x', [(1, {"a": 1}), (2, "broken_json")]),
        ("[", [(1, "broken_json")]),
        ('{"a": NaN}\n{"a": 1, "a": 2}\n{"b": 3}', [(1, "broken_json"), (2, "repeated_key")]),
        ("[" * 100_000, [(1, "too_deep")]),
        ('{"a": ' + "9" * 5000 + "}", [(1, "broken_json")]),
    ],
)
def test_a_broken_file_is_named_by_row(text, expected):
    assert read(text)[: len(expected)] == expected


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    for row in read_rows(data):
        assert row.number > 0
        if row.problem is None:
            problems_of(row.record)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=8))
def test_no_record_breaks_the_checks(value):
    for given_record in (value, {"name": value, "level": "xã", "fee": value, "dossier": [value]}):
        problems_of(json.loads(json.dumps(given_record)))
