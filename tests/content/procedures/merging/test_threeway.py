"""National, ours, last imported: what is proposed, what is a conflict, what stays."""

import copy
from typing import Any

import pytest

from content.procedures.merging.threeway import Kind, compare
from content.procedures.merging.units import put, same
from tests.content.procedures.conftest import record


def changed(**fields: Any) -> dict[str, Any]:
    return record(**fields)


def test_a_field_changed_only_there_is_proposed() -> None:
    (found,) = compare(record(), record(), changed(result="Trích lục"))
    assert (found.kind, found.unit, found.theirs) == (Kind.PROPOSED, ("result",), "Trích lục")


def test_a_field_changed_only_here_stays() -> None:
    assert compare(record(), changed(result="Của ta"), record()) == []


def test_a_field_changed_on_both_sides_is_a_conflict() -> None:
    (found,) = compare(record(), changed(result="Của ta"), changed(result="Quốc gia"))
    assert found.kind is Kind.CONFLICT


def test_the_same_change_on_both_sides_is_nothing() -> None:
    assert compare(record(), changed(result="Chung"), changed(result="Chung")) == []


def test_a_paper_put_before_all_others_is_one_difference() -> None:
    papers = record()["dossier"]
    new = {"name": "Giấy mới", "originals": 1, "copies": 0, "case": None}
    theirs = changed(dossier=[new, *papers])
    (found,) = compare(record(), record(), theirs)
    assert found.theirs == new
    ours = record()
    put(ours, found.unit, found.theirs, theirs)
    assert ours["dossier"] == [new, *papers]


def test_papers_are_matched_by_name_not_by_place() -> None:
    ours = record(dossier=list(reversed(record()["dossier"])))
    theirs = copy.deepcopy(record())
    theirs["dossier"][0]["copies"] = 2
    (found,) = compare(record(), ours, theirs)
    assert found.unit == ("dossier", "to khai|", "copies")
    put(ours, found.unit, found.theirs, theirs)
    assert [paper["copies"] for paper in ours["dossier"]] == [0, 2]


def test_a_paper_we_took_out_does_not_come_back_by_itself() -> None:
    ours = record(dossier=record()["dossier"][:1])
    assert compare(record(), ours, record()) == []


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_absent_key_says_what_null_says(nothing: Any) -> None:
    assert same(nothing, None)
    without = {key: value for key, value in record().items() if key != "requirements"}
    assert compare(record(), record(), without) == []
