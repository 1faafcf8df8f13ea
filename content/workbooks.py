"""Spreadsheets that hold words and numbers, never commands: one way to begin a workbook.

What people typed may look like a formula or an address. It is written as text, and whoever
writes it marks the signs of :data:`RISKY` with ``quote_prefix``, so that it stays text when
the file is saved again as CSV.
"""

from pathlib import Path
from typing import Any

#: What spreadsheet programs take for the beginning of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
_AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(target: Any, *, spill: Path | None = None) -> Any:
    """A workbook that is written to ``target`` (a path or a binary file) when it is closed.

    With ``spill``, a folder, finished rows wait on disk instead of in memory.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - 3 MB, seldom asked for

    waiting = {"constant_memory": True, "tmpdir": str(spill)} if spill else {"in_memory": True}
    return xlsxwriter.Workbook(target, {**_AS_TEXT, **waiting})
