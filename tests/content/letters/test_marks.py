"""QR codes and Code 128: what is drawn is what the standards say."""

from itertools import pairwise

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from content.errors import Invalid
from content.letters.marks import _PATTERNS, checksum, code128_bars, code128_values, qr_runs
from content.letters.render import Letters
from tests.content.letters.making import CODE, URL, receipt_slip
from tests.content.letters.reading import pixels

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)


def matrix_of(mark: dict) -> list[list[int]]:
    rows = [[0] * mark["size"] for _ in range(mark["size"])]
    for x, y, length in mark["runs"]:
        rows[y][x : x + length] = [1] * length
    return rows


@pytest.mark.parametrize("text", [URL, "a", "https://example.vn/tra-cuu?ma=Ẫ", "x" * 300])
def test_the_qr_runs_are_the_matrix_of_the_text(text: str) -> None:
    expected = segno.make_qr(text, error="m", boost_error=False).matrix
    assert matrix_of(qr_runs(text)) == [list(row) for row in expected]


def test_the_checksum_is_that_of_published_examples() -> None:
    # "PJJ123C" in set A and "Wikipedia" in set B: examples known from the literature.
    assert checksum([103, 48, 42, 42, 17, 18, 19, 35]) == 54
    assert checksum([104, 55, 73, 75, 73, 80, 69, 68, 73, 65]) == 88
    assert code128_values("Wikipedia") == [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]


def test_every_pattern_is_eleven_modules_and_unlike_the_others() -> None:
    assert len(_PATTERNS) == len(set(_PATTERNS)) == 107
    assert {sum(map(int, pattern)) for pattern in _PATTERNS[:-1]} == {11}
    # An even number of dark modules is what makes the code self-checking.
    assert {sum(map(int, pattern[::2])) % 2 for pattern in _PATTERNS[:-1]} == {0}


def decoded(values: list[int]) -> str:
    text, pairs = "", values[0] == 105
    for value in values[1:-2]:
        if value == 99 and not pairs:
            pairs = True
        elif value == 100 and pairs:
            pairs = False
        else:
            text += f"{value:02d}" if pairs else chr(value + 32)
    return text


@given(text=PRINTABLE)
def test_bars_decode_to_their_text(text: str) -> None:
    values = code128_values(text)
    assert decoded(values) == text
    assert values[-2] == checksum(values[:-2])


@given(text=st.from_regex(r"[0-9A-Z.-]{0,10}[0-9]{4,12}", fullmatch=True))
def test_pairs_of_digits_never_make_a_code_longer(text: str) -> None:
    assert len(code128_values(text)) <= len(text) + 3


@pytest.mark.parametrize("text", ["", "Mã 12", "tab\there", "١٢٣٤"])
def test_a_code_that_bars_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        code128_bars(text)
    assert caught.value.problems == {"code": "not_code128"}


def test_the_printed_qr_code_reads_as_the_url(letters: Letters) -> None:
    dots = pixels(letters.make(receipt_slip()), 168, 66, 28, 40)
    rows = [row for row in dots if any(row)]
    left = min(row.index(1) for row in rows)
    right = max(len(row) - row[::-1].index(1) for row in rows)
    expected = [list(row) for row in segno.make_qr(URL, error="m", boost_error=False).matrix]
    module = (right - left) / len(expected)
    assert abs(len(rows) - (right - left)) <= 2
    centres = [(n + 0.5) * module for n in range(len(expected))]
    assert [[rows[int(y)][left + int(x)] for x in centres] for y in centres] == expected


def test_the_printed_bars_are_those_of_the_dossier_code(letters: Letters) -> None:
    dots = pixels(letters.make(receipt_slip()), 30, 40, 68, 22)
    row = max(dots, key=lambda one: sum(a != b for a, b in pairwise(one)))
    start, end = row.index(1), len(row) - row[::-1].index(1)
    bars = code128_bars(CODE)
    module = (end - start) / bars["size"]
    dark = {x + n for x, width in bars["runs"] for n in range(width)}
    assert [row[start + int((n + 0.5) * module)] for n in range(bars["size"])] == [
        int(n in dark) for n in range(bars["size"])
    ]
