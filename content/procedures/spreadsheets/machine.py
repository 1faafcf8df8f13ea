"""What cells cannot hold: exact values that count while the cell still shows them.

``{"key": [value]}`` is a value, ``{"key": []}`` an absent key. Kept as ASCII, in as many
cells as it takes.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from content.procedures.records import Record
from content.procedures.spreadsheets.cells import MAX_CELL, Cell, read, show
from content.procedures.spreadsheets.layout import Column

Exact = dict[str, list[Any]]


def cells_of(record: Record, columns: Sequence[Column]) -> tuple[list[Cell], Exact]:
    """The cells of a record, and what they do not say of it."""
    cells, exact = [], {}
    for column in columns:
        cell = show(column.kind, record.get(column.key))
        if _default(column, cell) != _held(record, column.key):
            exact[column.key] = _held(record, column.key)
        cells.append(cell)
    known = {column.key for column in columns}
    exact |= {key: [value] for key, value in record.items() if key not in known}
    return cells, exact


def record_of(cells: Iterable[Cell], columns: Sequence[Column], exact: Exact) -> Record:
    """The record again: the exact value where its cell was left alone, else the cell's."""
    record: Record = {}
    known = {column.key for column in columns}
    for column, cell in zip(columns, cells, strict=True):
        held = _default(column, cell)
        kept = exact.get(column.key)
        if kept is not None and show(column.kind, kept[0] if kept else None) == cell:
            held = kept
        if held:
            record[column.key] = held[0]
    record.update({key: kept[0] for key, kept in exact.items() if key not in known and kept})
    return record


def write(exact: Exact) -> list[str]:
    """The cells for the machine; none if there is nothing to say."""
    if not exact:
        return []
    # A spreadsheet reads _x0041_ as a character.
    text = json.dumps(exact, separators=(",", ":")).replace("_", "\\u005f")
    return [text[start : start + MAX_CELL] for start in range(0, len(text), MAX_CELL)]


def load(cells: Iterable[Cell]) -> Exact:
    """What ``write`` wrote; raises ``ValueError`` for anything else."""
    text = "".join(str(cell) for cell in cells if cell is not None)
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(found, dict):
        raise ValueError("not an object")
    if not all(isinstance(kept, list) and len(kept) <= 1 for kept in found.values()):
        raise ValueError("not a list of at most one value")
    return found


def _held(record: Record, key: str) -> list[Any]:
    return [record[key]] if key in record else []


def _default(column: Column, cell: Cell) -> list[Any]:
    return [] if cell is None and (column.required or column.bare) else [read(column.kind, cell)]
