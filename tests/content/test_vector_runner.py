"""The runner itself: nothing in a file of vectors is silently passed over."""

import copy
import json
from collections.abc import Iterator

import pytest

from tests.vectors.cases import FINISHED, LATER, OWN_FILE, cases

DOCUMENT = json.loads(OWN_FILE.read_text(encoding="utf-8"))
CASES = cases(DOCUMENT)


def failures(document: dict) -> list[str]:
    """Names of the cases that fail."""
    failed = []
    for case in cases(document):
        if not case.pending:
            try:
                case.run()
            except Exception:
                failed.append(case.name)
    return failed


def test_every_group_of_our_file_is_finished_or_pending():
    assert {case.path for case in CASES} <= set(FINISHED) | LATER
    assert not set(FINISHED) & LATER


def test_cases_are_named_by_id_or_index():
    names = [case.name for case in CASES]
    assert "due_dates[D-DUE-01]" in names
    assert "vietqr.built[D-QR-02]" in names
    assert "transitions.table[0]" in names
    assert len(names) == len(set(names))


def test_repeated_ids_keep_names_apart():
    rows = [{"id": "A", "date": "2026-10-14", "working": True}] * 2
    names = {case.name for case in cases({"is_working_day": rows})}
    assert names == {"is_working_day[A#0]", "is_working_day[A#1]"}


def test_a_pending_group_is_skipped_by_name():
    (case,) = cases({"vnpay": {"ipn": [{"id": "D-IPN-01"}]}})
    with pytest.raises(pytest.skip.Exception, match=r"later: vnpay\.ipn"):
        case.run()


@pytest.mark.parametrize(
    "document",
    [
        {"new_group": [{"a": 1}]},
        {"new_group": {"part": [{"a": 1}]}},
        {"vietqr": {"new_part": [{"a": 1}]}},
        {"is_working_day": 5},
        {"is_working_day": ["2026-10-14"]},
        {"is_working_day": [{"date": "2026-10-14"}]},
        {"is_working_day": [{"date": "2026-10-14", "working": True, "shift": "night"}]},
        {"on_time_class": [{"due_date": "2026-10-12", "finished_date": "2026-10-12",
                            "as_of": None, "expect": "sớm"}]},
    ],
)  # fmt: skip
def test_what_nobody_knows_fails(document):
    assert len(failures(document)) == 1


def _change(value: object) -> object:
    """The same kind of value, but another one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return value + "x"
    return ["x"] if isinstance(value, list) else "x"


def _expectations(vector: dict) -> list[tuple[dict, str]]:
    """Places of a vector that say what must come out."""
    expected = ("expect", "working", "latest", "valid", "consistent", "kind", "normalised", "base",
                "to", "actors", "needs", "allowed", "province", "birth_year", "gender", "branch",
                "accept", "unit", "scheme", "sequence", "total_hours", "due_date", "may_see",
                "new_due_date", "original_due_date", "due_at", "due_at_keep_hour", "agency",
                "effective_received_at", "by_date", "moment", "total_working_days", "reject_by",
                "ask_more_by", "transfer_by", "answer_by", "expect_database_by")  # fmt: skip
    places = [(vector, key) for key in vector if key in expected]
    for place, key in list(places):
        if isinstance(place[key], dict):
            places.remove((place, key))
            places += _expectations(place[key]) or list(_leaves(place[key]))
    return places


def _leaves(place: dict) -> Iterator[tuple[dict, str]]:
    """Every value of an expectation whose names are figures of their own."""
    for key, value in place.items():
        if isinstance(value, dict):
            yield from _leaves(value)
        else:
            yield place, key


@pytest.mark.parametrize("case", [case for case in CASES if not case.pending], ids=str)
def test_a_vector_with_a_wrong_expectation_fails(case):
    """Changes each expectation of each vector in turn; none may pass unnoticed."""
    group, _, part = case.path.partition(".")
    count = len(_expectations(case.data))
    if case.path == "transitions.denied":
        wrong = {**case.data, "why": "payment pending"}
        assert failures({group: {part: [wrong]}})
        return
    assert count
    for place in range(count):
        vector = copy.deepcopy(case.data)
        holder, key = _expectations(vector)[place]
        holder[key] = _change(holder[key])
        document = {group: {part: [vector]}} if part else {group: [vector]}
        assert failures(document), f"{key} may be anything"
