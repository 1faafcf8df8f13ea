"""Reports as spreadsheets and as CSV: numbers stay numbers, text stays text.

Nothing is a formula, whatever a cell begins with: sums are written as they were counted, so
that the file says the same as the page. Columns of letters are read by people, so numbers
carry a format and not their look.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from content.figures.tables import Cell, Kind, Style, Table, shown
from content.workbooks import RISKY, workbook

#: What a program might take for a formula.
_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.POINTS: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.CHANGE: "+0.0%;-0.0%;0.0%",
    Kind.DAY: "dd/mm/yyyy",
}
_WIDTH = 12


def write_xlsx(tables: Sequence[Table], *, office: str, printed: str) -> bytes:
    """A sheet for each table."""
    target = io.BytesIO()
    with workbook(target) as book:
        styles = _styles(book)
        for number, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(f"{number}. {table.key}"[:31])
            _write(sheet, table, styles, (office, printed))
    return target.getvalue()


def _styles(book: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for kind, number in _FORMATS.items():
        for style in Style:
            own = {"num_format": number, "border": 1, "valign": "top", "text_wrap": True}
            own |= {"bold": True} if style is not Style.PLAIN else {}
            own |= {"bg_color": "#EEF2F6"} if style is Style.GROUP else {}
            found[kind, style] = book.add_format(own)
    found["title"] = book.add_format({"bold": True, "font_size": 14})
    found["head"] = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    )
    found["quiet"] = book.add_format({"italic": True})
    found["quoted"] = book.add_format({"quote_prefix": True, "border": 1, "text_wrap": True})
    return found


def _write(sheet: Any, table: Table, styles: Any, said: tuple[str, str]) -> None:
    office, printed = said
    above = [office, table.form, table.title]
    above += [table.span.days_in_words] if table.span else []
    above += [f"Đơn vị tính: {table.unit}. {printed}"]
    for at, text in enumerate(filter(None, above)):
        sheet.write_string(at, 0, text, styles["title" if text == table.title else "quiet"])
    at = len(list(filter(None, above))) + 1
    at = _head(sheet, at, table, styles)
    sheet.freeze_panes(at, 2)
    for row in table.rows:
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            _cell(sheet, (at, place), cell, (styles, column.kind, row.style))
        at += 1
    for note in table.notes:
        at += 1
        sheet.write_string(at, 0, note, styles["quiet"])
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(6, _WIDTH * column.width))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _head(sheet: Any, at: int, table: Table, styles: Any) -> int:
    if table.has_groups:
        place = 0
        for words, many in table.heads:
            if many > 1:
                sheet.merge_range(at, place, at, place + many - 1, words, styles["head"])
            else:
                sheet.write_string(at, place, words, styles["head"])
            place += many
        at += 1
    for place, column in enumerate(table.columns):
        sheet.write_string(at, place, column.title, styles["head"])
    at += 1
    if table.has_numbers:
        for place, column in enumerate(table.columns):
            sheet.write_string(at, place, column.number, styles["head"])
        at += 1
    return at


def _cell(sheet: Any, place: tuple[int, int], cell: Cell, look: tuple[Any, Kind, Style]) -> None:
    styles, kind, style = look
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, styles[kind, style])
    elif cell is None or isinstance(cell, str):
        text = shown(cell, kind)
        risky = text.startswith(RISKY)
        sheet.write_string(*place, text, styles["quoted"] if risky else styles[Kind.TEXT, style])
    else:
        sheet.write_number(*place, cell, styles[kind, style])


def write_csv(table: Table) -> str:
    """Comma-separated with the heads of groups before those of columns; for programs, so that
    numbers are plain and days ISO 8601. Unknown is empty."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(
        f"{one.group}: {one.title}" if one.group else one.title for one in table.columns
    )
    for row in table.rows:
        writer.writerow(_plain(cell) for cell in row.cells)
    return target.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(RISKY) else text
