"""Opening a spreadsheet that may be anything: bounded before the real reader sees it.

A cell far away from all others makes a reader allocate everything in between, so the
places of cells are looked at first.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

MAX_BYTES = 40 * 1024 * 1024
MAX_UNPACKED = 250 * 1024 * 1024
MAX_ENTRIES = 500
MAX_COLUMNS = 120
MAX_ROWS = 200_000
MAX_CELLS = 5_000_000
_CHUNK = 1 << 18
_OVERLAP = 64
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,8})(\d{1,12})[\"']")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)

Grid = list[list[Any]]


class Unreadable(Exception):
    """Why a file cannot be opened; ``code`` is one of the codes of a problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_zip(data: bytes) -> bool:
    """Whether it begins as a spreadsheet does."""
    return data.startswith(b"PK\x03\x04")


def open_grids(data: bytes) -> dict[str, Grid]:
    """The sheets by their names. Raises ``Unreadable``."""
    if len(data) > MAX_BYTES:
        raise Unreadable("spreadsheet_too_big")
    if not is_zip(data):
        raise Unreadable("not_a_spreadsheet")
    _look_inside(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: _grid(book, name) for name in book.sheet_names}
    except (CalamineError, *_BROKEN) as error:
        raise Unreadable("broken_spreadsheet") from error
    except BaseException as error:
        # A panic of the reader is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("broken_spreadsheet") from error


def _grid(book: CalamineWorkbook, name: str) -> Grid:
    rows: Grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _look_inside(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise Unreadable("not_a_spreadsheet")
            if len(entries) > MAX_ENTRIES:
                raise Unreadable("spreadsheet_too_big")
            left = MAX_UNPACKED
            for entry in entries:
                left -= _unpacked(archive, entry, left)
    except _BROKEN as error:
        raise Unreadable("broken_spreadsheet") from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """The true size of an entry; of a sheet also how far away its cells lie."""
    is_sheet = entry.filename.lower().replace("\\", "/").startswith("xl/worksheets/")
    size, tail, far = 0, b"", (1, 1)
    with archive.open(entry) as inside:
        while chunk := inside.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise Unreadable("spreadsheet_too_big")
            if is_sheet:
                far = _farthest(tail + chunk, far)
                tail = chunk[-_OVERLAP:]
    return size


def _farthest(text: bytes, far: tuple[int, int]) -> tuple[int, int]:
    if b"\x00" in text:
        raise Unreadable("broken_spreadsheet")
    rows, columns = far
    for letters, digits in _PLACE.findall(text):
        rows = max(rows, int(digits))
        if letters:
            columns = max(columns, _column(letters))
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Unreadable("spreadsheet_too_big")
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
