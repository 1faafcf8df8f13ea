"""Marks for machines: QR codes and Code 128 bars, as plain numbers for the templates to draw.

Code 128 (ISO/IEC 15417) in sets B and C, enough for codes of letters, digits and signs.
"""

from collections.abc import Iterator, Sequence

import segno

from content.errors import Invalid

# Widths of bar, gap, bar, gap, bar, gap for the values 0–105, and the stop.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 "
    "112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 "
    "311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_PATTERNS = _TABLE.split()
_TO_C, _TO_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106
# Switching to pairs of digits pays from four digits at either end, from six in the middle.
_PAYS_AT_END, _PAYS_INSIDE = 4, 6


def qr_runs(text: str) -> dict[str, object]:
    """The QR code (level M) as ``{"size": modules, "runs": [[x, y, length], …]}``, no border."""
    rows = [list(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix]
    runs = [[x, y, length] for y, row in enumerate(rows) for x, length in _dark_runs(row)]
    return {"size": len(rows), "runs": runs}


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and row[end]:
            end += 1
        if end > start:
            yield start, end - start
        start = end + 1


def code128_bars(text: str) -> dict[str, object]:
    """Code 128 as ``{"size": modules, "runs": [[x, width], …]}`` of dark bars, no quiet zone.

    Raises ``Invalid`` for an empty text or a character outside ASCII 32–126.
    """
    values = code128_values(text)
    widths = [int(width) for value in values for width in _PATTERNS[value]]
    runs, x = [], 0
    for position, width in enumerate(widths):
        if position % 2 == 0:
            runs.append([x, width])
        x += width
    return {"size": x, "runs": runs}


def code128_values(text: str) -> list[int]:
    """Start, data, check and stop values of a text."""
    if not text or any(not " " <= char <= "~" for char in text):
        raise Invalid({"code": "not_code128"})
    values = _data_values(text)
    return [*values, checksum(values), _STOP]


def checksum(values: Sequence[int]) -> int:
    """The check value of start and data values: weighted sum modulo 103."""
    return (values[0] + sum(place * value for place, value in enumerate(values))) % 103


def _data_values(text: str) -> list[int]:
    """Start and data values, pairs of digits in set C where that is shorter."""
    values: list[int] = []
    position = 0
    while position < len(text):
        pairs = _pairs_at(text, position)
        if pairs:
            values.append(_TO_C if values else _START_C)
            values += [int(text[at : at + 2]) for at in range(position, position + pairs, 2)]
            position += pairs
        if position < len(text) and (pairs or not values):
            values.append(_TO_B if values else _START_B)
        if position < len(text):
            values.append(ord(text[position]) - 32)
            position += 1
    return values


def _pairs_at(text: str, position: int) -> int:
    """How many digits from here go into set C: an even number, or 0 when it does not pay.

    An odd digit stays in set B at the front of its run, so a run is only taken from
    a place where the rest of it is even.
    """
    end = position
    while end < len(text) and text[end].isdigit():
        end += 1
    length = end - position
    at_an_end = position == 0 or end == len(text)
    if length < (_PAYS_AT_END if at_an_end else _PAYS_INSIDE):
        return 0
    return 0 if length % 2 else length
