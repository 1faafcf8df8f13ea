"""One value in one cell: how it is shown, and how what stands there is read again.

Text is always written as text, so that nothing that begins with ``=``, ``+``, ``-`` or
``@`` is ever calculated. What cannot be read is handed on as it stands: the rules of the
format then name it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

#: What calamine gives and what is written.
Cell = str | int | float | bool | date | None

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
#: No character of XML: a spreadsheet cannot hold them.
_NO_CHARACTER = re.compile("[\ufffe\uffff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 32_000


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    WORDS = "words"
    LINES = "lines"


def show(kind: Kind, value: Any) -> Cell:
    """The cell of a value, ``None`` for what no cell of this kind shows."""
    return _SHOWN[kind](value)


def read(kind: Kind, cell: Cell) -> Any:
    """The value of a cell; an empty one is ``None``."""
    if cell is None or cell == "":
        return [] if kind is Kind.WORDS else None
    return _READ[kind](cell)


def normal(cell: Any) -> Cell:
    """A cell as calamine gives it, with whole numbers as integers and empty ones as ``None``."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime):
        return cell.date()
    return None if cell == "" else cell


def _show_text(value: Any) -> Cell:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _NO_CHARACTER.sub("", str(value))[:MAX_CELL] or None


def _show_number(value: Any) -> Cell:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _show_flag(value: Any) -> Cell:
    return {True: "có", False: "không"}.get(value) if isinstance(value, bool) else None


def _show_day(value: Any) -> Cell:
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return _show_text(value)
    return f"{value[8:]}/{value[5:7]}/{value[:4]}"


def _joined(sign: str) -> Callable[[Any], Cell]:
    def show_list(value: Any) -> Cell:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return None
        return _show_text(sign.join(value))

    return show_list


def _read_text(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


def _read_number(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    text = re.sub(r"\s", "", cell)
    if _GROUPED.fullmatch(text):
        return int(text.replace(".", ""))
    if not _NUMBER.fullmatch(text):
        return cell
    found = float(text.replace(",", "."))
    return int(found) if found.is_integer() else found


def _read_flag(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    return {"có": True, "không": False}.get(cell.strip().lower(), cell)


def _read_day(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    found = _DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if not found:
        return cell
    return f"{int(found[3]):04d}-{int(found[2]):02d}-{int(found[1]):02d}"


def _split(sign: str) -> Callable[[Any], Any]:
    def read_list(cell: Any) -> Any:
        if not isinstance(cell, str):
            return cell
        return [one.strip() for one in cell.split(sign) if one.strip()]

    return read_list


_SHOWN: dict[Kind, Callable[[Any], Cell]] = {
    Kind.TEXT: _show_text,
    Kind.NUMBER: _show_number,
    Kind.FLAG: _show_flag,
    Kind.DAY: _show_day,
    Kind.WORDS: _joined("; "),
    Kind.LINES: _joined("\n"),
}
_READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _read_text,
    Kind.NUMBER: _read_number,
    Kind.FLAG: _read_flag,
    Kind.DAY: _read_day,
    Kind.WORDS: _split(";"),
    Kind.LINES: _split("\n"),
}
