"""The engine, and one session a request, joined to the request's transaction.

SQLite runs in WAL mode with foreign keys and full synchronisation. Its driver's own
transaction handling is switched off, because it begins too late; we begin ourselves:
``IMMEDIATE`` for requests that may write, so that a read followed by a write cannot
lose another's update, and plain ``BEGIN`` for those that only read.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import transaction
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from content import changes

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BUSY_TIMEOUT_MS = 10_000
#: Pages each connection keeps. The system keeps the file as well, so four times as much
#: made no page quicker, and two processes 15 MB larger.
PAGES_KEPT_KIB = 4_000
BEGIN_OPTION = "sqlite_begin"
IMMEDIATE = {BEGIN_OPTION: "BEGIN IMMEDIATE"}
_JOINED = "portal.joined"

S = TypeVar("S", bound=Session)


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the rules above."""
    if not url.startswith("sqlite"):
        # Compiling a statement takes a quarter of a second, and none of ours runs as long.
        options = {"options": "-c jit=off"}
        return create_engine(
            url, connect_args=options, pool_size=10, max_overflow=10, pool_pre_ping=True
        )
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "temp_store=MEMORY",
        f"cache_size=-{PAGES_KEPT_KIB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN_OPTION, "BEGIN"))


class RequestSession(Session):
    """A session that is part of its request's transaction."""

    def join(self, manager: Any) -> None:
        """Commit and abort with ``manager``'s transaction from now on."""
        # Looks for every database driver there is: 9 MB that the worker never needs.
        from zope.sqlalchemy import ZopeTransactionEvents  # noqa: PLC0415

        self.info[_JOINED] = ZopeTransactionEvents(transaction_manager=manager)


def _tell(name: str) -> Callable[..., None]:
    """A listener that passes an event on to what its session was joined with."""

    def listener(told: Any, *more: Any) -> None:
        session = getattr(told, "session", told)
        getattr(session.info[_JOINED], name)(told, *more)

    return listener


# The library would add its listeners to each session anew, a tenth of a millisecond a
# request; ours are added once and find what it made for theirs.
for _name in (
    "after_begin",
    "after_attach",
    "after_flush",
    "after_bulk_update",
    "after_bulk_delete",
    "before_commit",
    "do_orm_execute",
):
    event.listen(RequestSession, _name, _tell(_name))


class Database:
    """One authority's database: sessions that read, sessions that write."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        writing = engine.execution_options(**IMMEDIATE)
        self.sessions = _factory(engine, Session, clock)
        self.writing_sessions = _factory(writing, Session, clock)
        self._request_sessions = _factory(engine, RequestSession, clock)
        self._request_writing_sessions = _factory(writing, RequestSession, clock)

    def session_for(self, request: Request) -> RequestSession:
        """A session joined to the request's transaction."""
        is_safe = request.method in SAFE_METHODS
        session = (self._request_sessions if is_safe else self._request_writing_sessions)()
        session.join(request.tm)
        request.add_finished_callback(lambda _request: session.close())
        return session


def _factory(engine: Engine, kind: type[S], clock: Callable[[], datetime]) -> sessionmaker[S]:
    factory = sessionmaker(engine, class_=kind, expire_on_commit=False)
    changes.install(factory, clock)
    return factory


def request_db(request: Request) -> Session:
    """``request.db``; a test may put its own session into the environ."""
    given = request.environ.get("portal.db")
    if given is not None:
        return given
    return request.registry["database"].session_for(request)


def is_race(error: BaseException) -> bool:
    """Whether a second try may succeed: a lock, or a row another request was faster with.

    Two clicks on "Gửi hồ sơ" race; the loser meets a unique constraint, and on its
    second try finds the winner's row and reaches the same acknowledgement.
    """
    if isinstance(error, OperationalError):
        return "database is locked" in str(error.orig)
    return isinstance(error, IntegrityError)


def includeme(config: Configurator) -> None:
    """Transactions, retries and ``request.db``."""
    config.add_settings(
        {
            "retry.attempts": 3,
            "tm.manager_hook": lambda _request: transaction.TransactionManager(explicit=True),
            "tm.annotate_user": False,
        }
    )
    config.include("pyramid_retry")
    config.include("pyramid_tm")
    config.add_request_method(request_db, "db", reify=True)
