"""From a file to records: joins the sheets, and remembers where everything stood.

Nothing is judged here but what concerns the file itself; records are judged as those of
any other format, and ``Book.where`` turns a path of a record into sheet, row and column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from content.procedures.reading import Row
from content.procedures.records import Record
from content.procedures.spreadsheets import machine
from content.procedures.spreadsheets.annex import is_annex, read_annex
from content.procedures.spreadsheets.cells import Cell, normal
from content.procedures.spreadsheets.joining import joined
from content.procedures.spreadsheets.layout import (
    CODE,
    LIMIT_TARGETS,
    MACHINE,
    MAIN,
    MAIN_COLUMNS,
    NUMBER,
    PARTS,
    STEP,
    Column,
    Part,
)
from content.procedures.spreadsheets.opening import Grid, Unreadable, open_grids
from content.procedures.validation import Problem

_ITEM = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")

#: Rows of a part: for each procedure its items with the row each stands in.
Items = dict[str, list[tuple[int, Record]]]


@dataclass
class Book:
    """The records of a file; a row's number is its row in the first sheet."""

    rows: list[Row] = field(default_factory=list)
    #: Of an annex: the sheet a row stands in.
    sheets: dict[int, str] = field(default_factory=dict)
    _places: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)

    def where(self, number: int, path: str) -> str:
        """``trang “Phí, lệ phí”, dòng 14, cột “Mức thu”`` for a path of a record."""
        if number in self.sheets:
            return f"trang “{self.sheets[number]}”, dòng {number}"
        found = _ITEM.match(path)
        if not found or "!" in path:
            return f"trang “{path.partition('!')[0] or MAIN}”, dòng {number}"
        key, item, inner = found.groups()
        place = self._places.get((number, f"{key}[{item or 0}]"))
        if place is None:
            return f"trang “{MAIN}”, dòng {number}" + _column_words(MAIN_COLUMNS, path)
        columns = next(part.columns for part in PARTS if key in part.keys)
        return f"trang “{place[0]}”, dòng {place[1]}" + _column_words(columns, inner or STEP)

    def remember(self, number: int, key: str, sheet: str, rows: list[int]) -> None:
        """Where the items of a list stand."""
        for place, row in enumerate(rows):
            self._places[number, f"{key}[{place}]"] = (sheet, row)


def read_book(data: bytes) -> Book:
    """Everything that can be read; what is wrong with the file is a row with a problem."""
    book = Book()
    try:
        grids = open_grids(data)
    except Unreadable as error:
        book.rows.append(Row(1, problem=Problem("", error.code)))
        return book
    if MAIN not in grids and is_annex(grids):
        for title, row in read_annex(grids):
            book.rows.append(row)
            book.sheets[row.number] = title
        return book
    if not _head(grids.get(MAIN, [])):
        book.rows.append(Row(1, problem=Problem(f"{MAIN}!", "sheet_missing", MAIN)))
        return book
    _Joining(book, grids).run()
    return book


class _Joining:
    """One file being read."""

    def __init__(self, book: Book, grids: dict[str, Grid]) -> None:
        self.book = book
        self.grids = grids
        self.by_code: dict[str, str] = {}

    def run(self) -> None:
        """First the procedures, then what belongs to each."""
        mains = self._mains()
        self.by_code = {
            str(record["code"]): mark
            for mark, (_, record, _) in mains.items()
            if record.get("code")
        }
        parts = {part.title: self._part(part, set(mains)) for part in PARTS}
        for mark, (row, record, exact) in mains.items():
            items = {
                key: value
                for part in PARTS
                for key, value in self._lists(part, parts[part.title].get(mark, []), row)
            }
            self.book.rows.append(Row(row, joined(record, items, exact)))
        if not self.book.rows:
            self.book.rows.append(Row(1, problem=Problem("", "empty_file")))

    def _mains(self) -> dict[str, tuple[int, Record, machine.Exact]]:
        found: dict[str, tuple[int, Record, machine.Exact]] = {}
        for row, mark, cells, exact in self._rows(MAIN, MAIN_COLUMNS):
            key = mark or f"dòng {row}"
            if key in found:
                self._wrong(MAIN, row, "number_twice", key)
                continue
            known = {
                column.key: exact[column.key] for column in MAIN_COLUMNS if column.key in exact
            }
            found[key] = (row, machine.record_of(cells, MAIN_COLUMNS, known), exact)
        return found

    def _part(self, part: Part, marks: set[str]) -> dict[str, list[tuple[int, Record]]]:
        found: dict[str, list[tuple[int, Record]]] = {}
        for row, mark, cells, exact in self._rows(part.title, part.columns):
            if mark not in marks:
                self._wrong(part.title, row, "no_such_number", mark)
                continue
            found.setdefault(mark, []).append((row, machine.record_of(cells, part.columns, exact)))
        return found

    def _lists(
        self, part: Part, items: list[tuple[int, Record]], number: int
    ) -> Iterator[tuple[str, list[Record]]]:
        for key in part.keys:
            own = [(row, item) for row, item in items if _belongs(item, part, key)]
            self.book.remember(number, key, part.title, [row for row, _ in own])
            yield key, [item for _, item in own]

    def _rows(
        self, sheet: str, columns: tuple[Column, ...]
    ) -> Iterator[tuple[int, str, list[Cell], machine.Exact]]:
        grid = self.grids.get(sheet, [])
        head = _head(grid)
        missing = [
            column.title for column in columns if column.required and column.title not in head
        ]
        if grid and missing:
            self._wrong(sheet, 1, "column_missing", missing[0])
            return
        for row, given in enumerate(grid[1:], start=2):
            cells = [normal(cell) for cell in given]
            if not any(str(cell).strip() for cell in cells if cell is not None):
                continue
            mark = self._mark(head, cells)
            rest = cells[head[MACHINE] :] if MACHINE in head else []
            try:
                exact = machine.load(rest)
            except ValueError:
                self._wrong(sheet, row, "machine_broken")
                continue
            yield row, mark, [_at(cells, head.get(one.title)) for one in columns], exact

    def _mark(self, head: dict[str, int], cells: list[Cell]) -> str:
        """The number that joins, or the procedure of the code that stands beside."""
        number = str(_at(cells, head.get(NUMBER)) or "").strip()
        return number or self.by_code.get(str(_at(cells, head.get(CODE)) or "").strip(), "")

    def _wrong(self, sheet: str, row: int, code: str, value: str = "") -> None:
        self.book.rows.append(Row(row, problem=Problem(f"{sheet}!", code, value[:80])))


def _belongs(item: Record, part: Part, key: str) -> bool:
    if not part.target:
        return True
    words = str(item.get(part.target) or "").strip().lower()
    own = LIMIT_TARGETS.get(key)
    return words == own if own else words not in LIMIT_TARGETS.values()


def _head(grid: Grid) -> dict[str, int]:
    """Titles of the first row with their places; the first of equal ones counts."""
    titles = [str(cell).strip() for cell in grid[0]] if grid else []
    return {title: titles.index(title) for title in titles if title}


def _at(cells: list[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


def _column_words(columns: tuple[Column, ...], key: str) -> str:
    name = key.split("[", maxsplit=1)[0]
    title = next((one.title for one in columns if one.key in (key, name)), "")
    return f", cột “{title}”" if title else ""
