"""What every index promises about finding, ordering, filtering and counting."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.text import fold
from search.documents import Kind
from search.index import Index, Search, Sort
from search.memory_index import MemoryIndex
from search.query import parse
from search.text import words
from tests.search.samples import NOW, ask, document, keys, put, titles

BIRTH = document(1, "Thủ tục đăng ký khai sinh", code="1.001193", other_codes=("1.001193.H41",))
BIRTH_ABROAD = document(2, "Thủ tục đăng ký khai sinh có yếu tố nước ngoài", code="2.000528")
LIQUOR = document(3, "Cấp giấy phép bán lẻ rượu", cites=("53/2025/TT-BCA",))
HINGE = document(4, "Cấp giấy phép sản xuất bản lề rượu")


def test_words_are_found_with_and_without_marks(index: Index) -> None:
    put(index, BIRTH, BIRTH_ABROAD, LIQUOR)
    for text in (
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "ĐĂNG KÝ KHAI SINH",
        "Ðăng kí khai sinh",
    ):
        assert keys(index, text)[:2] == ["procedure:1", "procedure:2"]


def test_decomposed_text_is_the_same_text(index: Index) -> None:
    put(index, BIRTH)
    assert keys(index, "đa\u0306ng ky\u0301 khai sinh") == ["procedure:1"]


def test_the_tone_may_stand_on_either_vowel_and_i_for_y(index: Index) -> None:
    put(index, document(1, "Hòa giải viên"), document(2, "Kỹ thuật"))
    assert keys(index, "hoà giải") == ["procedure:1"]
    assert keys(index, "kĩ thuật") == ["procedure:2"]


def test_single_letters_and_common_words_count(index: Index) -> None:
    put(index, document(1, "Trạm y tế"), document(2, "Bãi đỗ xe ô tô"), document(3, "Của và cho"))
    assert keys(index, "y te") == ["procedure:1"]
    assert keys(index, "o to") == ["procedure:2"]
    assert keys(index, "và") == ["procedure:3"]


def test_equal_marks_come_before_equal_letters(index: Index) -> None:
    put(index, HINGE, LIQUOR)
    assert keys(index, "bán lẻ rượu")[0] == "procedure:3"
    put(index, document(5, "Bản lề"), document(6, "Bán lẻ"))
    assert keys(index, "bản lề")[0] == "procedure:5"
    assert keys(index, "bán lẻ")[0] == "procedure:6"


def test_the_name_weighs_more_than_the_body(index: Index) -> None:
    put(index, document(1, "Việc khác", body="trợ cấp thất nghiệp"))
    put(index, document(2, "Hưởng trợ cấp thất nghiệp", body="việc khác"))
    assert keys(index, "tro cap that nghiep") == ["procedure:2", "procedure:1"]


def test_other_names_are_found_too(index: Index) -> None:
    put(index, document(1, "Cấp lại Giấy chứng nhận", aliases=("sổ đỏ",)))
    assert keys(index, "sổ đỏ") == ["procedure:1"]


@pytest.mark.parametrize(
    "text", ["1.001193", "1.001193.H41", "1.001193.000.00.00.H26", "1001193", "mã 1.001193 là gì"]
)
def test_a_code_comes_before_all_else(index: Index, text: str) -> None:
    put(index, document(9, "Mã 1.001193 là gì", body="mã 1.001193"), BIRTH, BIRTH_ABROAD)
    assert keys(index, text)[0] == "procedure:1"


@pytest.mark.parametrize(
    "text", ["53/2025/TT-BCA", "thông tư 53/2025/tt-bca", "53/2025/TT‑BCA".replace("‑", "-")]
)
def test_a_document_number_finds_what_cites_it(index: Index, text: str) -> None:
    put(index, BIRTH, LIQUOR, document(7, "Thông tư về việc khác", body="53 việc năm 2025"))
    assert keys(index, text)[0] == "procedure:3"


def test_a_decision_is_found_before_what_cites_it(index: Index) -> None:
    decree = document(8, "Quyết định công bố", code="1908/QĐ-UBND")
    put(index, document(1, "Thủ tục", cites=("1908/QĐ-UBND",)), decree)
    assert keys(index, "1908/qd-ubnd") == ["procedure:8", "procedure:1"]


def test_history_comes_last_even_when_it_fits_better(index: Index) -> None:
    past = document(1, "Cấp bản sao trích lục hộ tịch", is_current=False)
    put(index, past, document(2, "Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh"))
    assert keys(index, "cấp bản sao trích lục hộ tịch") == ["procedure:2", "procedure:1"]


def test_history_can_be_left_out_or_asked_for_alone(index: Index) -> None:
    put(index, BIRTH, document(2, "Đăng ký khai sinh (cấp huyện)", is_current=False))
    assert keys(index, "khai sinh", filters={"status": ("current",)}) == ["procedure:1"]
    assert keys(index, "khai sinh", filters={"status": ("expired",)}) == ["procedure:2"]


def test_the_same_code_at_two_levels_shows_the_one_in_force_first(index: Index) -> None:
    put(index, document(1, "Cũ", code="2.000815", is_current=False))
    put(index, document(2, "Mới", code="2.000815"))
    assert keys(index, "2.000815") == ["procedure:2", "procedure:1"]


def test_a_whole_name_comes_before_longer_names(index: Index) -> None:
    names = [f"Đăng ký thường trú {'lại ' * n}cho người dân" for n in range(1, 30)]
    put(index, *(document(n, name) for n, name in enumerate(names, start=2)))
    put(index, document(1, "Đăng ký thường trú"))
    assert keys(index, "dang ky thuong tru")[0] == "procedure:1"
    assert keys(index, "thủ tục đăng ký thường trú")[0] == "procedure:1"


def test_words_apart_are_found_after_words_together(index: Index) -> None:
    put(index, document(1, "Chấm dứt hộ gia đình kinh doanh"), document(2, "Hộ kinh doanh"))
    assert keys(index, "hộ kinh doanh") == ["procedure:2", "procedure:1"]


def test_when_nothing_has_all_the_words_most_of_them_are_enough(index: Index) -> None:
    put(index, BIRTH, LIQUOR)
    assert keys(index, "làm giấy khai sinh cho cháu đăng ký") == ["procedure:1"]


def test_a_title_without_words_does_no_harm(index: Index) -> None:
    put(index, document(1, "…", body="khai sinh"), document(2, "", body="khai sinh"))
    assert set(keys(index, "khai sinh")) == {"procedure:1", "procedure:2"}


def test_nothing_is_found_for_words_that_occur_nowhere(index: Index) -> None:
    put(index, BIRTH)
    found = ask(index, "zzz qqq")
    assert (found.hits, found.total) == ((), 0)


def test_filters_narrow_and_unknown_values_find_nothing(index: Index) -> None:
    put(index, document(1, "Một việc", facets={"level": ("xa",)}))
    put(index, document(2, "Một việc", facets={"level": ("tinh",)}))
    assert keys(index, "việc", filters={"level": ("tinh",)}) == ["procedure:2"]
    both = keys(index, "việc", filters={"level": ("tinh", "xa")})
    assert sorted(both) == ["procedure:1", "procedure:2"]
    assert keys(index, "việc", filters={"level": ("huyen",)}) == []
    assert keys(index, "việc", filters={"no such facet": ("x",)}) == []


def test_a_facet_counts_what_its_other_values_would_give(index: Index) -> None:
    for number, (level, sector) in enumerate([("xa", "a"), ("xa", "b"), ("tinh", "a")]):
        put(index, document(number, "Việc", facets={"level": (level,), "sector": (sector,)}))
    found = ask(index, "việc", filters={"level": ("xa",)})
    assert found.total == 2
    assert found.facets["level"] == (("xa", 2), ("tinh", 1))
    assert found.facets["sector"] == (("a", 1), ("b", 1))
    assert found.facets["kind"] == (("procedure", 2),)


def test_nothing_asked_means_everything_newest_first_and_history_last(index: Index) -> None:
    put(index, document(1, "Cũ", published=date(2026, 1, 1)))
    put(index, document(2, "Mới", published=date(2026, 9, 1)))
    put(index, document(3, "Xưa", published=date(2026, 10, 1), is_current=False))
    for text in ("", "  \u200b ", "?!…"):
        assert keys(index, text) == ["procedure:2", "procedure:1", "procedure:3"]


def test_results_can_be_sorted_by_the_vietnamese_alphabet(index: Index) -> None:
    names = ["Đất", "Dân số", "Ăn uống", "An toàn", "Bán"]
    put(index, *(document(n, f"{name} việc") for n, name in enumerate(names)))
    found = titles(index, "việc", sort=Sort.TITLE)
    assert found == [f"{n} việc" for n in ("An toàn", "Ăn uống", "Bán", "Dân số", "Đất")]


def test_results_can_be_sorted_by_date(index: Index) -> None:
    for day in (3, 9, 5):
        put(index, document(day, "Tin về việc này", published=date(2026, 5, day)))
    assert keys(index, "việc", sort=Sort.NEWEST) == ["procedure:9", "procedure:5", "procedure:3"]


def test_pages_follow_each_other_without_gap_or_overlap(index: Index) -> None:
    put(index, *(document(n, f"Việc {n} của dân", is_current=n % 3 > 0) for n in range(50)))
    all_keys = keys(index, "việc dân", limit=50)
    pages = [keys(index, "việc dân", offset=start, limit=7) for start in range(0, 56, 7)]
    assert [key for page in pages for key in page] == all_keys
    assert len(set(all_keys)) == 50 == ask(index, "việc dân", limit=1).total


def test_what_is_not_visible_now_is_not_found_nor_counted(index: Index) -> None:
    put(index, document(1, "Tin mai", visible_from=NOW + timedelta(days=1)))
    put(index, document(2, "Tin qua", visible_to=NOW))
    put(index, document(3, "Tin nay", visible_from=NOW, visible_to=NOW + timedelta(days=2)))
    found = ask(index, "tin")
    assert [stored.key for stored, _ in found.hits] == ["procedure:3"]
    assert (found.total, found.facets["kind"]) == (1, (("procedure", 1),))
    assert set(keys(index, "tin", at=NOW + timedelta(days=1))) == {"procedure:1", "procedure:3"}


def test_the_generation_changes_with_content_and_with_visibility(index: Index) -> None:
    first = index.generation(NOW)
    assert index.generation(NOW + timedelta(days=300)) == first
    put(index, document(1, "Tin", visible_from=NOW + timedelta(hours=1)))
    second = index.generation(NOW)
    assert second != first
    assert index.generation(NOW + timedelta(minutes=59)) == second
    assert index.generation(NOW + timedelta(minutes=60)) != second


def test_a_change_replaces_all_documents_of_its_owner(index: Index) -> None:
    form = document(1, "Tờ khai", key="form:7", kind=Kind.FORM, owner="procedure:1")
    index.replace({"procedure:1": [BIRTH, form], "procedure:2": [BIRTH_ABROAD]})
    assert keys(index, "tờ khai")[0] == "form:7"
    index.replace({"procedure:1": [document(1, "Đăng ký khai tử")]})
    assert "form:7" not in keys(index, "tờ khai")
    assert keys(index, "khai tử") == ["procedure:1"]
    index.replace({"procedure:1": [], "procedure:404": []})
    assert (keys(index, "tử"), index.doc_count()) == ([], 1)


def test_a_change_may_come_twice(index: Index) -> None:
    put(index, BIRTH)
    put(index, BIRTH)
    assert index.doc_count() == 1
    assert len(keys(index, "khai sinh")) == 1


def test_many_changes_leave_exactly_what_was_last_said(index: Index) -> None:
    for turn in range(12):
        put(index, *(document(n, f"Lần thứ {turn} số {n}") for n in range(turn % 5 + 1)))
    assert index.doc_count() == 5
    assert set(titles(index, "lần thứ")) == {
        *("Lần thứ 11 số 0", "Lần thứ 11 số 1"),
        *("Lần thứ 9 số 2", "Lần thứ 9 số 3", "Lần thứ 9 số 4"),
    }


def test_a_failed_change_changes_nothing(index: Index) -> None:
    put(index, BIRTH)

    def broken():
        yield LIQUOR
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.rebuild(broken())
    assert keys(index, "khai sinh") == ["procedure:1"]
    put(index, LIQUOR)
    assert index.doc_count() == 2


def test_a_rebuild_forgets_what_is_no_longer_there(index: Index) -> None:
    put(index, BIRTH)
    assert index.rebuild([LIQUOR]) == 1
    assert keys(index, "khai sinh") == []
    assert keys(index, "rượu") == ["procedure:3"]


def test_an_index_that_was_never_built_says_so_and_finds_nothing(bare_index: Index) -> None:
    assert bare_index.needs_rebuild()
    put(bare_index, BIRTH)
    assert bare_index.needs_rebuild()
    assert (keys(bare_index, "khai sinh"), bare_index.doc_count()) == ([], 0)
    bare_index.rebuild([BIRTH])
    assert not bare_index.needs_rebuild()
    assert keys(bare_index, "khai sinh") == ["procedure:1"]


def test_hits_carry_what_is_needed_to_show_them(index: Index) -> None:
    put(
        index,
        document(
            5,
            "Tin",
            kind=Kind.NEWS,
            key="article:5",
            summary="Tóm tắt",
            body="Dòng một\nDòng hai",
            facets={"section": ("the-che",)},
            published=date(2026, 5, 1),
        ),
    )
    ((stored, score),) = ask(index, "tin").hits
    assert (stored.key, stored.kind, stored.object_id) == ("article:5", Kind.NEWS, 5)
    assert (stored.summary, stored.body) == ("Tóm tắt", "Dòng một\nDòng hai")
    assert (stored.facets, stored.published) == ({"section": ("the-che",)}, date(2026, 5, 1))
    assert stored.is_current
    assert score > 0


def test_keys_are_those_of_the_hits(index: Index) -> None:
    put(index, *(document(n, f"Việc {n}") for n in range(30)))
    asked = Search(parse("việc"), NOW, limit=30)
    assert index.keys(asked) == tuple(stored.key for stored, _ in index.search(asked).hits)


def test_digests_tell_which_documents_are_held_and_how(index: Index) -> None:
    put(index, BIRTH, LIQUOR)
    before = dict(index.digests())
    assert set(before) == {"procedure:1", "procedure:3"}
    put(index, document(1, BIRTH.title, body="khác"))
    after = index.digests()
    assert after["procedure:3"] == before["procedure:3"]
    assert after["procedure:1"] != before["procedure:1"]


ODD = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet='"*:()[]{}~^+-!&|/\\ ANDORNOTtoTitle\x00\u202e\ud800', max_size=60),
    st.builds(lambda text, n: text * n, st.text(min_size=1, max_size=5), st.integers(1, 4000)),
)


@settings(max_examples=150)
@given(text=ODD)
def test_any_text_is_answered(text: str) -> None:
    found = ask(STOCKED, text)
    assert 0 <= found.total <= STOCKED.doc_count()
    assert len(found.hits) <= found.total


SYLLABLES = st.sampled_from(
    [
        *("đăng", "ký", "khai", "sinh", "kết", "hôn"),
        *("bán", "lẻ", "hoà", "giải", "ở", "cơ", "sở", "y"),
    ]
)


@settings(max_examples=100)
@given(st.lists(SYLLABLES, min_size=1, max_size=6))
def test_a_query_without_marks_finds_all_that_it_finds_with_marks(typed: list[str]) -> None:
    text = " ".join(typed)
    with_marks = set(keys(STOCKED, text, limit=99))
    assert with_marks == set(keys(STOCKED, fold(text), limit=99))
    every_word = {word.folded for word in words(text)}
    for key in with_marks if len(every_word) == 1 else ():
        title = next(d.title for d in NAMED if d.key == key)
        assert every_word & {word.folded for word in words(title)}


NAMED = [
    document(n, title)
    for n, title in enumerate(
        [
            "Đăng ký khai sinh",
            "Đăng ký kết hôn",
            "Cấp giấy phép bán lẻ rượu",
            "Hòa giải ở cơ sở",
            "Trạm y tế cơ sở",
            "Bản lề cửa",
            "Sinh hoạt",
        ]
    )
]
STOCKED = MemoryIndex()
STOCKED.rebuild(NAMED)
