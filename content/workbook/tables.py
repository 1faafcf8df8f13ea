"""Entries as tables: a book of a year, and the yearly checks of units side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.words import short_date
from content.workbook.grids import Cell, Grid
from content.workbook.kinds import Due, EntryKind, Field, FieldType
from content.workbook.models import STATUS_NAMES, WorkEntry, WorkStatus
from content.workbook.wording import UNKNOWN, code_of, shown

NOT_MADE = "chưa lập"


def book_grid(kind: EntryKind, entries: Sequence[WorkEntry], under: str) -> Grid:
    """All entries of a list with all their fields: for keeping and for printing."""
    fields = kind.fields
    has_due = kind.due is not Due.NONE
    heads = ["Số", kind.title, "Đơn vị", "Phụ trách", *(["Hạn"] if has_due else []), "Tình trạng"]
    widths = [1.1, 2.4, 2.0, 1.4, *([1.0] if has_due else []), 1.0]
    rows: list[tuple[Cell, ...]] = []
    for one in entries:
        due = [short_date(one.due_on) if one.due_on else ""] if has_due else []
        rows.append(
            (
                code_of(one),
                one.title,
                one.agency.name,
                one.owner.name if one.owner else "",
                *due,
                STATUS_NAMES[one.status],
                *(_cell(field, one) for field in fields),
            )
        )
    return Grid(
        kind.name,
        under,
        (*heads, *(field.heading for field in fields)),
        (*widths, *(_width(field) for field in fields)),
        tuple(rows),
    )


def list_grid(kind: EntryKind, entries: Sequence[WorkEntry], under: str) -> Grid:
    """The same with the columns of the list only, so that it fits on paper."""
    whole = book_grid(kind, entries, under)
    fixed = len(whole.heads) - len(kind.fields)
    keep = [*range(fixed), *(fixed + kind.fields.index(one) for one in kind.columns)]
    return Grid(
        whole.title,
        whole.under,
        tuple(whole.heads[at] for at in keep),
        tuple(whole.widths[at] for at in keep),
        tuple(tuple(row[at] for at in keep) for row in whole.rows),
    )


def _cell(field: Field, entry: WorkEntry) -> Cell:
    words = shown(field, entry.values)
    given = str(entry.values.get(field.name) or "")
    return int(given) if field.type is FieldType.NUMBER and given.isdigit() else words


def _width(field: Field) -> float:
    return {FieldType.PARAGRAPH: 2.4, FieldType.DAY: 1.0, FieldType.NUMBER: 0.8}.get(
        field.type, 1.4
    )


@dataclass(frozen=True)
class Compared:
    """One unit in the comparison: what it answered to each question, "" where it did not.
    ``remarks`` are what it wrote beside its answers."""

    agency: Agency
    entry: WorkEntry | None
    answers: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def yes(self) -> int:
        """How many questions it answered with yes."""
        return self.answers.count("yes")


@dataclass(frozen=True)
class Comparison:
    """Units side by side; ``totals`` counts yes for each question, ``made`` who has answered."""

    kind: EntryKind
    year: int
    rows: tuple[Compared, ...]

    @property
    def made(self) -> int:
        return sum(1 for one in self.rows if one.entry is not None)

    @property
    def done(self) -> int:
        """How many have finished theirs."""
        return sum(1 for one in self.rows if one.entry and one.entry.status is WorkStatus.DONE)

    @property
    def totals(self) -> tuple[int, ...]:
        checks = range(len(self.kind.checks))
        return tuple(sum(1 for one in self.rows if one.answers[at] == "yes") for at in checks)


def compare(session: Session, kind: EntryKind, units: frozenset[int], year: int) -> Comparison:
    """Every unit that should have such an entry of a year, also those that have none yet."""
    wanted = select(Agency).where(Agency.id.in_(units))
    if kind.unit_kinds:
        wanted = wanted.where(Agency.kind.in_(kind.unit_kinds))
    query = select(WorkEntry).where(
        WorkEntry.kind == kind.key, WorkEntry.year == year, WorkEntry.agency_id.in_(units)
    )
    found = {
        one.agency_id: one for one in session.scalars(query) if one.status is not WorkStatus.DROPPED
    }
    agencies = session.scalars(wanted.order_by(Agency.position, Agency.name))
    return Comparison(
        kind, year, tuple(_compared(kind, one, found.get(one.id)) for one in agencies)
    )


def _compared(kind: EntryKind, agency: Agency, entry: WorkEntry | None) -> Compared:
    values = entry.values if entry else {}
    return Compared(
        agency,
        entry,
        tuple(str(values.get(one.name) or "") for one in kind.checks),
        tuple(str(values.get(one.remark) or "") for one in kind.checks),
    )


def comparison_grid(found: Comparison) -> Grid:
    """The comparison as a table of words."""
    checks = found.kind.checks
    rows: list[tuple[Cell, ...]] = []
    for one in found.rows:
        said: list[Cell] = (
            [shown(check, one.entry.values) or UNKNOWN for check in checks]
            if (one.entry)
            else [NOT_MADE] * len(checks)
        )
        state = STATUS_NAMES[one.entry.status] if one.entry else NOT_MADE
        rows.append((one.agency.name, *said, one.yes if one.entry else "", state))
    totals: tuple[Cell, ...] = ("Số đơn vị đạt", *found.totals, "", "")
    return Grid(
        f"{found.kind.name}: so sánh",
        f"Năm {found.year}: {found.made} trên {len(found.rows)} đơn vị đã lập, "
        f"{found.done} đã xong",
        ("Đơn vị", *(one.heading for one in checks), "Số câu đạt", "Tình trạng"),
        (3.0, *(1.4 for _ in checks), 0.8, 1.0),
        (*rows, totals),
    )
