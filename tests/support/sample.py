"""The seeded sample: made once for all workers and kept for the next run, copied for each site.

Making it takes half a minute. It is made anew when a source it is made from changes, and on
each day: the times that stand in it are those of its making. Must not be written to.

Who changes pages and not the sample may set ``SAMPLE=kept``: then the newest one is good
enough, whatever changed since.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from content.people.models import Account
from content.seed.people import SAMPLE_PASSWORD
from portal.cli.program import Program
from tests.support import site
from tests.support.site import ROOT, WEAK_HASHER, run_command

SOURCES = ("content", "search", "portal", "requirements", "development.ini")
BESIDE = {"__pycache__", "static", "locale"}


def kept_sample(home: Path) -> Path:
    """The sample of today's sources below ``home``; made if it is not there."""
    folder = home / fingerprint()
    with _alone(home):
        if os.environ.get("SAMPLE") == "kept":
            folder = next(iter(sorted(home.glob("*-*"), key=_age)), folder)
        if not folder.exists():
            # The last one may be in use by another run of the tests.
            for older in sorted(home.glob("*-*"), key=_age)[1:]:
                shutil.rmtree(older)
            making = home / "making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make_sample(making)
            making.rename(folder)
    return folder


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time; who comes second finds what the first has made."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint() -> str:
    """The day, and a digest of everything the sample is made from."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (*_sources(), Path(__file__), Path(site.__file__)):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return f"{datetime.now(UTC):%Y%m%d}-{digest.hexdigest()[:16]}"


def _sources() -> Iterator[Path]:
    for place in (ROOT / source for source in SOURCES):
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not BESIDE & set(path.relative_to(ROOT).parts):
                yield path


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def make_sample(folder: Path) -> None:
    """The seeded sample under ``folder``: database, files, index."""
    assert run_command(folder, "prepare") == 0
    with Program(str(folder / "site.ini")) as program:
        weak = WEAK_HASHER.hash(SAMPLE_PASSWORD)
        with program.writing() as session:
            session.execute(update(Account).values(password_hash=weak))
        with program.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
