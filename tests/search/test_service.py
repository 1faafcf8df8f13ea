"""Searching for people: clamped, remembered, marked."""

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import Kind
from search.index import KIND, Index, Sort
from search.memory_index import MemoryIndex
from search.service import MAX_PAGE_SIZE, MAX_RESULTS, SearchRequest, SearchService
from tests.search.samples import NOW, document, put


class Counting(MemoryIndex):
    """Counts how often it is really asked."""

    asked = 0

    def search(self, search):
        self.asked += 1
        return super().search(search)


def test_a_hit_says_what_it_is_and_why(index: Index) -> None:
    put(index, document(1, "Đăng ký khai sinh", code="1.001193", body="Tờ khai\nGiấy khai sinh"))
    page = SearchService(index).search(SearchRequest("khai sinh", NOW))
    (hit,) = page.hits
    assert (hit.kind, hit.object_id, hit.code) == (Kind.PROCEDURE, 1, "1.001193")
    assert hit.title_parts == (("Đăng ký ", False), ("khai sinh", True))
    assert hit.snippet == (("Giấy ", False), ("khai sinh", True))
    assert hit.is_current
    assert (page.total, page.page, page.pages) == (1, 1, 1)


def test_nothing_in_a_text_becomes_markup(index: Index) -> None:
    put(index, document(1, "Khai <b>sinh</b> & tử"))
    (hit,) = SearchService(index).search(SearchRequest("<b>sinh</b>", NOW)).hits
    assert "".join(part for part, _ in hit.title_parts) == "Khai <b>sinh</b> & tử"


def test_pages_and_sizes_are_brought_into_range(index: Index) -> None:
    put(index, *(document(n, f"Việc {n}") for n in range(120)))
    service = SearchService(index)
    low = service.search(SearchRequest("việc", NOW, page=-3, page_size=0))
    assert (low.page, low.page_size, len(low.hits)) == (1, 1, 1)
    high = service.search(SearchRequest("việc", NOW, page=10**9, page_size=10**9))
    assert (high.page, high.page_size) == (MAX_RESULTS // MAX_PAGE_SIZE, MAX_PAGE_SIZE)
    assert (high.hits, high.total, high.pages) == ((), 120, 2)


def test_the_same_question_is_answered_once_until_something_changes() -> None:
    index = Counting()
    index.rebuild([document(1, "Khai sinh", visible_to=NOW + timedelta(hours=1))])
    service = SearchService(index)
    for text in ("khai sinh", " khai  sinh ", "khai\u200b sinh"):
        service.search(SearchRequest(text, NOW))
    assert index.asked == 1
    service.search(SearchRequest("khai sinh", NOW, {"kind": ["news"]}))
    service.search(SearchRequest("khai sinh", NOW, sort=Sort.TITLE))
    service.search(SearchRequest("khai sinh", NOW, page=2))
    assert index.asked == 4
    put(index, document(2, "Khai sinh lại"))
    assert service.search(SearchRequest("khai sinh", NOW)).total == 2
    later = service.search(SearchRequest("khai sinh", NOW + timedelta(hours=1)))
    assert later.total == 1


def test_the_oldest_answers_are_forgotten() -> None:
    index = Counting()
    index.rebuild([document(1, "Khai sinh")])
    service = SearchService(index)
    for number in range(300):
        service.search(SearchRequest(f"khai {number}", NOW))
    assert index.asked == 300
    service.search(SearchRequest("khai 299", NOW))
    assert index.asked == 300
    service.search(SearchRequest("khai 0", NOW))
    assert index.asked == 301


def test_ids_of_all_procedures_come_best_first(index: Index) -> None:
    put(index, *(document(n, f"Đăng ký việc {n}") for n in range(200)))
    put(index, document(500, "Đăng ký"), document(501, "Đăng ký cũ", is_current=False))
    put(index, document(9, "Đăng ký nhận tin", key="article:9", kind=Kind.NEWS))
    ids = SearchService(index).procedure_ids("đăng ký", at=NOW)
    assert (ids[0], ids[-1], len(ids)) == (500, 501, 202)


STOCKED = MemoryIndex()
STOCKED.rebuild([document(n, f"Việc {n}", facets={"level": ("xa",)}) for n in range(30)])


@settings(max_examples=60)
@given(
    text=st.text(max_size=50),
    filters=st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=200), max_size=30)),
    page=st.integers(),
    size=st.integers(),
)
def test_any_request_is_answered(text: str, filters: dict, page: int, size: int) -> None:
    request = SearchRequest(text, NOW, filters, page=page, page_size=size)
    given_page = SearchService(STOCKED).search(request)
    assert len(given_page.hits) <= given_page.page_size <= MAX_PAGE_SIZE
    assert given_page.page >= 1


GOLD = json.loads((Path(__file__).parents[1] / "data" / "queries.json").read_text("utf-8"))
QUERIES = [row["query"] for row in GOLD]
PHRASES = sorted({" ".join(pair) for text in QUERIES for pair in pairwise(text.split())})
NAMES = sorted({one["name"] for row in GOLD for one in row["expected"]})
KINDS = (Kind.PROCEDURE, Kind.PROCEDURE, Kind.NEWS, Kind.FORM)


def of_all_kinds() -> SearchService:
    """The names of the gold queries over the kinds, each once more with its words turned
    around, so that single words find what pairs of neighbours do not."""
    index = MemoryIndex()
    turned = [" ".join(reversed(name.split())) for name in NAMES]
    index.rebuild(
        document(number, name, key=f"{KINDS[number % 4]}:{number}", kind=KINDS[number % 4])
        for number, name in enumerate([*NAMES, *turned])
    )
    return SearchService(index)


SPREAD = of_all_kinds()


@settings(max_examples=150)
@given(st.sampled_from(QUERIES) | st.sampled_from(PHRASES))
def test_what_is_counted_for_a_kind_is_what_that_kind_gives(text: str) -> None:
    counted = dict(SPREAD.search(SearchRequest(text, NOW)).facets.get(KIND, ()))
    assert sum(counted.values()) == SPREAD.search(SearchRequest(text, NOW)).total
    for kind in Kind:
        given = SPREAD.search(SearchRequest(text, NOW, {KIND: (kind.value,)}))
        assert given.total == counted.get(kind.value, 0)
        assert dict(given.facets.get(KIND, ())) == counted
