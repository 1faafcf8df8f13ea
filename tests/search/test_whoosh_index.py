"""What the index on disk promises beyond the contract: processes, crashes, leftovers."""

import fcntl
import gc
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from search.documents import SearchDocument
from search.generations import Generations
from search.index import IndexUnavailable
from search.whoosh_index import WhooshIndex
from tests.search.samples import NOW, document, keys, put, titles

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(root: Path) -> WhooshIndex:
    index = WhooshIndex(root)
    index.rebuild([])
    return index


def builds(root: Path) -> list[str]:
    return sorted(entry.name for entry in root.iterdir() if entry.name.startswith("build-"))


def test_only_the_owner_may_enter_the_folder(index: WhooshIndex, root: Path) -> None:
    for folder in (root, root / builds(root)[0]):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_index_is_there_again_for_the_next_process(index: WhooshIndex, root: Path) -> None:
    put(index, document(1, "Đăng ký khai sinh"), document(2, "Khai tử"))
    put(index, document(2, "Kết hôn"))
    again = WhooshIndex(root)
    assert not again.needs_rebuild()
    assert keys(again, "khai") == ["procedure:1"]
    assert again.digests() == index.digests()


def test_another_process_sees_commits_and_switches(index: WhooshIndex, root: Path) -> None:
    reader = WhooshIndex(root)
    assert keys(reader, "khai sinh") == []
    put(index, document(1, "Đăng ký khai sinh"))
    assert keys(reader, "khai sinh") == ["procedure:1"]
    index.rebuild([document(2, "Đăng ký khai sinh lưu động")])
    assert keys(reader, "khai sinh") == ["procedure:2"]


def test_commits_are_seen_by_who_trusts_the_time_of_an_old_folder(
    index: WhooshIndex, root: Path
) -> None:
    """A reader that finds the folder's time unchanged reads nothing; a commit changes it."""
    reader = WhooshIndex(root)
    put(index, document(1, "Đăng ký khai sinh"))
    for path in (root / "current", root / builds(root)[0]):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    for _ in range(3):
        assert keys(reader, "khai sinh") == ["procedure:1"]
    put(index, document(1, "Đăng ký kết hôn"))
    assert keys(reader, "khai sinh") == []
    os.utime(root / builds(root)[0], (1_100_000_000, 1_100_000_000))
    assert keys(reader, "khai sinh") == []
    index.rebuild([document(2, "Đăng ký khai sinh lưu động")])
    assert keys(reader, "khai sinh") == ["procedure:2"]


def test_only_files_of_the_newest_view_stay_open(index: WhooshIndex, root: Path) -> None:
    def opened() -> set[str]:
        links = list(Path("/proc/self/fd").iterdir())
        names = [str(link.readlink()) for link in links if link.is_symlink()]
        return {name for name in names if name.startswith(str(root))}

    for number in range(6):
        put(index, *(document(12 * number + each, "Khai sinh") for each in range(12)))
        assert len(keys(index, "khai sinh")) > 0
    assert opened()
    assert not [name for name in opened() if name.endswith("(deleted)")]
    index.rebuild([document(1, "Khai sinh")])
    assert keys(index, "khai sinh") == ["procedure:1"]
    assert not [name for name in opened() if name.endswith("(deleted)")]
    index.close()
    assert not opened()


def test_a_rebuild_leaves_one_folder_and_clears_what_a_crash_left(
    index: WhooshIndex, root: Path
) -> None:
    (root / "build-w0.0-dead").mkdir()
    (root / "current.dead").write_text("x")
    index.rebuild([document(1, "Khai sinh")])
    assert len(builds(root)) == 1
    assert not (root / "current.dead").exists()


def test_a_failed_rebuild_leaves_the_index_in_use(index: WhooshIndex, root: Path) -> None:
    put(index, document(1, "Khai sinh"))
    used = (root / "current").read_text()

    def torn() -> Iterator[SearchDocument]:
        yield document(2, "Khai tử")
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        index.rebuild(torn())
    assert (root / "current").read_text() == used
    assert keys(index, "khai") == ["procedure:1"]


def test_changes_made_while_rebuilding_are_in_the_new_index(index: WhooshIndex, root: Path) -> None:
    put(index, document(1, "Khai sinh"), document(2, "Khai tử"))
    worker = WhooshIndex(root)

    def slow() -> Iterator[SearchDocument]:
        yield document(1, "Khai sinh")
        yield document(2, "Khai tử")
        put(worker, document(1, "Kết hôn"), document(3, "Thường trú"))
        worker.replace({"procedure:2": []})
        assert keys(worker, "kết hôn") == ["procedure:1"]  # in the old one at once

    assert index.rebuild(slow()) == 2
    assert set(titles(index, "")) == {"Kết hôn", "Thường trú"}
    assert not (root / "journal.jsonl").exists()
    put(index, document(4, "Sau đó"))
    assert not (root / "journal.jsonl").exists()


def test_a_journal_cut_off_by_a_crash_is_read_up_to_there(root: Path) -> None:
    generations = Generations(root, "w1.1")
    with generations.writing(1):
        generations.note({"procedure:1": [{"key": "procedure:1"}]})
        generations.note({"procedure:1": [], "procedure:2": []})
    with (root / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"procedure:3": [')
    assert generations.noted() == {"procedure:1": [], "procedure:2": []}
    generations.clear_journal()
    assert generations.noted() == {}


def test_a_switch_between_reading_the_pointer_and_looking_is_noticed(root: Path) -> None:
    class Late(Generations):
        names: ClassVar[list[str]] = []

        def _named(self) -> str:
            return self.names.pop(0) if self.names else super()._named()

    generations = Late(root, "w1.1")
    folder = generations.create()
    generations.use(folder)
    generations.names.append("build-w1.1-swept")
    assert generations.current() == folder
    generations.names.extend(["build-w1.1-swept"] * 2)
    assert generations.current() is None


def test_sets_of_terms_are_forgotten_when_there_are_too_many(
    index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.whoosh_index._KEPT_TERMS", 5)
    monkeypatch.setattr("search.whoosh_index._KEPT_BYTES", 0)
    put(index, *(document(n, f"Việc số {n} của dân") for n in range(20)))
    for number in range(20):
        assert keys(index, f"việc số {number} của dân")[0] == f"procedure:{number}"


def test_a_second_rebuild_is_refused(index: WhooshIndex, root: Path) -> None:
    def rebuilding() -> Iterator[SearchDocument]:
        with pytest.raises(IndexUnavailable):
            WhooshIndex(root).rebuild([])
        yield document(1, "Khai sinh")

    assert index.rebuild(rebuilding()) == 1


def test_a_writer_that_does_not_end_is_waited_for_and_then_reported(
    index: WhooshIndex, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.whoosh_index.TIMEOUT", 0.15)
    with (root / "writer.lock").open("r+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(IndexUnavailable):
            put(index, document(1, "Khai sinh"))
    put(index, document(1, "Khai sinh"))
    assert index.doc_count() == 1


def test_an_index_of_another_format_is_built_anew(index: WhooshIndex, root: Path) -> None:
    put(index, document(1, "Khai sinh"))
    index.close()
    old = root / builds(root)[0]
    old.rename(root / "build-w0.9-abc")
    (root / "current").write_text("build-w0.9-abc")
    assert index.needs_rebuild()
    assert keys(index, "khai sinh") == []


# Whoosh leaves the broken file to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["truncate", "garbage", "remove"])
def test_a_torn_index_finds_nothing_and_asks_to_be_rebuilt(
    index: WhooshIndex, root: Path, damage: str
) -> None:
    put(index, document(1, "Khai sinh"))
    for file in (root / builds(root)[0]).iterdir():
        if damage == "remove":
            file.unlink()
        else:
            size = 20 if damage == "truncate" else file.stat().st_size
            file.write_bytes(file.read_bytes()[:20].ljust(size, b"\xff"))
    again = WhooshIndex(root)
    assert again.needs_rebuild()
    assert keys(again, "khai sinh") == []
    gc.collect()
    assert again.rebuild([document(2, "Khai sinh")]) == 1
    assert keys(again, "khai sinh") == ["procedure:2"]


def test_an_index_deleted_while_in_use_is_only_empty(index: WhooshIndex, root: Path) -> None:
    put(index, document(1, "Khai sinh"))
    assert keys(index, "khai sinh") == ["procedure:1"]
    for folder, _, files in os.walk(root, topdown=False):
        for file in files:
            (Path(folder) / file).unlink()
        Path(folder).rmdir()
    assert index.needs_rebuild()
    assert keys(index, "khai sinh") == []
    index.rebuild([document(2, "Khai sinh")])
    assert keys(index, "khai sinh") == ["procedure:2"]


def test_a_pointer_to_elsewhere_is_not_followed(index: WhooshIndex, root: Path) -> None:
    for name in ("../../etc", "build-", "\x00", "é" * 300):
        (root / "current").write_bytes(name.encode())
        assert WhooshIndex(root).needs_rebuild()


class Reader(threading.Thread):
    """Asks again and again, and notes each answer that is not whole."""

    def __init__(self, index: WhooshIndex, wanted: int) -> None:
        super().__init__()
        # While a newer view is loaded, others are served from the one before.
        assert index.doc_count() == wanted
        self.index, self.wanted = index, wanted
        self.stop = threading.Event()
        self.asked = 0
        self.problems: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            self.asked += 1
            found = len(keys(self.index, "việc số", limit=50))
            if found != self.wanted:
                self.problems.append(f"{found} of {self.wanted}")


def test_readers_are_never_disturbed_by_commits_and_rebuilds(
    index: WhooshIndex, root: Path
) -> None:
    put(index, *(document(n, f"Việc số {n}") for n in range(40)))
    readers = [Reader(own, 40) for own in (index, index, WhooshIndex(root))]
    for reader in readers:
        reader.start()
    try:
        turn = 0
        # At least eight times; on a busy machine until everybody has asked while it goes on.
        while turn < 8 or (turn < 80 and any(reader.asked <= 5 for reader in readers)):
            titles = (document(n, f"Việc số {n} lần {turn}") for n in range(turn % 8, 40, 8))
            put(index, *titles)
            if turn % 4 == 3:
                index.rebuild(document(n, f"Việc số {n}") for n in range(40))
            turn += 1
    finally:
        for reader in readers:
            reader.stop.set()
            reader.join()
    assert [reader.problems for reader in readers] == [[], [], []]
    assert all(reader.asked > 5 for reader in readers)


def test_writers_of_several_threads_lose_nothing(index: WhooshIndex, root: Path) -> None:
    def write(first: int) -> None:
        own = WhooshIndex(root)
        for number in range(first, first + 4):
            put(own, document(number, f"Việc {number}"))

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.doc_count() == 12


WRITER = """
import sys
from pathlib import Path
from search.whoosh_index import WhooshIndex
from tests.search.samples import document, put
index = WhooshIndex(Path(sys.argv[1]))
print("ready", flush=True)
turn = 0
while True:
    turn += 1
    put(index, *(document(n, f"Việc số {n} lần {turn}") for n in range(30)))
    if turn % 3 == 0:
        index.rebuild(document(n, f"Việc số {n} lần {turn}") for n in range(30))
    print(turn, flush=True)
"""


@pytest.mark.slow
def test_a_killed_writer_leaves_a_whole_index_that_can_be_written_at_once(
    index: WhooshIndex, root: Path
) -> None:
    put(index, *(document(n, f"Việc số {n} lần 0") for n in range(30)))
    chance = random.Random(20261123)
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WRITER, str(root)],
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            text=True,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.3))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        after = WhooshIndex(root)
        assert not after.needs_rebuild()
        found = titles(after, "", limit=100)
        assert len(found) == 30
        assert len({title.rpartition(" ")[2] for title in found}) == 1, "one commit, whole"
        put(after, document(0, found[0]))
        assert after.doc_count() == 30
    assert after.rebuild([]) == 0
    assert len(builds(root)) == 1


def test_the_generation_names_the_commit(index: WhooshIndex, root: Path) -> None:
    first = index.generation(NOW)
    assert WhooshIndex(root).generation(NOW) == first
    put(index, document(1, "Khai sinh"))
    assert index.generation(NOW) == WhooshIndex(root).generation(NOW) != first
