"""The embedded index: Whoosh on disk, for one machine and some ten thousand documents.

Whoosh keeps the postings, the stored documents and the safety of commits; matching
and ranking are ``search.engine``. Readers use an unchanging view of one commit and
take up a newer one at the next search, so neither commits nor rebuilds stop them.
There is one writer at a time, in whatever process.
"""

import logging
import pickle
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from whoosh.index import EmptyIndexError, IndexVersionError
from whoosh.index import IndexError as BrokenIndexError
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import TermNotFound

from search.bits import from_numbers
from search.corpus import Card, Corpus, card_of
from search.documents import SearchDocument
from search.engine import answer
from search.generations import Generations
from search.index import Found, Search, Stored
from search.stored import from_record, stored_of, to_record
from search.whoosh_schema import DIGEST, FORMAT, RECORD, add, create_index, open_index, remove
from search.zones import Zone

logger = logging.getLogger(__name__)

#: Seconds to wait for another writer.
TIMEOUT = 10.0
#: Megabytes a writer may hold before it writes a run to disk.
WRITER_MEMORY = 64

_TRIES = 3
# Sets of documents a segment keeps in memory: so many at least, more if they are small.
_KEPT_TERMS = 1_000
_KEPT_BYTES = 16_000_000
# What reading a torn or foreign index raises, deep inside Whoosh.
_BROKEN = (
    OSError,
    EOFError,
    AssertionError,
    AttributeError,
    ImportError,
    KeyError,
    ValueError,
    struct.error,
    zlib.error,
    pickle.UnpicklingError,
    BrokenIndexError,
    EmptyIndexError,
    IndexVersionError,
)


class _Shard:
    """One segment: a part of the index that never changes once written.

    Sets of documents are kept by term, for the segment's life. Its files are closed when
    the last view of it is gone: views change while others still search in the one before.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        finalize(self, reader.close)
        self._lock = Lock()
        self._known: dict[tuple[Zone, str], int] = {}
        self.size: int = reader.doc_count_all()
        self._limit = max(_KEPT_TERMS, _KEPT_BYTES // (self.size // 8 + 64))
        self.cards = [self._card(number) for number in range(self.size)]

    def postings(self, zone: Zone, term: str) -> int:
        known = self._known.get((zone, term))
        if known is None:
            with self._lock:
                known = self._read(zone, term)
                if len(self._known) >= self._limit:
                    self._known.clear()
                self._known[zone, term] = known
        return known

    def stored(self, number: int) -> Stored:
        with self._lock:
            document, _ = self._document(number)
        return stored_of(document)

    def _card(self, number: int) -> Card:
        return card_of(*self._document(number))

    def _document(self, number: int) -> tuple[SearchDocument, str]:
        record = dict(self._reader.stored_fields(number)[RECORD])
        digest = record.pop(DIGEST)
        return from_record(record), digest

    def _read(self, zone: Zone, term: str) -> int:
        try:
            found = self._reader.postings(zone.value, term)
        except TermNotFound:
            return 0
        # Deletions are a mask of the view; the filter would make each reading ten times slower.
        unfiltered = found.child if isinstance(found, FilterMatcher) else found
        return from_numbers(unfiltered.all_ids(), self.size)


class _View:
    """All segments of one commit, numbered through."""

    def __init__(self, name: str, shards: Sequence[_Shard], deleted: Sequence[set[int]]) -> None:
        self.name = name
        self.shards: list[tuple[int, _Shard]] = []
        living = base = 0
        for shard, gone in zip(shards, deleted, strict=True):
            self.shards.append((base, shard))
            present = ((1 << shard.size) - 1) & ~from_numbers(gone, shard.size)
            living |= present << base
            base += shard.size
        self.corpus = Corpus([card for shard in shards for card in shard.cards], living)

    def postings(self, zone: Zone, term: str) -> int:
        found = 0
        for base, shard in self.shards:
            found |= shard.postings(zone, term) << base
        return found

    def stored(self, number: int) -> Stored:
        base, shard = next(part for part in reversed(self.shards) if part[0] <= number)
        return shard.stored(number - base)


_NOTHING = _View("none", (), ())


class WhooshIndex:
    """``Index`` in the folder ``root``, which belongs to the application alone."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root, FORMAT)
        self._lock = Lock()
        self._view = _NOTHING
        self._shards: dict[str, _Shard] = {}
        self._kept: tuple[Path, Any] | None = None
        self._stamp: tuple[int, ...] | None = None
        self._read_through = ""

    def search(self, search: Search) -> Found:
        view = self._latest()
        given = answer(view.corpus, view, search)
        hits = tuple((view.stored(number), score) for number, score in given.page)
        return Found(hits, given.total, given.facets)

    def keys(self, search: Search) -> tuple[str, ...]:
        view = self._latest()
        given = answer(view.corpus, view, search)
        return tuple(view.corpus.cards[number].key for number, _ in given.page)

    def digests(self) -> Mapping[str, str]:
        return self._latest().corpus.digests()

    def generation(self, at: datetime) -> str:
        view = self._latest()
        return f"{view.name}.{view.corpus.epoch(at)}"

    def doc_count(self) -> int:
        return self._latest().corpus.size

    def is_built(self) -> bool:
        """Whether there is an index at all; cheap, it reads none of it."""
        return self._generations.current() is not None

    def needs_rebuild(self) -> bool:
        for _ in range(_TRIES):  # a commit or a switch may be faster
            try:
                return not self._is_readable()
            except _BROKEN:
                continue
        return True

    def close(self) -> None:
        with self._lock:
            self._view, self._shards, self._kept = _NOTHING, {}, None

    def replace(self, changes: Mapping[str, Sequence[SearchDocument]]) -> None:
        with self._generations.writing(TIMEOUT):
            if self._generations.is_rebuilding():
                self._generations.note(
                    {owner: [to_record(doc) for doc in docs] for owner, docs in changes.items()}
                )
            folder = self._generations.current()
            if folder is not None:
                _change(folder, changes)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        generations = self._generations
        with generations.rebuilding():
            generations.sweep()
            with generations.writing(TIMEOUT):
                generations.clear_journal()
            folder = generations.create()
            with closing(create_index(folder)) as index:
                _write(index, {}, documents)
            with generations.writing(TIMEOUT):
                missed = generations.noted()
                _change(folder, {o: [from_record(r) for r in rs] for o, rs in missed.items()})
                generations.use(folder)
                generations.clear_journal()
            generations.sweep()
        with closing(open_index(folder)) as index:
            count: int = index.doc_count()
        return count

    def _is_readable(self) -> bool:
        """Whether there is a last commit, and every document of it can be read.

        Nothing is kept of it: the worker asks, which never searches, and a view of the
        real catalogue takes 28 MB.
        """
        folder = self._generations.current()
        if folder is None:
            return False
        with closing(open_index(folder)) as index:
            name = _name(folder, index.latest_generation())
            if name in (self._view.name, self._read_through):
                return True
            with closing(index.reader()) as reader:
                for number in reader.all_doc_ids():
                    reader.stored_fields(number)
        self._read_through = name
        return True

    def _latest(self) -> _View:
        """The view of the last commit; the one before while a newer cannot be read."""
        try:
            return self._newest()
        except _BROKEN as error:
            logger.exception("search index cannot be read", extra={"error": repr(error)})
            return self._view

    def _newest(self) -> _View:
        kept = self._kept
        stamp = self._generations.stamp(kept[0]) if kept else None
        if stamp is not None and stamp == self._stamp:
            return self._view
        view = self._read_newest()
        # Another thread may still be loading what the stamp stands for.
        is_newest = kept is not None and view.name == _name(kept[0], kept[1].latest_generation())
        self._stamp = stamp if is_newest else None
        return view

    def _read_newest(self) -> _View:
        for _ in range(_TRIES - 1):
            try:
                return self._view_of(self._generations.current())
            except (FileNotFoundError, EmptyIndexError):  # a commit or a switch was faster
                continue
        return self._view_of(self._generations.current())

    def _view_of(self, folder: Path | None) -> _View:
        if folder is None:
            return _NOTHING
        kept = self._kept
        if kept is None or kept[0] != folder:
            self._kept = kept = (folder, open_index(folder))
        index = kept[1]
        if self._view.name == _name(folder, index.latest_generation()):
            return self._view
        # Loading takes a while; who comes meanwhile is served from the view before.
        if not self._lock.acquire(blocking=self._view is _NOTHING):
            return self._view
        try:
            if self._view.name != _name(folder, index.latest_generation()):
                self._view = self._open(index, folder)
            return self._view
        finally:
            self._lock.release()

    def _open(self, index: Any, folder: Path) -> _View:
        name = _name(folder, index.latest_generation())
        reader = index.reader()
        shards: dict[str, _Shard] = {}
        deleted = []
        for leaf, _ in reader.leaf_readers():
            segment = leaf.segment()
            if segment is None:  # nothing was ever written
                continue
            identity = segment.segment_id()
            known = self._shards.get(identity)
            if known is not None:
                leaf.close()
            shards[identity] = known or _Shard(leaf)
            deleted.append(set(segment.deleted_docs()))
        self._shards = shards
        return _View(name, list(shards.values()), deleted)


def _name(folder: Path, generation: int) -> str:
    return f"{folder.name}.{generation}"


def _change(folder: Path, changes: Mapping[str, Sequence[SearchDocument]]) -> None:
    if changes:
        with closing(open_index(folder)) as index:
            _write(index, changes, (doc for docs in changes.values() for doc in docs))


def _write(index: Any, owners: Iterable[str], documents: Iterable[SearchDocument]) -> None:
    """One commit: the owners' documents out, these in; nothing if anything fails."""
    # Files of their own: of files joined in one, Whoosh copies each into memory to read it.
    writer = index.writer(timeout=TIMEOUT, delay=0.05, limitmb=WRITER_MEMORY, compound=False)
    # No field has lengths; looking for them would ask the file system for every posting.
    writer.codec.length_stats = False
    try:
        remove(writer, owners)
        for document in documents:
            add(writer, document)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
