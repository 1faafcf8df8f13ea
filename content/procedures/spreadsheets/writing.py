"""From records to a file: a first sheet of procedures, then one for each of their parts."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from content.procedures.records import Record
from content.procedures.spreadsheets import machine
from content.procedures.spreadsheets.cells import Cell
from content.procedures.spreadsheets.joining import joined, parted
from content.procedures.spreadsheets.layout import (
    CODE,
    LIMIT_TARGETS,
    MACHINE,
    MAIN,
    MAIN_COLUMNS,
    NAME,
    NUMBER,
    PARTS,
    STEP,
    Column,
    Part,
)
from content.workbooks import RISKY, workbook


def write_book(records: Iterable[Record]) -> bytes:
    """The file of these records, in their order."""
    target = io.BytesIO()
    with workbook(target) as book:
        sheets = [_Sheet(book, MAIN, MAIN_COLUMNS, own_name=True)]
        sheets += [_Sheet(book, part.title, part.columns) for part in PARTS]
        for number, record in enumerate(records, start=1):
            _write_record(sheets, number, record)
    return target.getvalue()


def _write_record(sheets: list["_Sheet"], number: int, record: Record) -> None:
    cells, exact = _main(record)
    sheets[0].add([number], cells, exact)
    beside: list[Cell] = [number, record.get("code"), str(record["name"])[:200]]
    for sheet, part in zip(sheets[1:], PARTS, strict=True):
        for item in items_of(record, part):
            sheet.add(beside, *machine.cells_of(item, part.columns))


def _main(record: Record) -> tuple[list[Cell], machine.Exact]:
    """Lists have sheets of their own; those that are not as an absence of rows reads are exact."""
    flat = parted(record)
    keys = (*(key for part in PARTS for key in part.keys), "local_variants")
    lists = {key: flat.pop(key) for key in keys if key in flat}
    cells, exact = machine.cells_of(flat, MAIN_COLUMNS)
    bare = joined({}, {}, {})
    for key in keys:
        held = [lists[key]] if key in lists else []
        in_rows = lists.get(key) and key != "local_variants"
        if not in_rows and held != ([bare[key]] if key in bare else []):
            exact[key] = held
    return cells, exact


def items_of(record: Record, part: Part) -> Iterator[Record]:
    """The rows of a sheet for one record."""
    for key in part.keys:
        value: Any = record.get(key)
        if key in LIMIT_TARGETS:
            if isinstance(value, dict) and value:
                yield {**value, "channel": LIMIT_TARGETS[key]}
        elif key == "steps":
            yield from ({STEP: step} for step in value or ())
        else:
            yield from value or ()


class _Sheet:
    """A sheet being written, row by row."""

    def __init__(
        self, book: Any, title: str, columns: tuple[Column, ...], *, own_name: bool = False
    ) -> None:
        self._sheet = book.add_worksheet(title)
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        quoted = {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}
        self._quoted = book.add_format(quoted)
        self._number = book.add_format({"valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#E6EEF7", "text_wrap": True})
        titles = [NUMBER] if own_name else [NUMBER, CODE, NAME]
        self._sheet.set_column(0, 0, 8)
        for place, column in enumerate(columns, start=len(titles)):
            self._sheet.set_column(place, place, column.width)
        for place, words in enumerate([*titles, *(column.title for column in columns), MACHINE]):
            self._sheet.write_string(0, place, words, head)
        self._sheet.freeze_panes(1, len(titles))
        self._row = 0

    def add(self, beside: list[Cell], cells: list[Cell], exact: machine.Exact) -> None:
        """One more row."""
        self._row += 1
        for place, cell in enumerate([*beside, *cells, *machine.write(exact)]):
            if isinstance(cell, str):
                form = self._quoted if cell.startswith(RISKY) else self._text
                self._sheet.write_string(self._row, place, cell, form)
            elif cell is not None:
                self._sheet.write_number(self._row, place, cell, self._number)
