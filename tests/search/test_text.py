"""Words, their keys and the terms they are found under."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text import fold, nfc
from search.text import code_key, code_keys, codes_in, letters_alone, pattern_of, terms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("khuỷu", "khủyu"),
        ("thuý", "thúy"),
        ("kĩ", "kỹ"),
        ("tỉ", "tỷ"),
        ("quí", "quý"),
        ("Mĩ", "mỹ"),
        ("ĐĂNG", "đăng"),
        ("Ðăng", "Đăng"),
        ("ki\u0303", "kỹ"),
        ("đường\u200b", "đường"),
    ],
)
def test_spellings_of_one_word_are_one_word(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bán", "bản"), ("dang", "đang"), ("thi", "thy"), ("tai", "tay")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_letters_that_grow_when_lowered_are_words_too() -> None:
    (word,) = words("İşık")
    assert word.folded == "isık"
    assert word.has_marks


def test_terms_are_words_pairs_and_words_with_marks() -> None:
    assert terms(["Đăng ký ô tô", "số 5"]) == {
        *("dang", "ky", "o", "to", "so", "5"),
        *("dang_ky", "ky_o", "o_to", "so_5"),
        *("=đăng", "=ky4", "=ô", "=tô", "=sô4"),
    }


def test_no_pair_crosses_from_one_text_to_the_next() -> None:
    assert "sinh_ket" not in terms(["khai sinh", "kết hôn"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.001193", ["1-001193"]),
        ("tthc 1.001193.H41 ạ", ["1-001193-h41", "1-001193"]),
        ("1.001193.000.00.00.h26", ["1-001193-000-00-00-h26", "1-001193"]),
        ("1001193", ["1-001193"]),
        ("Nghị định số 61/2018/NĐ-CP", ["61-2018-nd-cp"]),
        ("luật 55/2010/QH12 và 1908/QĐ-BNNMT", ["55-2010-qh12", "1908-qd-bnnmt"]),
        ("ngày 05/5/2015", []),
        ("21.001193", []),
        ("đăng ký khai sinh", []),
    ],
)
def test_codes_and_numbers_are_recognised_in_a_text(text: str, found: list[str]) -> None:
    assert codes_in(text) == found


def test_a_number_is_the_same_with_or_without_marks_and_separators() -> None:
    assert code_key("53/2025/TT-BCA") == code_key(" 53-2025 tt bca ") == "53-2025-tt-bca"
    assert code_keys("QT-04") == ["qt-04"]


@given(st.text(max_size=80))
def test_any_text_has_words_that_can_be_indexed(text: str) -> None:
    for word in words(text):
        assert word.folded
        assert not any(char.isspace() for char in word.folded)
        assert len(word.folded) <= 120
    for term in terms([text]):
        term.encode()


@given(st.text(max_size=80))
def test_words_of_folded_text_have_no_marks_to_ask_for(text: str) -> None:
    vietnamese = nfc("".join(char for char in text if char in "aăâeêioôơuưyđ áàảãạ bcgh"))
    assert not any(word.has_marks for word in words(fold(vietnamese)))


@given(st.text(alphabet="aáàảãạăắâấđĐýỳiíeêếoôơớuưứ nghkltm,.-", max_size=60))
def test_places_stay_when_marks_are_taken_away(text: str) -> None:
    bare = letters_alone(text)
    assert len(bare) == len(text)
    assert bare == fold_each(text)


def fold_each(text: str) -> str:
    return "".join(fold(char) or char for char in text)


def test_a_pattern_finds_both_spellings() -> None:
    assert (pattern_of("ky"), pattern_of("sinh"), pattern_of("thuy")) == ("k[iy]", "sinh", "thuy")
