"""Where bytes are kept: on disk by default, in memory for tests.

A store knows keys and bytes only. ``put`` returns after the bytes are durable, so
a row committed afterwards never points at nothing; a crash in between leaves a
file without a row, which the sweeper removes after a day.
"""

import contextlib
import io
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1 << 16


def new_key() -> str:
    """A random name for a file, 128 bits, lower-case hex."""
    return secrets.token_hex(16)


class FileStore(Protocol):
    """Keeps bytes under random keys."""

    def put(self, key: str, source: BinaryIO) -> int:
        """Keep the bytes durably; returns their number. Raises ``FileExistsError``."""

    def open(self, key: str) -> BinaryIO:
        """The bytes again. Raises ``FileNotFoundError``."""

    def delete(self, key: str) -> None:
        """Forget the bytes; silent if they are not there."""

    def keys(self, *, older_than: float) -> Iterator[str]:
        """All keys kept for more than ``older_than`` seconds."""


class DiskStore:
    """Files under ``root/ab/abcdef…``, written aside, fsynced, then renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._aside = root / "tmp"
        self._aside.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, source: BinaryIO) -> int:
        """See :class:`FileStore`."""
        target = self._path(key)
        if target.exists():
            raise FileExistsError(key)
        target.parent.mkdir(exist_ok=True)
        aside = self._aside / key
        size = 0
        try:
            with aside.open("xb") as out:
                while chunk := source.read(CHUNK):
                    size += out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            aside.rename(target)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        _sync_folder(self.root)
        return size

    def open(self, key: str) -> BinaryIO:
        """See :class:`FileStore`."""
        return self._path(key).open("rb")

    def delete(self, key: str) -> None:
        """See :class:`FileStore`."""
        self._path(key).unlink(missing_ok=True)

    def keys(self, *, older_than: float) -> Iterator[str]:
        """See :class:`FileStore`; also clears what a crash left half-written."""
        limit = time.time() - older_than
        for path in self.root.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime > limit:
                    continue
                if path.parent == self._aside:
                    path.unlink()
                else:
                    yield path.name

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError(f"not a key: {key!r}")
        return self.root / key[:2] / key


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class MemoryStore:
    """The same promises without a disk, for fast tests."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, bytes]] = {}

    def put(self, key: str, source: BinaryIO) -> int:
        """See :class:`FileStore`."""
        if key in self._kept:
            raise FileExistsError(key)
        data = source.read()
        self._kept[key] = (time.time(), data)
        return len(data)

    def open(self, key: str) -> BinaryIO:
        """See :class:`FileStore`."""
        if key not in self._kept:
            raise FileNotFoundError(key)
        return io.BytesIO(self._kept[key][1])

    def delete(self, key: str) -> None:
        """See :class:`FileStore`."""
        self._kept.pop(key, None)

    def keys(self, *, older_than: float) -> Iterator[str]:
        """See :class:`FileStore`."""
        limit = time.time() - older_than
        yield from [key for key, (kept_at, _) in self._kept.items() if kept_at <= limit]
