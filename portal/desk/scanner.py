"""The folder a desk's scanner writes to: its newest files, by name only.

The folder stands in the settings. Nothing in it is moved or deleted here; a file that went
into a reception is not offered again. What a file really is, is looked at when it is taken.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pyramid.request import Request

from content.agencies.models import Agency
from content.text import has_lone_surrogate
from content.words import local
from portal.forms.messages import size_name

MOST = 30
#: A folder with more files than this is looked at only so far.
_LOOKED_AT = 2_000
_ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Scan:
    """A file of the folder; ``mark`` tells it from a later one of the same name."""

    name: str
    size: int
    changed_at: datetime
    mark: str

    @property
    def words(self) -> str:
        """``quet-001.pdf, 09:12 23/11, 1,2 MB``."""
        return f"{self.name}, {local(self.changed_at):%H:%M %d/%m}, {size_name(self.size)}"


class ScanFolder:
    """One desk's folder; without one there are no files."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @classmethod
    def of(cls, request: Request, agency: Agency) -> "ScanFolder":
        """The folder of a desk, as the settings name it."""
        return cls(request.settings.desk.scan_folders.get(agency.slug))

    def newest(self, used: Collection[str] = ()) -> list[Scan]:
        """Its files that were not used yet, the newest first."""
        found = [one for one in self._files() if one.mark not in used]
        return sorted(found, key=lambda one: (one.changed_at, one.name), reverse=True)[:MOST]

    def open(self, name: str) -> tuple[Scan, BinaryIO] | None:
        """A file of the folder by its name, or ``None`` if there is none now."""
        scan = next((one for one in self._files() if one.name == name), None)
        if scan is None or self._path is None:
            return None
        try:
            return scan, (self._path / scan.name).open("rb")
        except OSError:
            return None

    def _files(self) -> Iterator[Scan]:
        if self._path is None:
            return
        try:
            with os.scandir(self._path) as entries:
                for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
                    scan = _scan(entry)
                    if scan is not None:
                        yield scan
        except OSError:  # unplugged, not mounted: the desk works on without it
            return


def _scan(entry: "os.DirEntry[str]") -> Scan | None:
    if has_lone_surrogate(entry.name) or not entry.name.lower().endswith(_ENDINGS):
        return None
    try:
        if not entry.is_file(follow_symlinks=False):
            return None
        stat = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    changed = datetime.fromtimestamp(stat.st_mtime, UTC)
    mark = f"{entry.name}|{stat.st_size}|{stat.st_mtime_ns}"
    return Scan(entry.name, stat.st_size, changed, mark)
