"""Vietnamese text: folding, cleaning, slugs and order."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.text import clean, fold, has_lone_surrogate, nfc, slugify, sort_key

PROPERTY = settings(max_examples=200)
words = st.text(alphabet="aàáảãạăằâấđĐeéêoôơớuưiyYnghtx 1-.", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Điện Biên Phủ", "duong dien bien phu"),
        ("\u00d0ường \u00f0i", "duong di"),
        ("Hộ\u00a0tịch", "ho tich"),
        (unicodedata.normalize("NFD", "Chứng thực chữ ký"), "chung thuc chu ky"),
        ("  Hoà   hòa\thoả ", "hoa hoa hoa"),
        ("THỦ TỤC HÀNH CHÍNH", "thu tuc hanh chinh"),
        ("Hộ\u200b tịch\ufeff", "ho tich"),
        ("ﾃﾞ", "ﾃﾞ"),
        ("", ""),
    ],
)
def test_folding_takes_marks_and_case_away(text, folded):
    assert fold(text) == folded


@PROPERTY
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@PROPERTY
@given(words)
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(text.upper()) == fold(text)


@PROPERTY
@given(st.text(max_size=60), st.booleans())
def test_cleaning_twice_is_cleaning_once(text, multiline):
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once


@PROPERTY
@given(st.text(alphabet=st.characters(), max_size=60))
def test_cleaned_text_can_be_kept(text):
    cleaned = clean(text)
    assert nfc(cleaned) == cleaned
    assert not has_lone_surrogate(cleaned)
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")


def test_cleaning_keeps_lines_only_when_asked():
    text = "Dòng một \r\n\r\n\r\n\r\nDòng\u00a0hai\x00 "
    assert clean(text) == "Dòng một Dòng hai"
    assert clean(text, multiline=True) == "Dòng một\n\nDòng hai"


def test_a_lone_surrogate_becomes_a_replacement():
    assert has_lone_surrogate("a\ud800")
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("\ud83d\ude00") == "\U0001f600"


def test_a_mark_behind_an_invisible_sign_joins_its_letter():
    assert clean("ba\u200b\u0300") == "bà"


@pytest.mark.parametrize(
    ("text", "limit", "slug"),
    [
        ("Đăng ký khai sinh (đúng hạn)", 80, "dang-ky-khai-sinh-dung-han"),
        ("Đăng ký khai sinh", 12, "dang-ky-khai"),
        ("Đăng ký khai sinh", 14, "dang-ky-khai"),
        ("Nghiêng", 3, "ngh"),
        ("…", 80, ""),
    ],
)
def test_slugs_are_folded_and_cut_at_words(text, limit, slug):
    assert slugify(text, limit=limit) == slug


IN_ORDER = [
    "",
    "1 cửa",
    "12 con giáp",
    "a",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "an",
    "ăn",
    "ân",
    "ba",
    "bà",
    "bá",
    "bạ",
    "ca",
    "da",
    "đa",
    "Đà Nẵng",
    "Đắk Lắk",
    "em",
    "êm",
    "Hà Giang",
    "Hà Nội",
    "Hải Phòng",
    "hoa",
    "hòa",
    "on",
    "ôn",
    "ơn",
    "tự",
    "xã",
    "ý",
    "日本",
]


def test_words_sort_as_in_a_vietnamese_dictionary():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@PROPERTY
@given(st.text(max_size=40))
def test_any_text_has_a_place_in_the_order(text):
    letters, tones = sort_key(text)
    assert len(letters) == len(tones)
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(nfc(text))


def test_what_is_never_a_character_is_taken_out():
    assert clean("a\ufffeb\uffffc\ufdd0d\U0001ffffe") == "a b c d e"
    assert clean("Ẫ 👨‍👩‍👧 đ") == "Ẫ 👨👩👧 đ"
