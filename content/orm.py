"""What every table shares: the base class, column types and naming rules.

Instants are UTC-aware datetimes, enums are stored by value, documents are JSON,
and what two people may edit at once carries a version counter.
"""

import enum
import weakref
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Enum,
    Executable,
    ForeignKey,
    Integer,
    MetaData,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

# Every constraint has a name, or migrations cannot drop it on SQLite.
NAMING = {
    "ix": "ix__%(column_0_N_label)s",
    "uq": "uq__%(table_name)s__%(column_0_N_name)s",
    "ck": "ck__%(table_name)s__%(constraint_name)s",
    "fk": "fk__%(table_name)s__%(column_0_N_name)s__%(referred_table_name)s",
    "pk": "pk__%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware when given, stored as naive UTC, aware UTC when read."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def by_value(kind: type[enum.Enum], length: int = 40, name: str | None = None) -> Enum:
    """A column type that stores an enum by value, as text with a CHECK constraint.

    The second column of one kind in a table needs a ``name`` for its constraint.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=length,
        validate_strings=True,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


Document: TypeEngine[Any] = JSON().with_variant(JSONB(), "postgresql")
BigId: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")

#: A surrogate primary key.
Id = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]


def reference(target: str, *, ondelete: str | None = None, **options: Any) -> Any:
    """A foreign key column to ``table.column``, indexed unless told otherwise."""
    options.setdefault("index", True)
    return mapped_column(BigId, ForeignKey(target, ondelete=ondelete), **options)


class Base(DeclarativeBase):
    """Declarative base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own protocol
        datetime: UTCDateTime,
        dict[str, Any]: Document,
        list[Any]: Document,
    }


class Versioned:
    """Mixin: the second of two writers gets ``StaleDataError`` instead of silence."""

    revision: Mapped[int] = mapped_column(Integer, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - a class method in disguise
        return {"version_id_col": cls.revision}


def plain_rows(
    session: Session, statement: Executable, parameters: Mapping[str, Any] | None = None
) -> CursorResult[Any]:
    """Rows of columns, no objects: for small questions that every page asks.

    The session's own ``execute`` costs as much again as such a query (40 of 80 µs).
    """
    session.flush()  # the session's own execute would too, so that changes are seen
    return _connection(session).execute(statement, parameters or {})


def _connection(session: Session) -> Connection:
    """The session's connection, asked of it once in a transaction: 20 µs each time."""
    known: tuple[Any, Connection] | None = session.info.get(_CONNECTION)
    transaction = session.get_transaction()
    if known is not None and transaction is not None and known[0]() is transaction:
        return known[1]
    connection = session.connection()
    session.info[_CONNECTION] = weakref.ref(session.get_transaction()), connection
    return connection


_CONNECTION = "content.orm.connection"
