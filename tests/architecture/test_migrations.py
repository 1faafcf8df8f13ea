"""Migrations make what the models say, on both databases, and can be undone."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    inspect,
    text,
)
from sqlalchemy.exc import IntegrityError

from content.models import Base
from content.schema import alembic_config, is_current, newest_revisions, upgrade
from portal.database import make_engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path}/empty.sqlite3")
        yield engine
        engine.dispose()
        return
    address = request.getfixturevalue("postgresql_server")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrated"))
        connection.execute(text("CREATE DATABASE migrated"))
    engine = make_engine(address.replace("/postgres?", "/migrated?"))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE migrated"))
    admin.dispose()


def test_migrations_make_the_schema_of_the_models(empty: Engine) -> None:
    assert upgrade(empty)
    assert is_current(empty)
    assert not upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_revision_is_read_without_alembic() -> None:
    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
    assert newest_revisions() == set(scripts.get_heads())


def test_an_upgrade_keeps_what_was_written(empty: Engine) -> None:
    """From the first schema, with a row in every table that refers to rows of others."""
    with empty.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    tables = MetaData()
    tables.reflect(empty)
    filled = [one for name, one in tables.tables.items() if name != "alembic_version"]
    is_sqlite = empty.dialect.name == "sqlite"
    with empty.begin() as connection:
        # Rows refer to each other in circles: references are looked at when all are there.
        later = (
            "PRAGMA defer_foreign_keys=ON" if is_sqlite else "SET session_replication_role=replica"
        )
        connection.execute(text(later))
        for table in filled:
            words = allowed_words(connection, table)
            connection.execute(table.insert().values(some_row(table) | words))
        if not is_sqlite:
            connection.execute(text("SET session_replication_role=DEFAULT"))
    assert upgrade(empty)
    with empty.connect() as connection:
        for table in filled:
            name = MOVED.get(table.name, table.name)
            assert connection.scalar(text(f'SELECT count(*) FROM "{name}"')) == 1, name
    with pytest.raises(IntegrityError), empty.begin() as connection:
        connection.execute(text("DELETE FROM account"))


def allowed_words(connection: Connection, table: Table) -> dict[str, object]:
    """For each column of a closed list, its first word."""
    checks = [str(one["sqltext"]) for one in inspect(connection).get_check_constraints(table.name)]
    found = [re.match(r"\W*(\w+)\W.*?'([^']+)'", check, re.DOTALL) for check in checks]
    return {one[1]: one[2] for one in found if one}


def some_row(table: Table) -> dict[str, object]:
    """A value for each column that wants one; whatever refers to a row refers to the first."""
    return {
        column.name: some_value(column)
        for column in table.columns
        if column.foreign_keys or not column.nullable
    } | EXCEPT.get(table.name, {})


#: Tables whose rows went into another one.
MOVED = {"article_revision": "writing_revision"}
#: A file belongs to a draft or to a dossier, not to both.
EXCEPT: dict[str, dict[str, object]] = {"attachment": {"draft_id": None}}


def some_value(column: Column[Any]) -> object:
    if column.foreign_keys or column.primary_key:
        (target,) = [key.column for key in column.foreign_keys] or [column]
        return 1 if target.type.python_type is int else "x"
    if column.type.python_type is dict or isinstance(column.type, JSON):
        return {}
    return SOME[column.type.python_type]


NOON = datetime(2026, 11, 23, 5, 0)  # noqa: DTZ001 - as the database keeps it
SOME: dict[type, object] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    bytes: b"x",
    date: NOON.date(),
    datetime: NOON,
    time: NOON.time(),
}


def test_migrations_can_be_undone(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
