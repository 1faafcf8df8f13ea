"""Creating and upgrading the schema, on both databases, without command-line detours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest schema."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
        wanted = ScriptDirectory.from_config(alembic_config(connection)).get_heads()
    return set(found) == set(wanted)


def upgrade(engine: Engine) -> bool:
    """Bring the schema to the newest version; returns whether anything was done."""
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
