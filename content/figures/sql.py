"""What both databases are asked for in their own words: the day in Việt Nam, lengths of time.

Instants are stored in UTC and compared as they are wherever possible; only what must be
compared with a promised day becomes a day. Bounds of a period are instants as well.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from content.figures.settling import Period
from content.words import LOCAL_ZONE


class local_day(FunctionElement[date]):  # noqa: N801 - a function of the database
    """The day of an instant in Việt Nam, which has no summer time."""

    type = Date()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _day_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+7 hours')"


@compiles(local_day, "postgresql")
def _day_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(({compiler.process(element.clauses, **options)}) + interval '7 hours' AS date)"


class hours_between(FunctionElement[float]):  # noqa: N801 - a function of the database
    """Hours by the clock from the first instant to the second."""

    type = Float()
    inherit_cache = True


@compiles(hours_between, "sqlite")
def _hours_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(one, **options) for one in element.clauses)
    return f"((julianday({second}) - julianday({first})) * 24)"


@compiles(hours_between, "postgresql")
def _hours_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST(EXTRACT(EPOCH FROM ({second} - {first})) AS double precision) / 3600)"


def beginning(day: date) -> datetime:
    """The instant at which a day begins in Việt Nam."""
    return datetime.combine(day, time(), LOCAL_ZONE)


def bounds(period: Period) -> tuple[datetime, datetime]:
    """From the first instant of a period to the first one after it."""
    return beginning(period.first), beginning(period.last + timedelta(days=1))
