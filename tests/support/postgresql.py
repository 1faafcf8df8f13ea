"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, gone afterwards.

``initdb`` refuses to run as root, so root runs it as another user.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")
OTHERS = ("postgres", "nobody")


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``, newest first; ``None`` if there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [Path(p) for place in PLACES for p in sorted(Path("/").glob(place[1:]), reverse=True)]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def other_user() -> str | None:
    """Whom to run as when we are root."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in OTHERS if name in names)


def _run(user: str | None, *command: str) -> None:
    result = subprocess.run(
        command,
        user=user,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{result.stdout}\n{result.stderr}")


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server; yields the address of its administrative database."""
    place = binaries()
    if place is None:
        raise LookupError("no PostgreSQL binaries")
    user = other_user()
    # Sockets need a short path, and the other user a folder of its own.
    home = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    data = home / "data"
    if user:
        shutil.chown(home, user)
    _run(
        user,
        str(place / "initdb"),
        "-D",
        str(data),
        "-U",
        "portal",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=100"
    _run(
        user,
        str(place / "pg_ctl"),
        "-D",
        str(data),
        "-o",
        options,
        "-l",
        str(home / "log"),
        "-w",
        "start",
    )
    try:
        yield f"postgresql+psycopg://portal@/postgres?host={home}"
    finally:
        _run(user, str(place / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
