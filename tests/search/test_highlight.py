"""Marks in titles and snippets."""

from hypothesis import given
from hypothesis import strategies as st

from content.text import clean
from search.highlight import MAX_SNIPPET, Highlighter
from search.query import parse


def marked(query: str, text: str) -> list[str]:
    return [part for part, is_match in Highlighter(parse(query)).mark(text) if is_match]


def test_neighbouring_words_are_one_mark() -> None:
    parts = Highlighter(parse("dang ky khai sinh")).mark("Thủ tục đăng ký khai sinh lưu động")
    assert parts == (("Thủ tục ", False), ("đăng ký khai sinh", True), (" lưu động", False))


def test_single_words_are_marked_only_where_no_pair_is() -> None:
    assert marked("khai sinh", "Khai báo, sinh con, khai sinh") == ["khai sinh"]
    assert marked("khai sinh", "Khai báo, sinh con") == ["Khai", "sinh"]


def test_marks_that_were_typed_are_not_contradicted() -> None:
    assert marked("bán lẻ", "Bản lề và bán lẻ") == ["bán lẻ"]
    assert marked("ban le", "Bản lề và bán lẻ") == ["Bản lề", "bán lẻ"]
    assert marked("bán lẻ", "BAN LE") == ["BAN LE"]


def test_other_spellings_are_marked() -> None:
    assert marked("hoà giải", "Hòa giải ở cơ sở") == ["Hòa giải"]
    assert marked("kĩ thuật", "Kỹ thuật và kĩ thuật") == ["Kỹ thuật", "kĩ thuật"]


def test_only_whole_words_are_marked() -> None:
    assert marked("an", "Ăn uống an toàn, vận tải") == ["Ăn", "an"]


def test_nothing_is_marked_without_words() -> None:
    assert Highlighter(parse("")).mark("Khai sinh") == (("Khai sinh", False),)
    assert Highlighter(parse("")).snippet("Một\nHai") == (("Một", False),)
    assert Highlighter(parse("khai")).mark("") == ()
    assert Highlighter(parse("khai")).snippet("") == ()


def test_a_snippet_is_the_line_with_most_of_the_words() -> None:
    text = "Giấy tờ tùy thân\nGiấy khai sinh của con\nĐơn theo mẫu"
    parts = Highlighter(parse("giấy khai sinh")).snippet(text)
    assert parts == (("Giấy khai sinh", True), (" của con", False))


def test_a_long_line_is_cut_between_words_around_the_match() -> None:
    line = "một hai ba " * 60 + "khai sinh " + "bốn năm sáu " * 60
    parts = Highlighter(parse("khai sinh")).snippet(line)
    text = "".join(part for part, _ in parts)
    assert ("khai sinh", True) in parts
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) <= MAX_SNIPPET + 4
    assert set(text.strip("… ").split()) <= set(line.split())


@given(st.text(max_size=40), st.text(max_size=600))
def test_segments_joined_are_the_text(query: str, written: str) -> None:
    text = clean(written, multiline=True)
    highlighter = Highlighter(parse(query))
    assert "".join(part for part, _ in highlighter.mark(text)) == text
    snippet = "".join(part for part, _ in highlighter.snippet(text))
    assert len(snippet) <= MAX_SNIPPET + 4
    assert all(part for part, _ in highlighter.mark(text))


@given(st.lists(st.sampled_from(["khai", "sinh", "đăng", "ký", "ba", "\n", ","]), max_size=200))
def test_a_snippet_is_part_of_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    snippet = "".join(part for part, _ in Highlighter(parse("đăng ký khai sinh")).snippet(text))
    assert snippet.removeprefix("… ").removesuffix(" …") in text
