"""Stored files: one contract for all stores, and the promises of the service."""

import io
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.files import DiskStore, FileService, FileStore, MemoryStore
from content.files.store import new_key
from tests.support.clock import StoppedClock


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return DiskStore(tmp_path / "files") if request.param == "disk" else MemoryStore()


@given(data=st.binary(max_size=200_000))
def test_bytes_come_back_as_they_were(store: FileStore, data: bytes) -> None:
    key = new_key()
    assert store.put(key, io.BytesIO(data)) == len(data)
    with store.open(key) as kept:
        assert kept.read() == data


def test_a_key_is_used_once(store: FileStore) -> None:
    store.put("ab12", io.BytesIO(b"one"))
    with pytest.raises(FileExistsError):
        store.put("ab12", io.BytesIO(b"two"))
    with store.open("ab12") as kept:
        assert kept.read() == b"one"


def test_what_is_deleted_is_gone_and_deleting_again_is_quiet(store: FileStore) -> None:
    store.put("ab12", io.BytesIO(b"one"))
    store.delete("ab12")
    store.delete("ab12")
    with pytest.raises(FileNotFoundError):
        store.open("ab12")


class Breaking(io.RawIOBase):
    """A connection that breaks after the first chunk."""

    def __init__(self) -> None:
        self.calls = 0

    def read(self, size: int = -1) -> bytes:
        self.calls += 1
        if self.calls > 1:
            raise ConnectionError
        return b"x" * 10


def test_a_broken_upload_leaves_nothing(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    with pytest.raises(ConnectionError):
        store.put("ab12", Breaking())  # type: ignore[arg-type]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("key", ["../x", "a/b", "", "."])
def test_a_key_is_no_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        DiskStore(tmp_path).open(key)


def test_the_sweeper_takes_only_old_bytes_without_a_row(
    session: Session, tmp_path: Path, clock: StoppedClock
) -> None:
    files = FileService(session, DiskStore(tmp_path))
    kept = files.keep(io.BytesIO(b"kept"), name="a.pdf", media_type="application/pdf", now=clock())
    session.flush()
    files.store.put("00orphan", io.BytesIO(b"old"))
    files.store.put("00fresh", io.BytesIO(b"new"))
    half = tmp_path / "tmp" / "half"
    half.write_bytes(b"half")
    long_ago = time.time() - 100_000
    for path in (tmp_path / "00" / "00orphan", half, tmp_path / kept.key[:2] / kept.key):
        os.utime(path, (long_ago, long_ago))
    assert files.sweep() == 1
    assert not half.exists()
    with files.open(kept) as source:
        assert source.read() == b"kept"
    assert not list(files.damaged())


def test_verify_finds_missing_and_altered_bytes(
    session: Session, tmp_path: Path, clock: StoppedClock
) -> None:
    files = FileService(session, DiskStore(tmp_path))
    rows = [
        files.keep(io.BytesIO(b"x"), name=f"{n}", media_type="text/plain", now=clock())
        for n in range(3)
    ]
    session.flush()
    (tmp_path / rows[0].key[:2] / rows[0].key).unlink()
    (tmp_path / rows[1].key[:2] / rows[1].key).write_bytes(b"y")
    found = {one.file_id: one.reason for one in files.damaged()}
    assert found == {rows[0].id: "missing", rows[1].id: "altered"}
