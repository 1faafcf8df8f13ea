"""Procedures as a spreadsheet (.xlsx): one sheet for each part, lossless in both directions.

What a cell cannot hold (an absent key, a value of an older format) stands beside it in a
last column for the machine, and counts only as long as the cell still shows it.
"""

from content.procedures.spreadsheets.reading import Book, read_book
from content.procedures.spreadsheets.writing import write_book

__all__ = ["Book", "read_book", "write_book"]
