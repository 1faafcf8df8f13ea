"""A consistent copy of the whole database while others write, and the way back.

SQLite copies itself; for PostgreSQL its own tools do it, which must be installed. Knows
nothing of stored files; ``portal/cli/backup.py`` puts both together.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from portal.cli.program import CommandFailed

PATIENCE = 30.0
RUNNING = "somebody works on this database: stop the portal and its worker first"


def copies_of(engine: Engine) -> "SQLiteCopies | PostgreSQLCopies":
    """For the database of this site."""
    if engine.dialect.name == "sqlite":
        return SQLiteCopies(Path(engine.url.database or ""))
    return PostgreSQLCopies(engine)


class SQLiteCopies:
    """One file, in which all of it lies."""

    kind = "sqlite"
    file = "portal.sqlite3"

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def save(self, target: Path) -> Iterator[Connection]:
        """Page by page in one reading transaction: writers go on, and are not in it."""
        with (
            closing(sqlite3.connect(self._path, timeout=PATIENCE)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            # One file, with no log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        _sync(target)
        # Without a pool nothing holds the file once the connection is closed.
        with create_engine(f"sqlite:///{target}", poolclass=NullPool).connect() as connection:
            yield connection

    def is_empty(self) -> bool:
        """Whether there is no file yet."""
        return not self._path.exists()

    def put_back(self, copy: Path, now: datetime) -> Path | None:
        """The file before is moved aside, never deleted."""
        before = None
        if self._path.exists():
            self._fold()
            before = aside(self._path, now)
        for log in ("-wal", "-shm"):
            # The log of another file would be read into this one.
            self._path.with_name(self._path.name + log).unlink(missing_ok=True)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{self._path.name}.part")
        shutil.copyfile(copy, new)
        _sync(new)
        new.replace(self._path)
        return before

    def _fold(self) -> None:
        """Bring what was committed last into the file; refused while another has it open."""
        try:
            with closing(sqlite3.connect(self._path, timeout=1)) as old:
                old.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise CommandFailed(RUNNING) from error


class PostgreSQLCopies:
    """By ``pg_dump`` and ``pg_restore``, whose versions must not be older than the server."""

    kind = "postgresql"
    file = "portal.dump"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def save(self, target: Path) -> Iterator[Connection]:
        """The dump and the connection read the same snapshot."""
        with self._engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
            snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
            _sync(target)
            yield connection

    def is_empty(self) -> bool:
        """Whether there is no table yet."""
        return not inspect(self._engine).get_table_names()

    def put_back(self, copy: Path, now: datetime) -> Path | None:
        """In one transaction: all of it, or the database stays as it was."""
        others = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        with self._engine.connect() as connection:
            if connection.exec_driver_sql(others).scalar_one():
                raise CommandFailed(RUNNING)
        self._engine.dispose()
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges")
        self._run("pg_restore", *options, "--single-transaction", "--exit-on-error", str(copy))
        return None

    def _run(self, tool: str, *options: str) -> None:
        program = shutil.which(tool)
        if program is None:
            raise CommandFailed(f"{tool} is missing: apt-get install postgresql-client")
        url = self._engine.url
        host = url.host or url.query.get("host")
        given = {"host": host, "port": url.port, "username": url.username}
        where = [f"--{name}={value}" for name, value in given.items() if value]
        # On the command line everybody on the machine could read it.
        secret = {"PGPASSWORD": str(url.password), "LC_ALL": "C.UTF-8"} if url.password else None
        done = subprocess.run(  # noqa: S603 - values of the settings, no shell
            [program, *where, f"--dbname={url.database}", *options],
            env=secret,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no reason given"]
            raise CommandFailed(f"{tool}: {said[-1]}")


def aside(path: Path, now: datetime) -> Path:
    """Move a file or folder out of the way, under the moment's name."""
    kept = path.with_name(f"{path.name}.before-{now:%Y%m%d-%H%M%S}")
    path.rename(kept)
    return kept


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
