"""No room left: what was being written is not there at all, what was there stays, one says so."""

import errno
import io
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from sqlalchemy import event, func, select

from content.dossiers.models import Attachment, Dossier, Draft
from content.files import DiskStore
from content.files.model import StoredFile
from tests.support.citizen import CT01, PERSON, Citizen, pdf
from tests.support.site import Site

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.usefixtures("collected"),
]
CASE = "6"
WORDS = "Cổng tạm thời chưa nhận thêm được"


class Choking:
    """A stream during which the disk becomes full."""

    def __init__(self, source: BinaryIO, room: int) -> None:
        self.source = source
        self.room = room

    def read(self, size: int = -1) -> bytes:
        chunk = self.source.read(min(size, self.room) if size > 0 else self.room)
        self.room -= len(chunk)
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return chunk


class SmallDisk(DiskStore):
    """A store with room for a thousand bytes more, until somebody makes room."""

    room = 1000

    def put(self, key: str, source: BinaryIO) -> int:
        """Keep it if there is room."""
        return super().put(key, Choking(source, self.room) if self.room else source)  # type: ignore[arg-type]


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def count(site: Site, table: Any) -> int:
    with site.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_file_for_which_there_is_no_room_leaves_nothing_behind(site: Site) -> None:
    store = site.app.registry["file_store"] = SmallDisk(site.settings.blob_dir)
    me = Citizen(site)
    me.begin(case=CASE)
    me.answer(PERSON)
    papers, before = me.url, files_below(site.settings.blob_dir)
    me.attach("tep_11", ("hợp đồng.pdf", pdf("hợp đồng", 5000)))
    refused = me.form().submit("_viec", value="tiep", status=503)
    assert WORDS in refused.html.h1.get_text()
    assert files_below(site.settings.blob_dir) == before
    assert (count(site, Attachment), count(site, StoredFile)) == (0, 0)
    # What was filled in before is there, and the journey goes on when there is room.
    me.go(papers.replace("/giay-to", "/kiem-tra"))
    assert PERSON["chu_ho"]["chu_ho_ho_ten"] in me.page.text
    store.room = 0
    me.go(papers)
    me.attach_all()
    assert me.url.endswith("/kiem-tra")
    assert count(site, Attachment) == 2


@contextmanager
def full_database(site: Site) -> Iterator[None]:
    """A database that cannot grow by a single page."""

    def no_more(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # becomes the size it has

    engine = site.database.engine
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("VACUUM")
    engine.dispose()
    event.listen(engine, "connect", no_more)
    try:
        yield
    finally:
        event.remove(engine, "connect", no_more)
        engine.dispose()


def test_a_full_database_refuses_the_dossier_and_keeps_the_draft(site: Site) -> None:
    me = Citizen(site)
    me.sign_in()
    me.begin()
    # Long enough to need room of its own.
    words = "Tôi đồng ý cho nhập hộ khẩu vào nhà này. " * 90
    me.answer(PERSON | {"y_kien": {"y_kien_cua_chu_ho": words}})
    assert me.url.endswith("/kiem-tra")
    form = me.form("gui")
    form["declared"] = True
    with full_database(site):
        refused = form.submit("_viec", value="gui", status=503)
        assert WORDS in refused.html.h1.get_text()
        # Reading goes on.
        site.client().get(f"/thu-tuc/{CT01}", status=200)
    with site.database.sessions() as session:
        assert session.scalars(select(Dossier)).all() == []
        (draft,) = session.scalars(select(Draft))
        assert draft.answers["y_kien_cua_chu_ho"] == words.strip()
    me.send()
    assert all(me.codes())
    assert count(site, Dossier) == 1


def test_a_store_takes_a_half_written_file_away(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            store.put("abcdef0123456789", io.BytesIO(b"x" * 1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files_below(tmp_path) == set()
    assert store.put("abcdef0123456789", io.BytesIO(b"x" * 1_000_000)) == 1_000_000
