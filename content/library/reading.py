"""The text of files, read by ``extractor.py`` in a process of its own, after the upload.

Run by the worker; no transaction is open while a file is read. A file that cannot be read
is said so of, never tried again; run twice, the second time changes nothing.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from content.files import FileService, FileStore
from content.library.kinds import Reading
from content.library.models import DocumentFile, announce
from content.text import clean

SECONDS = 60
EXTRACTOR = Path(__file__).with_name("extractor.py")
KINDS = {"application/pdf": "pdf"}

Opens = Callable[[], AbstractContextManager[Session]]


def read_file(
    reading: Opens, writing: Opens, store: FileStore, now: datetime, file_id: int
) -> Reading | None:
    """Read a file that waits and keep its text; ``None`` where none waits under this id."""
    with TemporaryDirectory(prefix="van-ban-") as name:
        path = Path(name) / "given"
        with reading() as session:
            row = _waiting(session, file_id)
            if row is None:
                return None
            kind = KINDS.get(row.file.media_type, "docx")
            try:
                with FileService(session, store).open(row.file) as source, path.open("wb") as out:
                    copyfileobj(source, out)
            except FileNotFoundError:
                path.touch()
        state, text = text_of(path, kind)
    with writing() as session:
        row = _waiting(session, file_id)
        if row is not None:
            row.reading, row.text = state, text
            announce(session, row.document, now)
    return state


def text_of(path: Path, kind: str) -> tuple[Reading, str]:
    """What came of reading a file ("pdf" or "docx"), and its text."""
    command = [sys.executable, "-I", str(EXTRACTOR), str(path), kind]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, capture_output=True, timeout=SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return Reading.SLOW, ""
    try:
        answer: dict[str, str] = json.loads(done.stdout)
    except ValueError:
        # The kernel ended it: out of memory or of time.
        return Reading.SLOW, ""
    if "refused" in answer:
        return Reading(answer["refused"]), ""
    return Reading.READ, clean(answer["text"].replace("\0", ""), multiline=True)


def _waiting(session: Session, file_id: int) -> DocumentFile | None:
    row = session.get(DocumentFile, file_id)
    return row if row is not None and row.reading is Reading.WAITING else None
