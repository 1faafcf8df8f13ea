"""One table of a spreadsheet as rows with named cells, for imports of lists.

The first sheet counts; its first row holds the titles. What is wrong with the file is said
once; what is wrong with a row is the caller's to judge. Bounded like every spreadsheet.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from content.procedures.spreadsheets.opening import Unreadable, open_grids
from content.text import clean

__all__ = ["RowProblem", "TableProblem", "TableRow", "read_table"]


class TableProblem(Exception):
    """Why the table cannot be read; ``code`` and the ``title`` it is about, if any."""

    def __init__(self, code: str, title: str = "") -> None:
        super().__init__(code, title)
        self.code = code
        self.title = title


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in a cell: the row as the program shows it, the column's key, a code."""

    row: int
    key: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row; ``number`` is that of the spreadsheet. Empty cells are not in ``cells``."""

    number: int
    cells: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A cell as clean text; whole numbers lose their decimal point."""
        value = self.cells.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, datetime):
            value = f"{value:%d/%m/%Y %H:%M}"
        if isinstance(value, date):
            value = f"{value:%d/%m/%Y}"
        return clean(str(value)) if value is not None and not isinstance(value, bool) else ""

    def day(self, key: str) -> date | None:
        """A cell as a day: a date of the program, or ``dd/mm/yyyy``; ``None`` for others."""
        moment = self.moment(key)
        return moment.date() if moment else None

    def moment(self, key: str) -> datetime | None:
        """A cell as a wall clock's moment, without a zone; a bare day begins at 00:00."""
        value = self.cells.get(key)
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        if isinstance(value, date):
            return datetime.combine(value, time.min)
        text = self.text(key)
        for shape in ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text, shape)  # noqa: DTZ007 - the caller knows the zone
            except ValueError:
                continue
        return None


def read_table(data: bytes, titles: Mapping[str, str], required: Collection[str]) -> list[TableRow]:
    """The rows under ``titles`` (words → key), blank ones left out.

    Raises ``TableProblem``: the codes of ``opening``, ``column_missing``, ``column_unknown``,
    ``column_twice``, ``empty_file``.
    """
    try:
        grids = open_grids(data)
    except Unreadable as error:
        raise TableProblem(error.code) from error
    grid = next(iter(grids.values()), [])
    if not grid:
        raise TableProblem("empty_file")
    places = _places(grid[0], titles)
    missing = [title for title, key in titles.items() if key in required and key not in places]
    if missing:
        raise TableProblem("column_missing", missing[0])
    rows = []
    for number, cells in enumerate(grid[1:], start=2):
        found = {
            key: cells[place]
            for key, place in places.items()
            if place < len(cells) and _is_given(cells[place])
        }
        if found:
            rows.append(TableRow(number, found))
    if not rows:
        raise TableProblem("empty_file")
    return rows


def _places(head: list[Any], titles: Mapping[str, str]) -> dict[str, int]:
    known = {title.casefold(): key for title, key in titles.items()}
    places: dict[str, int] = {}
    for place, cell in enumerate(head):
        title = clean(str(cell))
        if not title:
            continue
        key = known.get(title.casefold())
        if key is None:
            raise TableProblem("column_unknown", title[:80])
        if key in places:
            raise TableProblem("column_twice", title)
        places[key] = place
    return places


def _is_given(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(clean(cell)))
