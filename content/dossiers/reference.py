"""Codes of dossiers: reading every shape in use, making the next one, look-up codes.

Shapes: TT 01/2018/TT-VPCP art. 19 (unit by QCVN 102:2016, lowest level first), the order
of QĐ 20/2020/QĐ-TTg (highest level first), and the national portal since 2026. A code is
printed and guessable: it never grants access. Counters and uniqueness are the database's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content.errors import Invalid
from content.text import clean


class Scheme(StrEnum):
    """Shapes of a dossier code."""

    TT01_2018 = "tt01-2018"
    QD20_2020 = "qd20-2020"
    NATIONAL_2026 = "national-2026"


class CodeProblem(StrEnum):
    """Why a text is no dossier code."""

    SHAPE = "shape"
    DATE = "date"
    SEQUENCE_ZERO = "sequence_zero"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class DossierCode:
    """A code taken apart; ``date`` is the day of receipt."""

    text: str
    scheme: Scheme
    unit: str
    date: date
    sequence: int


@dataclass(frozen=True)
class ParsedCode:
    """Either the code or the problem."""

    code: DossierCode | None
    problem: CodeProblem | None = None

    @property
    def valid(self) -> bool:
        """Whether the text is a dossier code."""
        return self.code is not None


@dataclass(frozen=True)
class _Shape:
    scheme: Scheme
    unit: re.Pattern[str]
    date_digits: int
    sequence_digits: int


#: Local systems count with 4 digits, ministries' with 6 or 7, the national portal with 7.
_TT01_UNIT = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}")
_QD20_UNIT = re.compile(r"[A-Y][0-9]{2}(?:\.[0-9]{2})*")
_SHAPES = (
    _Shape(Scheme.TT01_2018, _TT01_UNIT, 6, 4),
    _Shape(Scheme.QD20_2020, _QD20_UNIT, 6, 4),
    _Shape(Scheme.QD20_2020, _QD20_UNIT, 6, 6),
    _Shape(Scheme.QD20_2020, _QD20_UNIT, 6, 7),
    _Shape(Scheme.NATIONAL_2026, _QD20_UNIT, 8, 7),
)
_MAX_UNIT = 35
_MAX_TYPED = 80
_WRITTEN = re.compile(r"[0-9A-Z]+(?:[.-][0-9A-Z]+)*")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SEQUENCE_DIGITS = {Scheme.TT01_2018: 4, Scheme.QD20_2020: 4, Scheme.NATIONAL_2026: 7}


def parse_code(text: str) -> ParsedCode:
    """Reads a dossier code as people type it.

    Case and spaces do not matter; dots and hyphens may be missing as long as only one
    reading is left.
    """
    codes = readings(text)
    if len(codes) == 1:
        return ParsedCode(codes[0])
    if codes:
        return ParsedCode(None, CodeProblem.AMBIGUOUS)
    return ParsedCode(None, _problem(text))


def readings(text: str) -> tuple[DossierCode, ...]:
    """All codes a text may mean, the most usual shape first; for look-up forms."""
    good = (_decode(*parts) for parts in _candidates(_tidy(text)))
    return tuple(code for code in good if isinstance(code, DossierCode))


def _problem(text: str) -> CodeProblem:
    """The nearest miss: a right shape with a wrong date or number, else the shape."""
    misses = [_decode(*parts) for parts in _candidates(_tidy(text))]
    for problem in (CodeProblem.SEQUENCE_ZERO, CodeProblem.DATE):
        if problem in misses:
            return problem
    return CodeProblem.SHAPE


def format_code(
    unit: str, received_on: date, sequence: int, scheme: Scheme = Scheme.QD20_2020
) -> str:
    """The code of the ``sequence``-th dossier a unit received that day.

    A unit written lowest level first keeps the shape of TT 01/2018 under the local
    schemes. Raises ``Invalid`` for a unit of no known shape and for a sequence that is
    zero or does not fit.
    """
    digits = _SEQUENCE_DIGITS[scheme]
    local = scheme is not Scheme.NATIONAL_2026
    known = _QD20_UNIT.fullmatch(unit) or (local and _TT01_UNIT.fullmatch(unit))
    if not known or len(unit) > _MAX_UNIT:
        raise Invalid({"unit": "shape"})
    if not 1 <= sequence < 10**digits:
        raise Invalid({"sequence": "out_of_range"})
    day = f"{received_on:%y%m%d}" if local else f"{received_on:%Y%m%d}"
    return f"{unit}-{day}-{sequence:0{digits}d}"


def next_code(
    unit: str, received_on: date, last_sequence_today: int, scheme: Scheme = Scheme.QD20_2020
) -> str:
    """The next code of a unit; the sequence starts at 1 each day and is never reused."""
    return format_code(unit, received_on, last_sequence_today + 1, scheme)


def _tidy(text: str) -> str:
    """Upper case without spaces, every kind of dash as a hyphen."""
    if len(text) > _MAX_TYPED:
        return ""
    return re.sub(r"\s", "", clean(text)).translate(_DASHES).upper()


def _candidates(typed: str) -> Iterator[tuple[Scheme, str, str, str]]:
    """(scheme, unit, date, sequence) of each shape that agrees with what was typed."""
    if not _WRITTEN.fullmatch(typed):
        return
    bare = re.sub(r"[.-]", "", typed)
    for shape in _SHAPES:
        unit, day, sequence = _cut(bare, shape.date_digits, shape.sequence_digits)
        unit = _dotted(unit, shape.scheme)
        digits_only = re.fullmatch(r"[0-9]+", day + sequence) is not None
        fits = digits_only and shape.unit.fullmatch(unit) and len(unit) <= _MAX_UNIT
        if fits and _agrees(typed, f"{unit}-{day}-{sequence}"):
            yield shape.scheme, unit, day, sequence


def _cut(bare: str, date_digits: int, sequence_digits: int) -> tuple[str, str, str]:
    end = max(len(bare) - sequence_digits, 0)
    start = max(end - date_digits, 0)
    return bare[:start], bare[start:end], bare[end:]


def _dotted(unit: str, scheme: Scheme) -> str:
    """A unit with its dots put back: groups of two or three characters by the scheme."""
    if scheme is Scheme.TT01_2018:
        groups = [unit[:3], unit[3:5], unit[5:7], unit[7:]]
    else:
        groups = [unit[:3], *(unit[at : at + 2] for at in range(3, len(unit), 2))]
    return ".".join(groups)


def _agrees(typed: str, written: str) -> bool:
    """Whether ``typed`` is ``written`` with some of its dots and hyphens left out."""
    pattern = "".join(f"\\{char}?" if char in ".-" else char for char in written)
    return re.fullmatch(pattern, typed) is not None


def _decode(scheme: Scheme, unit: str, day: str, sequence: str) -> DossierCode | CodeProblem:
    year = int(day[:-4]) + (2000 if len(day) == 6 else 0)
    try:
        received_on = date(year, int(day[-4:-2]), int(day[-2:]))
    except ValueError:
        return CodeProblem.DATE
    if int(sequence) == 0:
        return CodeProblem.SEQUENCE_ZERO
    return DossierCode(f"{unit}-{day}-{sequence}", scheme, unit, received_on, int(sequence))
