"""Statements compiled once for all databases of the tests.

An engine compiles each statement once and keeps it; every test has an engine of its own, and
would spend a third of its time on compiling the same ones. What is kept depends on nothing
but the statement and the dialect.
"""

from contextlib import suppress
from typing import Any

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from portal import database

#: More than there are statements in all tests.
KEPT = 20_000

_models: dict[str, Engine] = {}


def compile_once() -> None:
    """From now on engines of one dialect share the statements they compiled."""
    database.create_engine = _create_engine  # type: ignore[attr-defined]


def _create_engine(url: Any, **options: Any) -> Engine:
    engine = sqlalchemy.create_engine(url, **options)
    with suppress(OperationalError):  # there may be no server, and that be tested
        model = _model(engine)
        engine.dialect, engine._compiled_cache = model.dialect, model._compiled_cache
    return engine


def _model(engine: Engine) -> Engine:
    """An engine of that dialect, which has asked its server what there is to know."""
    name = engine.dialect.name
    if name not in _models:
        url = "sqlite://" if name == "sqlite" else engine.url
        model = sqlalchemy.create_engine(url, query_cache_size=KEPT)
        model.connect().close()
        model.dispose()
        _models[name] = model
    return _models[name]
