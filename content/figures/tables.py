"""A report as a table that knows nothing of where it is shown: page, spreadsheet, paper, CSV.

Every report makes one; so each is on screen, as xlsx and as PDF with the same numbers. A
cell of ``None`` is unknown and is said so, never shown as zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from content import words
from content.figures.periods import Span

UNKNOWN = "chưa có dữ liệu"

Cell = str | int | float | date | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    POINTS = "points"
    SHARE = "share"
    CHANGE = "change"
    DAY = "day"

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right and are numbers in a spreadsheet."""
        return self in {Kind.COUNT, Kind.POINTS, Kind.SHARE, Kind.CHANGE}


class Style(StrEnum):
    """What a row is."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """``group`` is the heading above several columns, ``number`` that of the statutory form,
    ``width`` the part of the width of the paper it needs."""

    title: str
    kind: Kind = Kind.TEXT
    group: str = ""
    number: str = ""
    width: float = 1


@dataclass(frozen=True)
class Drill:
    """The dossiers behind a number: a list of ``lists.Which``, and what narrows it."""

    which: str
    narrowed: dict[str, str] = field(default_factory=dict)


def drills(places: Mapping[int, str], narrowed: dict[str, str]) -> dict[int, Drill]:
    """A list behind each number of a row, all narrowed alike."""
    return {place: Drill(which, narrowed) for place, which in places.items()}


@dataclass(frozen=True)
class Row:
    """``drills`` leads from a cell (by its place) to what it counts."""

    cells: tuple[Cell, ...]
    style: Style = Style.PLAIN
    drills: dict[int, Drill] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """``form`` is the number of the statutory form, "" for others; ``notes`` say what is
    counted and how, ``unit`` in what. ``charted`` is the column that a chart shows; ``drawn``
    a chart of its own, its title and lines, where no column is one."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    span: Span | None = None
    form: str = ""
    unit: str = "hồ sơ"
    notes: Sequence[str] = ()
    charted: int | None = None
    drawn: tuple[str, Sequence[tuple[str, int]]] | None = None

    @property
    def heads(self) -> list[tuple[str, int]]:
        """The upper line of the head: a group with how many columns it spans; "" above one
        that belongs to none."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if column.group and found and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found

    @property
    def has_groups(self) -> bool:
        """Whether the head has two lines."""
        return any(column.group for column in self.columns)

    @property
    def has_numbers(self) -> bool:
        """Whether the head ends with the numbers of the form."""
        return any(column.number for column in self.columns)


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as people read it: ``33.143``, ``98,5%``, ``05/02/2026``."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return words.short_date(cell)
    if kind in {Kind.SHARE, Kind.CHANGE}:
        grown = kind is Kind.CHANGE and cell > 0
        return f"{'+' if grown else ''}{words.percent(cell * 100)}"
    if kind is Kind.POINTS:
        return words.decimal(cell, 2).rstrip("0").rstrip(",") if cell else "0"
    return words.integer(int(cell))
