"""Index folders on disk: which one is in use, who may write, what is left over.

One folder for each build, and a small file that names the one in use; renaming
that file is the switch. Locks are advisory locks of the operating system, so a
process that dies holds none. The folders belong to the application alone (mode
0700): an index contains pickles, and whoever can write there can run code.
Knows nothing of what the folders contain.
"""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from search.index import IndexUnavailable

_POINTER = "current"
_JOURNAL = "journal.jsonl"
_PREFIX = "build-"
_DELAY = 0.05
# Longer than another process holds a lock only to see whether it is free.
_MOMENT = 1.0
# Seconds after which a change of the same file shows in its time, on any file system.
_SETTLED = 2.0


class Generations:
    """The folders of one index below ``root``; ``version`` is the format they must have."""

    def __init__(self, root: Path, version: str) -> None:
        self.root = root
        self._prefix = f"{_PREFIX}{version}-"

    def current(self) -> Path | None:
        """The folder in use, ``None`` if there is none of this version."""
        name = self._named()
        while name.startswith(self._prefix):
            folder = self.root / Path(name).name
            if folder.is_dir():
                return folder
            # Gone either because another build is in use by now, or for good.
            before, name = name, self._named()
            if name == before:
                return None
        return None

    def stamp(self, folder: Path) -> tuple[int, ...] | None:
        """Equal as long as ``folder`` is in use and nothing was written there.

        Two looks at the file system, instead of reading what is in use and what was written
        last. ``None`` where that cannot be told: something is gone, or was written so lately
        that a clock of whole seconds would not show the next writing.
        """
        try:
            pointer, own = (self.root / _POINTER).stat(), folder.stat()
        except OSError:
            return None
        if time.time() - max(pointer.st_mtime, own.st_mtime) < _SETTLED:
            return None
        return pointer.st_mtime_ns, pointer.st_ino, own.st_mtime_ns, own.st_ino

    def _named(self) -> str:
        try:
            return (self.root / _POINTER).read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return ""

    def create(self) -> Path:
        """A new empty folder, not in use yet."""
        self._make_root()
        folder = self.root / f"{self._prefix}{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700)
        return folder

    def use(self, folder: Path) -> None:
        """Switch to ``folder``, at once and for all processes, durably."""
        for file in folder.iterdir():
            _sync(file)
        _sync(folder)
        draft = self.root / f"{_POINTER}.{secrets.token_hex(4)}"
        draft.write_text(folder.name, encoding="ascii")
        _sync(draft)
        draft.replace(self.root / _POINTER)
        _sync(self.root)

    def sweep(self) -> None:
        """Remove folders that are not in use; call only while holding the rebuild lock."""
        in_use = self.current()
        for entry in self.root.iterdir():
            if entry.name.startswith(_PREFIX) and entry != in_use:
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith(f"{_POINTER}."):
                entry.unlink(missing_ok=True)

    @contextmanager
    def writing(self, timeout: float) -> Iterator[None]:
        """Be the only writer; raises IndexUnavailable after ``timeout`` seconds."""
        with self._lock("writer.lock", timeout):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Be the only rebuild; raises IndexUnavailable if there is another.

        From here to the end writers note their changes in the journal.
        """
        with self._lock("rebuild.lock", _MOMENT):
            yield

    def is_rebuilding(self) -> bool:
        """Whether some process rebuilds now."""
        try:
            with self._lock("rebuild.lock", 0):
                return False
        except IndexUnavailable:
            return True

    def clear_journal(self) -> None:
        """Forget noted changes; call as the only writer."""
        (self.root / _JOURNAL).unlink(missing_ok=True)

    def note(self, changes: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Note changes that a running rebuild may have missed; call as the only writer."""
        with (self.root / _JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(changes, ensure_ascii=True) + "\n")

    def noted(self) -> dict[str, list[dict[str, Any]]]:
        """The last noted change of each owner; a line cut off by a crash ends the journal."""
        changes: dict[str, list[dict[str, Any]]] = {}
        try:
            lines = (self.root / _JOURNAL).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return changes
        for line in lines:
            try:
                changes.update(json.loads(line))
            except ValueError:
                break
        return changes

    def _make_root(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def _lock(self, name: str, timeout: float) -> Iterator[None]:
        self._make_root()
        handle = os.open(self.root / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _acquire(handle, name, time.monotonic() + timeout)
            yield
        finally:
            os.close(handle)


def _acquire(handle: int, name: str, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise IndexUnavailable(name) from None
            time.sleep(_DELAY)
        else:
            return


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
