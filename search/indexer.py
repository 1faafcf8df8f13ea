"""Keeps an index up with the database: single changes, rebuilds, comparison.

Jobs carry keys (``procedure:12``), never objects: the database is read again, so a
job that comes twice or late does no harm. Only the worker and the command line
write an index; nothing here runs in a request.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

from content.outbox import Job
from search.documents import SearchDocument
from search.index import Index
from search.sources import SOURCES, Source
from search.stored import digest_of

_BY_KIND = {source.kind: source for source in SOURCES}


class Indexer:
    """Writes what the sessions of ``session_factory`` see into one index."""

    def __init__(self, session_factory: Callable[[], Session], index: Index) -> None:
        self._session_factory = session_factory
        self._index = index

    def handle(self, jobs: Sequence[Job]) -> None:
        """Bring the index up to date with the objects these jobs name, in one commit.

        Kinds that cannot be found are ignored. Raises ``IndexUnavailable`` while
        another writer does not finish; the jobs are then tried again.
        """
        if self.ensure():
            return
        wanted = _ids_by_kind([job.key for job in jobs])
        changes: dict[str, Sequence[SearchDocument]] = {}
        with self._session_factory() as session:
            for source, ids in wanted.items():
                found = source.some(session, ids)
                changes |= {f"{source.kind}:{one}": docs for one, docs in found.items()}
        if changes:
            self._index.replace(changes)

    def ensure(self) -> bool:
        """Build the index if it is missing or of another version; whether it was built."""
        if not self._index.needs_rebuild():
            return False
        self.rebuild()
        return True

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Build anew from the database and switch; gives the number of documents.

        ``progress`` is told how many documents have been read so far.
        """
        with self._session_factory() as session:
            return self._index.rebuild(_counted(all_documents(session), progress))


def all_documents(session: Session) -> Iterator[SearchDocument]:
    """Every document there should be."""
    for source in SOURCES:
        yield from source.all(session)


def differences(session: Session, index: Index) -> Iterator[str]:
    """One line for each document that is missing, left over or out of date."""
    held = dict(index.digests())
    for document in all_documents(session):
        digest = held.pop(document.key, None)
        if digest is None:
            yield f"{document.key} chưa có trong chỉ mục"
        elif digest != digest_of(document):
            yield f"{document.key} trong chỉ mục khác với cơ sở dữ liệu"
    for key in sorted(held):
        yield f"{key} còn trong chỉ mục nhưng không còn công khai"


def _ids_by_kind(keys: Sequence[str]) -> dict[Source, list[int]]:
    wanted: dict[Source, list[int]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        kind, _, number = key.partition(":")
        if kind in _BY_KIND and number.isdecimal():
            wanted[_BY_KIND[kind]].append(int(number))
    return wanted


def _counted(
    documents: Iterator[SearchDocument], progress: Callable[[int], None] | None
) -> Iterator[SearchDocument]:
    for count, document in enumerate(documents, start=1):
        yield document
        if progress:
            progress(count)
