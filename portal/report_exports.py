"""Writing large exports: by the worker, row after row from the database to a file on disk.

Neither all rows nor the whole file are ever in memory: rows come a thousand at a time, the
spreadsheet is written to a temporary file as it grows. Progress is written down on the way;
an export made twice is made once.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from content.figures import lists
from content.figures.exports import ExportState, ReportExport
from content.figures.groups import CHANNEL_NAMES
from content.figures.lists import Listed, Narrowed
from content.files import FileService, FileStore
from content.outbox import Job
from content.text import slugify
from content.words import local
from content.workbooks import RISKY, workbook
from portal.database import Database

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows between two notes of progress.
STEP = 2_000
#: Rows of one sheet; the format ends a little above a million.
MAX_ROWS = 1_000_000
COLUMNS = (
    ("Mã hồ sơ", 26),
    ("Thủ tục", 44),
    ("Lĩnh vực", 26),
    ("Người nộp", 26),
    ("Kênh", 14),
    ("Đơn vị", 30),
    ("Người thụ lý", 22),
    ("Tiếp nhận", 12),
    ("Hẹn trả", 12),
    ("Hẹn lại", 12),
    ("Kết thúc", 12),
    ("Trạng thái", 24),
    ("Nguyên nhân quá hạn", 30),
    ("Cụ thể", 40),
    ("Biện pháp khắc phục", 40),
)


class ExportMaker:
    """Handler of the outbox's jobs of kind ``report_export``."""

    def __init__(self, database: Database, store: FileStore, clock: Callable[[], datetime]) -> None:
        self.database = database
        self.store = store
        self.clock = clock

    def __call__(self, jobs: list[Job]) -> None:
        """Make each; what is ready is left alone."""
        for job in jobs:
            self.make(int(job.payload["export"]))

    def make(self, number: int) -> None:
        """Make one. Of one that cannot be made the reason is kept, and raised."""
        with self.database.sessions() as session:
            found = session.get(ReportExport, number)
            if found is None or found.state is ExportState.READY:
                return
            title, asked = found.title, found.narrowed
        self._note(number, state=ExportState.MAKING, done=0)
        try:
            with tempfile.TemporaryDirectory(prefix="export-") as folder:
                path = Path(folder) / "export.xlsx"
                written = self._write(number, asked, path)
                self._keep(number, path, f"{slugify(title, limit=80)}.xlsx", written)
        except Exception as error:
            self._note(number, state=ExportState.FAILED, reason=type(error).__name__)
            raise

    def _write(self, number: int, asked: Narrowed, path: Path) -> int:
        at = 0
        with (
            self.database.sessions() as session,
            workbook(str(path), spill=path.parent) as book,
        ):
            sheets = _Sheets(book)
            for at, one in enumerate(lists.stream(session, asked), start=1):
                sheets.add(one)
                if at % STEP == 0:
                    self._note(number, done=at)
        return at

    def _keep(self, number: int, path: Path, name: str, written: int) -> None:
        with self.database.writing_sessions.begin() as session, path.open("rb") as source:
            found = session.get_one(ReportExport, number)
            now = self.clock()
            found.file = FileService(session, self.store).keep(
                source, name=name, media_type=XLSX, now=now, owner_id=found.asked_by_id
            )
            found.state, found.ready_at = ExportState.READY, now
            found.done = found.total = written
            found.reason = None

    def _note(self, number: int, **fields: Any) -> None:
        with self.database.writing_sessions.begin() as session:
            found = session.get_one(ReportExport, number)
            for name, value in fields.items():
                setattr(found, name, value)


class _Sheets:
    """The sheets of a book, a new one when one is full; rows only ever downwards."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.quoted = book.add_format({"quote_prefix": True})
        self.row = MAX_ROWS
        self.count = 0
        self._new()

    def _new(self) -> None:
        self.count += 1
        self.sheet = self.book.add_worksheet(f"Ho so {self.count}")
        for place, (title, width) in enumerate(COLUMNS):
            self.sheet.set_column(place, place, width)
            self.sheet.write_string(0, place, title, self.head)
        self.sheet.freeze_panes(1, 1)
        self.row = 1

    def add(self, one: Listed) -> None:
        """One dossier."""
        if self.row >= MAX_ROWS:
            self._new()
        for place, cell in enumerate(_cells(one)):
            if isinstance(cell, str):
                style = self.quoted if cell.startswith(RISKY) else None
                self.sheet.write_string(self.row, place, cell, style)
            elif cell is not None:
                self.sheet.write_datetime(self.row, place, cell, self.day)
        self.row += 1


def _cells(one: Listed) -> tuple[Any, ...]:
    return (
        *(one.code, one.procedure, one.sector, one.applicant),
        *(CHANNEL_NAMES[one.channel], one.unit, one.holder),
        local(one.received_at).date(),
        *(one.promised, one.extended_to),
        local(one.finished_at).date() if one.finished_at else None,
        *(one.status_words, one.cause, one.reason, one.measure),
    )
