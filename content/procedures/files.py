"""A file of procedures in any format: JSON list, JSON lines or spreadsheet.

The format of what is read is told by its first bytes, of what is written by its ending.
"""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from content.procedures import exporting
from content.procedures.reading import Row, read_rows
from content.procedures.spreadsheets import read_book, write_book
from content.procedures.spreadsheets.opening import is_zip
from content.procedures.validation import Problem
from content.procedures.wording import problem_in_words

#: The place in the file of a path in the record of a row, in words.
Where = Callable[[int, str], str]


def record_number(number: int, path: str) -> str:
    """Where a record of JSON stands."""
    return f"bản ghi {number}"


def read_file(data: bytes) -> tuple[list[Row], Where]:
    """The rows of a file, and what says where something stands in it."""
    if is_zip(data):
        book = read_book(data)
        return book.rows, book.where
    return list(read_rows(data)), record_number


def problem_line(number: int, problem: Problem, where: Where) -> str:
    """One line for whoever imports: where, what is wrong, the value."""
    place = where(number, problem.path)
    if where is not record_number:
        problem = Problem("", problem.code, problem.value)
    return f"{place}: {problem_in_words(problem)}"


def exported(session: Session, suffix: str) -> Iterable[bytes]:
    """The readable catalogue as ``.xlsx``, ``.jsonl``, ``.ndjson`` or a JSON list."""
    if suffix == ".xlsx":
        return [write_book(exporting.records(session))]
    write = exporting.json_lines if suffix in {".jsonl", ".ndjson"} else exporting.json_list
    return (text.encode() for text in write(session))
