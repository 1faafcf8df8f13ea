"""A table of the book that knows nothing of where it is shown: page, spreadsheet, paper."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from content.workbooks import RISKY, workbook

Cell = str | int


@dataclass(frozen=True)
class Grid:
    """``widths`` are parts of the width of the paper, one for each head. Cells are words, or
    numbers that stay numbers in a spreadsheet; ``notes`` stand below."""

    title: str
    under: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: Sequence[str] = ()
    sheet: str = "So viec"


_COLUMN = 13


def write_xlsx(grid: Grid, *, office: str, printed: str) -> bytes:
    """One sheet, ready to be printed across A4."""
    target = io.BytesIO()
    with workbook(target) as book:
        sheet = book.add_worksheet(grid.sheet)
        bold = book.add_format({"bold": True, "font_size": 14})
        look = {"border": 1, "text_wrap": True, "valign": "top"}
        head = book.add_format({**look, "bold": True, "bg_color": "#E6EEF7", "align": "center"})
        plain, quoted = book.add_format(look), book.add_format({**look, "quote_prefix": True})
        for at, words in enumerate((office, grid.title, grid.under, printed)):
            sheet.write_string(at, 0, words, bold if words == grid.title else None)
        for place, words in enumerate(grid.heads):
            sheet.write_string(5, place, words, head)
            sheet.set_column(place, place, max(6, _COLUMN * grid.widths[place]))
        sheet.freeze_panes(6, 1)
        for at, row in enumerate(grid.rows, start=6):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(at, place, cell, plain)
                else:
                    sheet.write_string(at, place, cell, quoted if cell.startswith(RISKY) else plain)
        for at, words in enumerate(grid.notes, start=7 + len(grid.rows)):
            sheet.write_string(at, 0, words)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return target.getvalue()
