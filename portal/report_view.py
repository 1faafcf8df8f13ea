"""A report's table as templates show it: words in cells, addresses behind numbers, a chart."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from content.figures.tables import Column, Drill, Kind, Row, Style, Table, shown
from portal.charts import Chart, bars

#: From this width on a column holds sentences and needs room on a phone as well.
LONG = 3
#: Where the dossiers behind a number are listed; ``None`` leaves the number plain.
Addresses = Callable[[Drill], str | None]


@dataclass(frozen=True)
class CellView:
    """One cell in words."""

    words: str
    url: str | None
    is_number: bool
    is_unknown: bool
    is_long: bool


@dataclass(frozen=True)
class RowView:
    """``style`` is that of ``tables.Style``; the cell ``head`` names the row."""

    style: str
    cells: tuple[CellView, ...]
    head: int


@dataclass(frozen=True)
class ReportView:
    """A table ready for its macro."""

    table: Table
    rows: tuple[RowView, ...]
    chart: Chart | None


def nowhere(_drill: Drill) -> None:
    """For the public: no list of dossiers."""


def view(table: Table, address: Addresses = nowhere) -> ReportView:
    """The table with its chart."""
    head = 1 if len(table.columns) > 1 and table.columns[0].width < 1 else 0
    rows = tuple(_row(table, row, head, address) for row in table.rows)
    return ReportView(table, rows, _chart(table, head))


def _row(table: Table, row: Row, head: int, address: Addresses) -> RowView:
    cells = []
    for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        drill = row.drills.get(place)
        # A count of nothing leads to nothing; no points at all are where most was lost.
        leads = bool(cell) or (cell is not None and column.kind is Kind.POINTS)
        cells.append(
            CellView(
                words=shown(cell, column.kind),
                url=address(drill) if drill and leads else None,
                is_number=column.kind.is_number,
                is_unknown=cell is None,
                is_long=place != head and column.width >= LONG,
            )
        )
    return RowView(row.style.value, tuple(cells), head)


def label_of(column: Column) -> str:
    """A column by its full name, where it stands alone."""
    return f"{column.group}: {column.title.lower()}" if column.group else column.title


def _chart(table: Table, head: int) -> Chart | None:
    if table.drawn is not None:
        title, own = table.drawn
        return bars(title, [(name, float(one), shown(one, Kind.COUNT)) for name, one in own])
    place = table.charted
    if place is None:
        return None
    column = table.columns[place]
    lines, group = [], ""
    for row in table.rows:
        cell = row.cells[place]
        if row.style is Style.GROUP:
            group = str(row.cells[0])
        elif row.style is Style.PLAIN and isinstance(cell, int | float):
            told = group or _beside(table, row, head)
            lines.append((str(row.cells[head]), told, float(cell), shown(cell, column.kind)))
    return bars(label_of(column), _told_apart(lines))


def _beside(table: Table, row: Row, head: int) -> str:
    """What else a line says of itself in words: of a step, its unit."""
    pairs = zip(row.cells[head + 1 :], table.columns[head + 1 :], strict=True)
    return next((str(cell) for cell, column in pairs if cell and column.kind is Kind.TEXT), "")


def _told_apart(lines: list[tuple[str, str, float, str]]) -> list[tuple[str, float, str]]:
    """Two of one name stand in different groups, or differ in what stands beside."""
    names = Counter(name for name, *_rest in lines)
    return [
        (f"{name} ({group})" if names[name] > 1 and group else name, value, number)
        for name, group, value, number in lines
    ]
