"""Keeping and reading files: the store first, then the row, in that order.

Checks of type and size belong to the edge that receives a file; here every file
is taken to be wanted.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.files.model import StoredFile
from content.files.store import CHUNK, FileStore, new_key

A_DAY = 86_400.0


class _Hashing:
    """Passes a stream on and remembers its digest."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.sha = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.sha.update(chunk)
        return chunk


@dataclass(frozen=True)
class DamagedFile:
    """A row whose bytes are missing or not what they were."""

    file_id: int
    key: str
    reason: str


class FileService:
    """Files of one database and one store."""

    def __init__(self, session: Session, store: FileStore) -> None:
        self.session = session
        self.store = store

    def keep(
        self,
        source: BinaryIO,
        *,
        name: str,
        media_type: str,
        now: datetime,
        owner_id: int | None = None,
    ) -> StoredFile:
        """Store the bytes durably, then add the row to the transaction."""
        hashing = _Hashing(source)
        key = new_key()
        size = self.store.put(key, hashing)  # type: ignore[arg-type]
        row = StoredFile(
            key=key,
            name=name,
            media_type=media_type,
            size=size,
            sha256=hashing.sha.hexdigest(),
            owner_id=owner_id,
            created_at=now,
        )
        self.session.add(row)
        return row

    def open(self, file: StoredFile) -> BinaryIO:
        """The bytes of a row. Raises ``FileNotFoundError`` if they are lost."""
        return self.store.open(file.key)

    def sweep(self, *, older_than: float = A_DAY) -> int:
        """Delete stored bytes that no row speaks of; returns how many."""
        known = set(self.session.scalars(select(StoredFile.key)))
        orphans = [key for key in self.store.keys(older_than=older_than) if key not in known]
        for key in orphans:
            self.store.delete(key)
        return len(orphans)

    def damaged(self) -> Iterator[DamagedFile]:
        """Every row whose bytes are missing or differ from the digest."""
        for row in self.session.scalars(select(StoredFile).order_by(StoredFile.id)):
            try:
                with self.store.open(row.key) as source:
                    digest = hashlib.sha256()
                    while chunk := source.read(CHUNK):
                        digest.update(chunk)
            except FileNotFoundError:
                yield DamagedFile(row.id, row.key, "missing")
                continue
            if digest.hexdigest() != row.sha256:
                yield DamagedFile(row.id, row.key, "altered")
