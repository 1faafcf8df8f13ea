"""Fetching the files of what arrived, outside of any transaction; each is looked into.

What is gone or unfit is no reason to refuse a person's dossier: it is told of.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from content.dossiers.rules import FileLimits, FilingRules
from content.errors import Invalid
from content.exchange.arrivals import ArrivedFile
from content.exchange.protocol import NationalPortal
from content.files.store import FileStore

#: Tells the media type of a file by its bytes; ``None`` for what is not taken.
Look = Callable[[bytes], str | None]
_GONE = "Không lấy được tệp từ Cổng Dịch vụ công quốc gia"
_UNFIT = "Tệp không thuộc loại được nhận (PDF, ảnh, Word, Excel, zip) hoặc quá lớn"


@dataclass(frozen=True)
class Intake:
    """What receiving needs beside the database: where files go, how they are looked into."""

    store: FileStore
    rules: Callable[[Session], FilingRules]
    look: Look
    limits: FileLimits


@dataclass(frozen=True)
class Fetched:
    """A file, or why there is none."""

    name: str
    paper: str
    content: bytes = b""
    media_type: str = ""
    problem: str = ""

    def source(self) -> io.BytesIO:
        """Its bytes as a stream."""
        return io.BytesIO(self.content)


def fetch(portal: NationalPortal, files: Sequence[ArrivedFile], intake: Intake) -> list[Fetched]:
    """The files in their order. Raises ``Unavailable`` where one cannot be fetched now."""
    found, left = [], intake.limits.dossier
    for one in files:
        try:
            content = portal.fetch(one.address, min(intake.limits.file, left))
        except Invalid as error:
            words = _UNFIT if "too_large" in error.problems.values() else _GONE
            found.append(Fetched(one.name, one.paper, problem=words))
            continue
        kind = intake.look(content)
        if kind is None:
            found.append(Fetched(one.name, one.paper, problem=_UNFIT))
            continue
        left -= len(content)
        found.append(Fetched(one.name, one.paper, content, kind))
    return found
