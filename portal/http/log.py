"""Request ids and structured logs: an event's name and fields, no personal data.

The path may hold a look-up code and the query a name, so only the route's name is
written. A failing request's id stands on its error page.
"""

import json
import logging
import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import INGRESS

log = logging.getLogger("portal.request")
#: Where a request's environment says which route it took.
ROUTE = "portal.route"
RESERVED = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JSONLines(logging.Formatter):
    """One record a line: time, level, event and the fields given as ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in RESERVED}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def setup_logging(level: str) -> None:
    """All logs as JSON lines on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Waitress warns at every queued request; what matters is the time a request took.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def log_tween(handler: Callable[[Request], Response], _registry: Any) -> Callable[..., Response]:
    """Gives the request its id and writes one line when it is answered."""

    def tween(request: Request) -> Response:
        identity = request.environ["portal.request_id"] = new_id()
        begun = time.perf_counter()
        response = handler(request)
        response.headers["X-Request-Id"] = identity
        route = getattr(request, "matched_route", None)
        request.environ[ROUTE] = route.name if route else None
        note(identity, request.environ, request.environ[ROUTE], response.status_int, begun)
        return response

    return tween


def new_id() -> str:
    """A new request's id: 16 hex digits that name it, and keep nothing secret."""
    return f"{random.getrandbits(64):016x}"


def note(
    identity: str,
    environ: Mapping[str, Any],
    route: str | None,
    status: int,
    begun: float,
    **more: Any,
) -> None:
    """Write the line of a request that ``begun`` at this reading of ``time.perf_counter``."""
    if not log.isEnabledFor(logging.INFO):
        return
    fields = {
        "request_id": identity,
        "method": environ["REQUEST_METHOD"],
        "route": route,
        "status": status,
        "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
        **more,
    }
    log.info("request", extra=fields)


def includeme(config: Configurator) -> None:
    """The outermost tween; a retried request writes a line for each attempt."""
    config.add_tween("portal.http.log.log_tween", under=INGRESS)
    config.add_request_method(lambda r: r.environ.get("portal.request_id", ""), "id", reify=True)
