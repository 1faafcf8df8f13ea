"""What comes into force at midnight is in force at midnight, whoever asks first.

The worker's timer moves the columns that lists read; where it is late, the first request of
a new day moves them before it is answered, and no answer is kept by caches beyond the day.
"""

import logging
from datetime import date, datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.events import NewRequest, NewResponse

from content.procedures.publishing import is_due, take_effect
from content.procedures.standing import today
from content.words import local
from portal.database import Database
from portal.http.derivers import SHARED

log = logging.getLogger("portal.effect")

KEPT_SECONDS = 60
DAY_SECONDS = 24 * 60 * 60


class Effect:
    """Looks once a day and process whether something is due, and brings it into force."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.day: date | None = None

    def ensure(self, now: datetime) -> None:
        """Bring into force what the day brings. A failure is logged and tried again."""
        day = today(now)
        if day == self.day:
            return
        try:
            with self.database.sessions() as session:
                due = is_due(session, now=now)
            if due:
                with self.database.writing_sessions.begin() as session:
                    take_effect(session, now=now)
        except Exception:
            log.exception("versions of the new day are not in force yet")
            return
        self.day = day


def kept_for(now: datetime) -> int:
    """For how many seconds caches may keep an answer: never into the next day."""
    there = local(now)
    gone = (there.hour * 60 + there.minute) * 60 + there.second
    return min(KEPT_SECONDS, DAY_SECONDS - gone)


def before(event: NewRequest) -> None:
    """What is due is in force before anything is read."""
    # A test that brings its own session brings its own day.
    if "portal.db" not in event.request.environ:
        registry: Any = event.request.registry
        registry["effect"].ensure(registry["clock"]())


def after(event: NewResponse) -> None:
    """What caches may keep is kept until midnight at the most."""
    if event.response.headers.get("Cache-Control") == SHARED:
        seconds = kept_for(event.request.registry["clock"]())
        event.response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}"


def provide(registry: Any) -> None:
    """What this process knows of the day."""
    registry["effect"] = Effect(registry["database"])


def includeme(config: Configurator) -> None:
    """Before every request, and after it."""
    config.add_subscriber(before, NewRequest)
    config.add_subscriber(after, NewResponse)
