"""Differences: readable, minimal, and enough to rebuild the new record's fields."""

import copy

import pytest
from hypothesis import given, settings

from content.errors import Invalid
from content.procedures.difference import differences, set_at, steps_of
from content.procedures.records import canonical, digest
from tests.content.procedures.conftest import record
from tests.content.procedures.strategies import records


def test_an_inserted_paper_is_one_line():
    old, new = record(), record()
    new["dossier"].insert(0, {"name": "Ảnh"})
    assert [(one.path, one.old) for one in differences(old, new)] == [("dossier[0]", None)]
    assert [(one.path, one.new) for one in differences(new, old)] == [("dossier[0]", None)]


def test_an_absent_key_and_a_null_are_not_the_same_record():
    old, new = record(), record(sets=None)
    assert [one.path for one in differences(old, new)] == ["sets"]
    assert digest(old) != digest(new)


def test_true_is_not_one():
    assert differences({"a": 1}, {"a": True})


@settings(max_examples=100)
@given(records(), records())
def test_records_differ_exactly_when_their_digests_do(one, other):
    one, other = canonical(one), canonical(other)
    assert bool(differences(one, other)) == (digest(one) != digest(other))
    assert differences(one, copy.deepcopy(one)) == ()


def test_paths_are_written_as_they_are_shown():
    assert steps_of("fee[1].amount") == ["fee", 1, "amount"]
    made = record()
    set_at(made, "fee[0].amount", 5)
    set_at(made, "dossier[1]", {"name": "x"})
    assert made["fee"][0]["amount"] == 5
    assert made["dossier"][1] == {"name": "x"}
    for path in ("fee[9].amount", "no.such", "name[0]", "dossier[7]", "fee[0][0]", ""):
        with pytest.raises(Invalid):
            set_at(made, path, 1)
