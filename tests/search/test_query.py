"""From what people type to what is asked."""

from hypothesis import given
from hypothesis import strategies as st

from search.index import Index, Search
from search.query import MAX_CHARS, MAX_READINGS, MAX_WORDS, name_key, parse
from tests.search.samples import NOW, document, put

SYNONYMS = {
    "so do": ["giấy chứng nhận quyền sử dụng đất"],
    "doc than": ["xác nhận tình trạng hôn nhân"],
    "cccd": ["căn cước", "thẻ căn cước công dân"],
}


def test_nothing_typed_asks_nothing() -> None:
    for text in ("", " \n\t", "?!", "\u200b\u200e", "\x00"):
        assert parse(text).is_empty


def test_a_leading_thu_tuc_may_be_missing() -> None:
    (reading,) = parse("Thủ tục đăng ký khai sinh").readings
    assert reading.core == ("dang", "ky", "khai", "sinh")
    assert parse("thủ tục").readings[0].core == ("thu", "tuc")
    assert name_key("Thủ tục đăng ký khai sinh") == name_key("dang ky, KHAI SINH")


def test_names_that_differ_only_at_the_end_differ() -> None:
    long = "thẩm định thiết kế xây dựng " * 15
    assert name_key(long + "cấp tỉnh") != name_key(long + "cấp xã")


def test_everyday_words_add_an_official_reading() -> None:
    typed, official = parse("làm lại sổ đỏ bị mất", SYNONYMS).readings
    assert " ".join(typed.folded) == "lam lai so do bi mat"
    assert official.folded[:3] == ("lam", "lai", "giay")
    assert official.folded[-2:] == ("bi", "mat")


def test_an_official_reading_finds_what_the_typed_words_do_not(index: Index) -> None:
    put(index, document(1, "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"))
    put(index, document(2, "Xác nhận thân nhân"))
    query = parse("xin giấy độc thân", SYNONYMS)
    hits = index.search(Search(query, NOW)).hits
    assert next(stored.key for stored, _ in hits) == "procedure:1"


@given(st.text(max_size=30), st.integers(1, 2000))
def test_any_text_gives_a_bounded_query(text: str, times: int) -> None:
    query = parse(text * times, SYNONYMS)
    assert len(query.text) <= MAX_CHARS * 4
    assert len(query.readings) <= MAX_READINGS
    assert all(len(reading.words) <= MAX_WORDS for reading in query.readings)
    query.text.encode()


def test_operators_and_field_names_are_words() -> None:
    (reading,) = parse('title:"khai" AND NOT id:* OR (sinh)').readings
    assert reading.folded == ("title", "khai", "and", "not", "id", "or", "sinh")
