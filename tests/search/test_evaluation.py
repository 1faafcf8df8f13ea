"""Measuring: how outcomes are counted, and how well the sample catalogue is found."""

import json
from pathlib import Path
from typing import Any

import pytest

from content.text import fold
from search.evaluation import BadGoldFile, evaluate, read_gold, titles_not_first
from search.index import KIND, STATUS, Search
from search.memory_index import MemoryIndex
from search.query import parse
from search.service import SearchService
from search.whoosh_index import WhooshIndex
from tests.search.samples import NOW, document

GOLD = Path(__file__).parents[1] / "data" / "queries.json"


def service(*names: tuple[int, str, str, str]) -> SearchService:
    index = MemoryIndex()
    index.rebuild(
        document(number, name, code=code, facets={"level": (level,)})
        for number, name, code, level in names
    )
    return SearchService(index)


def gold_file(folder: Path, *rows: Any) -> Path:
    path = folder / "gold.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def row(query: str, *expected: Any, kind: str = "exact", also: Any = ()) -> dict[str, Any]:
    return {"query": query, "kind": kind, "expected": expected, "also_acceptable": also}


ONE = {"code": "1.000001", "name": "Khai sinh", "level": "xã"}
TWO = {"code": "1.000002", "name": "Khai sinh lưu động", "level": "xã"}
UNCODED = {"code": None, "name": "khai tử", "level": "tỉnh"}


def test_outcomes_are_counted_by_kind(tmp_path: Path) -> None:
    asked = service(
        (1, "Khai sinh", "1.000001", "xa"),
        (2, "Khai sinh lưu động", "1.000002", "xa"),
        (3, "Khai tử", "", "tinh"),
    )
    path = gold_file(
        tmp_path,
        row("khai sinh", ONE),
        row("khai sinh", TWO),
        row("khai tu", UNCODED, kind="no_diacritics"),
        row("khai sinh", UNCODED, kind="colloquial", also=[TWO]),
    )
    report = evaluate(read_gold(path), asked, NOW)
    exact, bare, colloquial = report.by_kind.values()
    assert (exact.count, exact.success_at_1, exact.success_at_3, exact.mrr) == (2, 0.5, 1.0, 0.75)
    assert (bare.success_at_1, bare.mrr) == (1.0, 1.0)
    assert (colloquial.success_at_1, colloquial.success_at_3) == (0.0, 1.0)
    assert [miss.gold.query for miss in report.misses] == ["khai sinh", "khai sinh"]
    data = report.as_json()
    assert data["misses"][0]["expected_at"] == 2
    assert json.loads(json.dumps(data)) == data
    lines = list(report.as_lines())
    assert sum(line.startswith("trượt") for line in lines) == 2
    assert "0.500" in lines[1]


def test_the_same_code_at_another_level_is_a_miss(tmp_path: Path) -> None:
    asked = service((1, "Khai sinh", "1.000001", "tinh"))
    report = evaluate(read_gold(gold_file(tmp_path, row("khai sinh", ONE))), asked, NOW)
    assert report.misses[0].expected_at is None


@pytest.mark.parametrize(
    "content",
    ["", "{", "{}", '[{"query": "x"}]', "[1]", "[null]", '[{"query":"x","kind":"y","expected":1}]'],
)
def test_a_file_that_is_no_gold_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadGoldFile):
        read_gold(path)


def test_an_unknown_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGoldFile, match="query 1"):
        read_gold(gold_file(tmp_path, row("x", {**ONE, "level": "thôn"})))


def test_titles_of_the_same_words_count_as_equal() -> None:
    asked = service((1, "Khai sinh", "a", "xa"), (2, "Khai Sinh", "b", "tinh"))
    assert titles_not_first(["Khai sinh", "khai sinh"], asked, NOW) == []
    assert titles_not_first(["Khai tử"], asked, NOW) == [("Khai tử", "Khai sinh")]


@pytest.fixture(scope="module")
def sample_index(sample: Path) -> WhooshIndex:
    return WhooshIndex(sample / "index")


def test_the_sample_is_found_by_its_names_with_and_without_marks(
    sample_index: WhooshIndex,
) -> None:
    report = evaluate(read_gold(GOLD), SearchService(sample_index), NOW)
    scores = report.by_kind
    assert set(scores) == {"exact", "no_diacritics", "colloquial", "misspelt_abbrev"}
    assert scores["exact"].success_at_1 >= 0.9
    assert scores["no_diacritics"].success_at_1 >= 0.9


@pytest.mark.slow
def test_titles_in_force_find_themselves_first(sample_index: WhooshIndex) -> None:
    filters = {KIND: ("procedure",), STATUS: ("current",)}
    found = sample_index.search(Search(parse(""), NOW, filters, limit=2_000))
    assert found.total > 1_400
    titles = [stored.title for stored, _ in found.hits][::5]
    service = SearchService(sample_index)
    for asked in (titles, [fold(title) for title in titles]):
        assert len(titles_not_first(asked, service, NOW)) <= 0.02 * len(titles)
