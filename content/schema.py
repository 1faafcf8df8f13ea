"""Creating and upgrading the schema, on both databases, without command-line detours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent / "migrations"
_REVISION = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for one open connection."""
    from alembic.config import Config  # noqa: PLC0415 - 7 MB, for whoever changes the schema

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest schema."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
        return set(found) == newest_revisions()


def newest_revisions() -> set[str]:
    """The revisions that no other builds on, read from the files without Alembic.

    Every start of the server asks, and most never change the schema.
    """
    said = _said()
    return said["revision"] - said["down_revision"]


def revisions() -> set[str]:
    """Every revision that this version of the program knows."""
    return _said()["revision"]


def _said() -> dict[str, set[str]]:
    said: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for file in (HERE / "versions").glob("*.py"):
        for name, revision in _REVISION.findall(file.read_text("utf-8")):
            said[name].add(revision)
    return said


def upgrade(engine: Engine) -> bool:
    """Bring the schema to the newest version; returns whether anything was done."""
    from alembic import command  # noqa: PLC0415 - as above

    if is_current(engine):
        return False
    with engine.connect() as connection, _references_at_rest(connection), connection.begin():
        command.upgrade(alembic_config(connection), "head")
        _check_references(connection)
    return True


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by copying and dropping it, which what refers to it would forbid.

    https://www.sqlite.org/lang_altertable.html, section 7: the switch has no effect within
    a transaction, so it is turned on the driver's own connection, before and after.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """Before anything is kept: every reference still leads somewhere."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"references that lead nowhere after the upgrade: {broken[:5]}")
