"""The statutory report of a quarter, the page of public figures, and a large export: times on
50,000 dossiers (SQLite) and 1,000,000 (PostgreSQL), and the memory of the export.

    .venv/bin/python -m tests.bench.reports [dossiers on PostgreSQL]
"""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from content.calendar.working import WorkingCalendar
from content.figures import exports, ii06, lists, public
from content.figures.exports import Asked
from content.figures.lists import Narrowed
from content.figures.periods import parse
from content.figures.public import By
from content.figures.question import Question
from content.figures.scope import EVERYBODY, Units
from content.figures.which import Which
from content.models import Base
from content.people.models import Account
from content.words import integer
from portal.cli import main as command
from portal.cli.program import Program
from portal.database import make_engine
from portal.report_exports import ExportMaker
from tests.bench.figures import Figure
from tests.content.dossiers_service import world
from tests.content.figures.rows import generated
from tests.support import postgresql
from tests.support.site import write_ini

TODAY = date(2026, 11, 23)
QUARTER, YEARS = parse("2026-q3"), parse("2023-12-01..2026-11-23")
ON_SQLITE, ON_POSTGRESQL = 50_000, 1_000_000
READY = "ready"
ROUNDS = 5


def prepare_dossiers(folder: Path, count: int = ON_SQLITE) -> Path:
    """The sample with so many dossiers of three years; built once."""
    folder = folder.absolute()
    if (folder / READY).exists():
        assert command(["-c", str(folder / "site.ini"), "init"]) == 0
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ini = str(write_ini(folder))
    assert command(["-c", ini, "prepare"]) == 0
    with Program(ini) as program, program.writing() as session:
        generated(session, count, TODAY)
    (folder / READY).touch()
    return folder


def on_sqlite(site: Path) -> Iterator[Figure]:
    """The embedded default."""
    with Program(str(site / "site.ini")) as program, program.reading() as session:
        yield from _asked(session, "50.000 hồ sơ, SQLite", 3)
    yield from _exported(site)


def on_postgresql(folder: Path, count: int = ON_POSTGRESQL) -> Iterator[Figure]:
    """A large site; nothing where there is no PostgreSQL."""
    if postgresql.binaries() is None:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with postgresql.server(folder.absolute()) as address:
        engine = make_engine(address)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
            world.build(session, now)
            generated(session, count, TODAY)
            session.commit()
        _settle_down(engine)
        with Session(engine) as session:
            yield from _asked(session, f"{integer(count)} hồ sơ, PostgreSQL", 3)
        engine.dispose()


def _settle_down(engine: Engine) -> None:
    """What autovacuum does by itself within minutes."""
    outside = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text("VACUUM ANALYZE dossier"))
    outside.dispose()


def _asked(session: Session, size: str, budget: float) -> Iterator[Figure]:
    about = Question(session, QUARTER, TODAY, WorkingCalendar.of(()))
    yield Figure(
        f"Biểu II.06 một quý, {size}",
        _seconds(lambda: ii06.report(session, QUARTER, EVERYBODY)),
        "s",
        budget,
    )
    some = Units(frozenset(range(1, 3)))
    yield Figure(
        f"Biểu II.06 của vài đơn vị, {size}",
        _seconds(lambda: ii06.report(session, QUARTER, some)),
        "s",
        budget,
    )
    yield Figure(
        f"Số liệu công khai một quý, {size}",
        _seconds(lambda: [public.items(about, by) for by in By]),
        "s",
    )
    late = Narrowed(Which.LATE, QUARTER.period, EVERYBODY)
    yield Figure(
        f"Danh sách quá hạn, trang đầu, {size}",
        _seconds(lambda: (lists.count(session, late), lists.page(session, late, 1))),
        "s",
    )


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _exported(site: Path) -> Iterator[Figure]:
    """In a process of its own, as the worker is one; what it held at most above its idle."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.reports", "--export", str(site)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, megabytes, rows = (float(one) for one in done.stdout.split()[-3:])
    yield Figure(f"xuất {integer(int(rows))} hồ sơ ra .xlsx", seconds, "s")
    yield Figure("bộ nhớ khi xuất, thêm so với lúc nghỉ", megabytes, "MB", 60)


def export(site: Path) -> None:
    """Order and write everything; prints seconds, megabytes above idle, and rows."""
    with Program(str(site / "site.ini")) as program:
        with program.writing() as session:
            officer = session.scalars(select(Account).order_by(Account.id)).first()
            assert officer is not None
            everything = Narrowed(Which.ALL, YEARS.period, EVERYBODY)
            total = lists.count(session, everything)
            asked = Asked(everything, "Đo", total)
            number = exports.order(session, officer, asked, program.now).id
        idle = _held("VmRSS")
        start = time.perf_counter()
        ExportMaker(program.database, program.file_store, lambda: program.now).make(number)
        spent = time.perf_counter() - start
        most = _held("VmHWM")
    print(f"{spent:.2f} {most - idle:.1f} {total}")


def _held(what: str) -> float:
    """Megabytes of this process: now (``VmRSS``), or at most since it began (``VmHWM``)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def main(given: list[str]) -> int:
    """This part of the table alone."""
    if given[:1] == ["--export"]:
        export(Path(given[1]))
        return 0
    folder = Path("var/bench")
    count = int(given[0]) if given else ON_POSTGRESQL
    found = [*on_sqlite(prepare_dossiers(folder / "dossiers"))]
    for one in [*found, *on_postgresql(folder / "postgresql", count)]:
        print(f"{one.name:<52}{one.value:>10.2f} {one.unit}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
