"""Creating and upgrading the schema, on both databases, without command-line detours."""

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
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
    return True
