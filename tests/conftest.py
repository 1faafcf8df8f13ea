"""Fixtures of all tests: a clock, databases that roll back and databases that commit.

``session`` never commits and is fast. ``database`` is a real one, for tests in which
several sessions meet. The ``any_`` twins run on SQLite and on PostgreSQL.
"""

import gc
import itertools
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from content import changes
from content.models import Base
from portal.database import Database, make_engine
from tests.support import postgresql
from tests.support.clock import StoppedClock
from tests.support.sample import kept_sample
from tests.support.site import Site, open_site
from tests.support.statements import compile_once

settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("portal")
compile_once()

_numbers = itertools.count()


@pytest.fixture
def clock() -> StoppedClock:
    """10:00 on Monday 23/11/2026 in Việt Nam; the next day is a holiday."""
    return StoppedClock()


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A SQLite file with all tables."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/portal.sqlite3")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server, with a template database that has all tables."""
    if postgresql.binaries() is None:
        pytest.skip("no PostgreSQL server on this machine")
    with postgresql.server(tmp_path_factory.mktemp("postgresql")) as address:
        _administer(address, "CREATE DATABASE model")
        engine = make_engine(address.replace("/postgres?", "/model?"))
        Base.metadata.create_all(engine)
        engine.dispose()
        yield address


def _administer(address: str, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_server: str) -> Iterator[Engine]:
    """A PostgreSQL database with all tables, for sessions that roll back."""
    _administer(postgresql_server, "CREATE DATABASE shared TEMPLATE model")
    engine = make_engine(postgresql_server.replace("/postgres?", "/shared?"))
    yield engine
    engine.dispose()


def _rolled_back(engine: Engine, clock: StoppedClock) -> Iterator[Session]:
    with engine.connect() as connection:
        transaction = connection.begin()
        session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        changes.install(session, clock)
        yield session
        session.close()
        transaction.rollback()


@pytest.fixture
def session(sqlite_engine: Engine, clock: StoppedClock) -> Iterator[Session]:
    """A session on SQLite; whatever it commits is rolled back."""
    yield from _rolled_back(sqlite_engine, clock)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_session(request: pytest.FixtureRequest, clock: StoppedClock) -> Iterator[Session]:
    """The same on both databases."""
    yield from _rolled_back(request.getfixturevalue(f"{request.param}_engine"), clock)


@pytest.fixture
def database(tmp_path: Path, clock: StoppedClock) -> Iterator[Database]:
    """A SQLite database of the test's own, with all tables, that really commits."""
    engine = make_engine(f"sqlite:///{tmp_path}/portal.sqlite3")
    Base.metadata.create_all(engine)
    yield Database(engine, clock)
    engine.dispose()


@pytest.fixture
def postgresql_database(postgresql_server: str, clock: StoppedClock) -> Iterator[Database]:
    """A PostgreSQL database of the test's own that really commits."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE model")
    engine = make_engine(postgresql_server.replace("/postgres?", f"/{name}?"))
    yield Database(engine, clock)
    engine.dispose()
    _administer(postgresql_server, f"DROP DATABASE {name}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_database(request: pytest.FixtureRequest) -> Database:
    """The same on both databases."""
    names = {"sqlite": "database", "postgresql": "postgresql_database"}
    return request.getfixturevalue(names[request.param])


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeded sample, made once; tests work on copies."""
    if not pytestconfig.pluginmanager.hasplugin("cacheprovider"):
        return kept_sample(tmp_path_factory.mktemp("sample"))
    return kept_sample(pytestconfig.cache.mkdir("sample"))


@pytest.fixture(scope="module")
def reading_site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that the tests of a module only read."""
    with open_site(sample, tmp_path_factory.mktemp("reading"), StoppedClock()) as site:
        yield site


@pytest.fixture
def site(sample: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """A site of the test's own."""
    with open_site(sample, tmp_path, clock) as site:
        yield site


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long begin first, else one worker has nothing to do at the end; within
    that, order stays random. While one worker makes the sample, those that do without it are
    for the other."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    on_sample = {item.path for item in items if "sample" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: -_haste(item.path, slow))
    first = next((item.path for item in items if item.path in on_sample), None)
    items.sort(key=lambda item: (item.path != first, item.path not in slow - on_sample))


def _haste(path: Path, slow: set[Path]) -> int:
    return (path in slow) + ("browser" in path.parts)


def pytest_collection_finish() -> None:
    """What is there by now stays: looking through it for garbage again and again took a sixth of
    the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted (``record_property("told", …)``), and what this machine lacks."""
    passed = terminalreporter.stats.get("passed", [])
    told = [words for one in passed for name, words in one.user_properties if name == "told"]
    if told:
        terminalreporter.section("counted")
        for words in told:
            terminalreporter.line(words)
    reasons = Counter(
        str(one.longrepr[2])
        for one in terminalreporter.stats.get("skipped", [])
        if isinstance(one.longrepr, tuple) and "later: " not in str(one.longrepr[2])
    )
    if reasons:
        terminalreporter.section("not run on this machine")
        for reason, count in reasons.items():
            terminalreporter.line(f"{reason} ({count})")
