"""What may stand in a catalogue record: types, words and bounds, every problem named.

Problems carry a path, a code and the offending value, no sentences. Keys that the
format does not know are no problem: they are kept and reported (``unknown_keys``).
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.procedures.kinds import LEVEL_WORDS, Channel, FeeKind, Level
from content.procedures.models import MAX_NAME
from content.procedures.records import Record
from content.text import has_lone_surrogate

MAX_TEXT = 20_000
MAX_ITEMS = 1_000
MAX_DEPTH = 12
MAX_AMOUNT = 10**12
MAX_LIMIT = 100_000

#: Units of a limit as records write them.
LIMIT_UNITS = ("ngày làm việc", "ngày", "giờ", "tuần", "tháng", "năm")
SERVICE_LEVELS = ("toàn trình", "một phần", "chỉ cung cấp thông tin")
OLD_SERVICE_LEVEL = re.compile(r"(?:mức độ )?[1-4]")

_CODE = re.compile(r"\d\.\d{6}")
_URL = re.compile(r"https?://[^\s<>\"']+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Problem:
    """Why a record cannot be taken: where, which rule, the value (shortened)."""

    path: str
    code: str
    value: str = ""


Check = Callable[[Any, str], Iterator[Problem]]


def problems_of(record: Any) -> list[Problem]:
    """Every problem of one record, empty if it can be imported."""
    if not isinstance(record, dict):
        return [_problem("", "not_an_object", record)]
    found = [*_unstorable(record, ""), *_RECORD(record, "")]
    levels = record.get("levels")
    if not found and levels and record["level"] not in levels:
        found.append(_problem("level", "level_not_in_levels", record["level"]))
    return found


def unknown_keys(record: Record) -> list[str]:
    """Paths of keys the format does not know."""
    found = [key for key in record if key not in _FIELDS]
    for key, inner in _INNER_FIELDS.items():
        value = record.get(key)
        for place, item in _items(value, key):
            found += [f"{place}.{name}" for name in item if name not in inner]
    return found


def _items(value: Any, key: str) -> Iterator[tuple[str, Record]]:
    if isinstance(value, dict):
        yield key, value
    for place, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield f"{key}[{place}]", item


def _problem(path: str, code: str, value: Any = "") -> Problem:
    shown = repr(value) if not isinstance(value, str) else value
    return Problem(path, code, shown[:80].encode("utf-8", "replace").decode())


def _unstorable(value: Any, path: str, depth: int = 0) -> Iterator[Problem]:
    """Text no database keeps and nesting no reader bears, in unknown keys too."""
    if depth > MAX_DEPTH:
        yield _problem(path, "too_deep")
    elif isinstance(value, str):
        yield from _unstorable_text(value, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            place = f"{path}.{key}" if path else key
            yield from _unstorable_text(key, place)
            yield from _unstorable(inner, place, depth + 1)
    elif isinstance(value, list):
        for place_no, inner in enumerate(value):
            yield from _unstorable(inner, f"{path}[{place_no}]", depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        yield _problem(path, "not_a_number", value)


def _unstorable_text(value: str, path: str) -> Iterator[Problem]:
    if has_lone_surrogate(value):
        yield Problem(path.encode("utf-8", "replace").decode(), "broken_character")
    elif _CONTROL.search(value):
        yield _problem(path, "control_character", value)


def _text(limit: int = MAX_TEXT, *, required: bool = False) -> Check:
    def check(value: Any, path: str) -> Iterator[Problem]:
        if value is None and not required:
            return
        if not isinstance(value, str):
            yield _problem(path, "not_text", value)
        elif required and not value.strip():
            yield _problem(path, "required")
        elif len(value) > limit:
            yield _problem(path, "too_long", value)

    return check


def _matching(pattern: re.Pattern[str], code: str) -> Check:
    def check(value: Any, path: str) -> Iterator[Problem]:
        if value is None:
            return
        if not isinstance(value, str):
            yield _problem(path, "not_text", value)
        elif len(value) > MAX_TEXT or not pattern.fullmatch(value):
            yield _problem(path, code, value)

    return check


def _one_of(words: tuple[str, ...], *, required: bool = False) -> Check:
    def check(value: Any, path: str) -> Iterator[Problem]:
        if value is None and not required:
            return
        if value not in words:
            yield _problem(path, "not_in_list", value)

    return check


def _number(low: float, high: float, *, whole: bool = True) -> Check:
    def check(value: Any, path: str) -> Iterator[Problem]:
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield _problem(path, "not_a_number", value)
        elif not low <= value <= high:
            yield _problem(path, "out_of_range", value)
        elif whole and value != int(value):
            yield _problem(path, "not_whole", value)

    return check


def _date(value: Any, path: str) -> Iterator[Problem]:
    if value is None:
        return
    try:
        date.fromisoformat(value if len(value) == 10 else "")
    except (TypeError, ValueError):
        yield _problem(path, "not_a_date", value)


def _service_level(value: Any, path: str) -> Iterator[Problem]:
    known = value is None or (type(value) is int and 1 <= value <= 4)
    if not known and not (
        isinstance(value, str) and (value in SERVICE_LEVELS or OLD_SERVICE_LEVEL.fullmatch(value))
    ):
        yield _problem(path, "not_in_list", value)


def _flag(value: Any, path: str) -> Iterator[Problem]:
    if value is not None and not isinstance(value, bool):
        yield _problem(path, "not_a_flag", value)


def _each(check: Check, *, nullable: bool = False) -> Check:
    def check_all(value: Any, path: str) -> Iterator[Problem]:
        if value is None and nullable:
            return
        if not isinstance(value, list):
            yield _problem(path, "not_a_list", value)
        elif len(value) > MAX_ITEMS:
            yield _problem(path, "too_many", len(value))
        else:
            for place, item in enumerate(value):
                yield from check(item, f"{path}[{place}]")

    return check_all


def _shape(fields: dict[str, Check], *required: str, nullable: bool = False) -> Check:
    def check_fields(value: Any, path: str) -> Iterator[Problem]:
        if value is None and nullable:
            return
        if not isinstance(value, dict):
            yield _problem(path, "not_an_object", value)
            return
        prefix = f"{path}." if path else ""
        for key in required:
            if key not in value:
                yield _problem(prefix + key, "required")
        for key, check in fields.items():
            if key in value:
                yield from check(value[key], prefix + key)

    return check_fields


_LIMIT = {
    "value": _number(0.01, MAX_LIMIT, whole=False),
    "unit": _one_of(LIMIT_UNITS),
    "text": _text(),
}
_FEE = {
    "kind": _one_of(tuple(FeeKind)),
    "amount": _number(0, MAX_AMOUNT),
    "currency": _one_of(("VND", "USD")),
    "unit": _text(300),
    "condition": _text(),
    "exempt": _text(),
    "channels": _each(_one_of(tuple(Channel), required=True)),
    "valid_from": _date,
    "valid_to": _date,
}
_PAPER = {
    "name": _text(required=True),
    "originals": _number(0, 1000),
    "copies": _number(0, 1000),
    "form_name": _text(),
    "case": _text(),
    "obligatory": _flag,
}
_FORM = {"code": _text(), "file": _text(), "for": _text()}
_BASIS = {"number": _text(300, required=True), "date": _date}
_CHANNEL_LIMIT = {"channel": _one_of(tuple(Channel), required=True), **_LIMIT}
_AGENCIES = {"receives": _text(), "decides": _text(), "cooperates": _text()}
_VARIANT = {
    "place": _text(required=True),
    "code": _text(100),
    "time_limit": _shape(_LIMIT, nullable=True),
    "fee": _each(_shape(_FEE)),
    "service_level": _service_level,
    "as_of": _text(200),
    "source": _text(),
}
_INNER_FIELDS = {
    "time_limit": _LIMIT,
    "local_limit": _LIMIT,
    "time_limit_by_channel": _CHANNEL_LIMIT,
    "fee": _FEE,
    "dossier": _PAPER,
    "forms": _FORM,
    "legal_bases": _BASIS,
    "agencies": _AGENCIES,
    "local_variants": _VARIANT,
}
_FIELDS: dict[str, Check] = {
    "code": _matching(_CODE, "not_a_code"),
    "local_code": _text(100),
    "name": _text(MAX_NAME, required=True),
    "field": _text(300),
    "field_group": _text(200),
    "level": _one_of(tuple(Level), required=True),
    "levels": _each(_one_of(LEVEL_WORDS, required=True)),
    "authority": _text(),
    "agencies": _shape(_AGENCIES, nullable=True),
    "steps": _each(_text(required=True), nullable=True),
    "sets": _number(1, 100),
    "ministry": _text(300),
    "time_limit": _shape(_LIMIT, nullable=True),
    "local_limit": _shape(_LIMIT, nullable=True),
    "time_limit_by_channel": _each(_shape(_CHANNEL_LIMIT, "channel")),
    "fee": _each(_shape(_FEE)),
    "channels": _each(_one_of(tuple(Channel), required=True)),
    "dossier": _each(_shape(_PAPER, "name")),
    "dossier_total": _number(0, 10_000),
    "forms": _each(_shape(_FORM)),
    "legal_bases": _each(_shape(_BASIS, "number")),
    "service_level": _service_level,
    "result": _text(),
    "applicants": _each(_text(2000, required=True), nullable=True),
    "requirements": _text(),
    "decision_no": _text(300),
    "as_of": _text(200),
    "source": _text(),
    "official_url": _matching(_URL, "not_a_url"),
    "local_variants": _each(_shape(_VARIANT, "place")),
    "source_note": _text(),
    "missing": _each(_text(100, required=True)),
    "completeness": _text(40),
}
_RECORD = _shape(_FIELDS, "name", "level")
