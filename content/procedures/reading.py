"""Reading a file of records, one at a time: a JSON list or JSON lines.

A row is the place in the list, or the line; what cannot be read is a row with a
problem, and the rest of the file is read as far as it can be.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from content.procedures.validation import Problem

_SPACE = " \t\r\n"


@dataclass(frozen=True)
class Row:
    """One record of a file as it stands there, or why it cannot be read.

    A partial record says only some fields of its procedure and is put on top of the rest.
    """

    number: int
    record: Any = None
    problem: Problem | None = None
    is_partial: bool = False


class _Repeated(ValueError):
    """A key stands twice in one object, so one of its values would be lost."""


def read_rows(data: bytes) -> Iterator[Row]:
    """The rows of a file; the format is told by its first character."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Row(line, problem=Problem("", "not_utf8", f"byte {error.start}"))
        return
    start = _skip(text, 0)
    if start == len(text):
        yield Row(1, problem=Problem("", "empty_file"))
    elif text[start] == "[":
        yield from _list(text, start + 1)
    else:
        yield from _lines(text)


def _lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip(_SPACE):
            yield _row(number, line.strip(_SPACE))


def _list(text: str, place: int) -> Iterator[Row]:
    """Records of a list; after a broken one nothing can be told apart any more."""
    number = 0
    place = _skip(text, place)
    while text[place : place + 1] != "]":
        number += 1
        try:
            record, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            yield Row(number, problem=_broken(error))
            return
        yield Row(number, record)
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
            # A comma promises another record.
            if text[place : place + 1] != "]":
                continue
        elif text[place : place + 1] == "]":
            continue
        yield Row(number + 1, problem=Problem("", "broken_json", text[place : place + 20]))
        return
    if _skip(text, place + 1) != len(text):
        yield Row(number + 1, problem=Problem("", "broken_json", text[place + 1 : place + 21]))


def _row(number: int, line: str) -> Row:
    try:
        return Row(number, _DECODER.decode(line))
    except (ValueError, RecursionError) as error:
        return Row(number, problem=_broken(error))


def _broken(error: Exception) -> Problem:
    if isinstance(error, _Repeated):
        return Problem(str(error), "repeated_key")
    if isinstance(error, RecursionError):
        return Problem("", "too_deep")
    return Problem("", "broken_json", str(error)[:80])


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Repeated(next(name for name in names if names.count(name) > 1)[:80])
    return made


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)
