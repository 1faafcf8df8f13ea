"""Public pages kept whole: asked again, they cost no database, no template and no Pyramid.

A page is kept if every visitor may see it (:data:`portal.http.derivers.SHARED`), and given
again until something public changes, in whichever process (the counters of
``content/changes.py``), until the search index changes where it was asked, and never beyond
the minute: whatever the clock changes (a banner, opening hours, a decision's day) changes at
a full minute. What belongs to the request and not to the page is done each time: its id, its
line in the log, the count of visits.

Pages are kept compressed, so they also travel compressed; private pages never do, for their
length would tell of their secrets.
"""

import functools
import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.router import Router
from webob.acceptparse import create_accept_encoding_header

from portal import frame
from portal.http import log as requests
from portal.http.derivers import ONCE, READING, SEARCHED

log = logging.getLogger("portal.kept")

Environ = dict[str, Any]
Start = Callable[..., Any]
Headers = list[tuple[str, str]]

KINDS = ("text/html", "application/json", "application/atom+xml")
#: What is longer is a list for programs, and not asked often.
LONGEST = 300_000
MEGABYTE = 1_000_000
#: Smaller by one part in fifty at the best level, for three times the work.
LEVEL = 4
#: Below these addresses people change what others read.
EDITED = ("/bien-tap", "/quan-tri")
#: No browser names its codings at greater length.
LONGEST_ACCEPTED = 200
#: Seconds; shorter than the way from an editor's press to the next page.
BLINK = 0.05


@dataclass(frozen=True)
class Page:
    """A page as it was sent, but for what belongs to the request."""

    state: object
    searched: object
    headers: Headers
    packed: bytes
    packed_headers: Headers
    tag: str
    route: str | None
    is_visit: bool
    read: str | None


class Counters:
    """The counters of public changes, read on a connection of its own.

    What this process changes is seen at once, what another one changes after ``blink``
    seconds: a statement for every page would cost more than all the rest of giving it.
    """

    def __init__(self, engine: Any, blink: float) -> None:
        self._engine = engine
        self._blink = blink
        self._lock = threading.Lock()
        self._connection: Any = None
        self._known: object = None
        self._until = 0.0

    def read(self) -> object:
        """What compares equal as long as nothing public has changed; ``None`` if unknown."""
        if time.monotonic() < self._until:
            return self._known
        with self._lock:
            until = time.monotonic() + self._blink
            self._known = self._ask()
            self._until = until
            return self._known

    def forget(self) -> None:
        """Something may have been written here: look at once when asked again."""
        with self._lock:
            self._until = 0.0

    def _ask(self) -> object:
        try:
            cursor = self._open().cursor()
            cursor.execute("SELECT name, value FROM generation ORDER BY name")
            rows = tuple(cursor.fetchall())
            cursor.close()
        except Exception:
            # Whatever the driver says: the page itself will meet it, and say it better.
            log.warning("the counters could not be read", exc_info=True)
            self._close()
            return None
        return rows

    def _open(self) -> Any:
        if self._connection is None:
            pooled = self._engine.raw_connection()
            pooled.detach()
            self._connection = pooled.dbapi_connection
            if self._engine.dialect.name == "postgresql":
                self._connection.autocommit = True
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        with suppress(Exception):
            connection.close()


class IndexState:
    """The state of the search index, asked of it every ``blink`` seconds: asking looks at two
    files each time."""

    def __init__(self, search: Any, blink: float) -> None:
        self._search = search
        self._blink = blink
        self._known: object = None
        self._until = 0.0

    def read(self, now: datetime) -> object:
        """What compares equal as long as the same is found."""
        if time.monotonic() >= self._until:
            self._known = self._search.generation(now)
            self._until = time.monotonic() + self._blink
        return self._known

    def forget(self) -> None:
        """Look at once when asked again."""
        self._until = 0.0


class KeptPages:
    """The application, and before it the pages it made this minute; ``megabytes`` of them."""

    def __init__(self, app: Router, megabytes: int, *, blink: float = BLINK) -> None:
        self.app = app
        self.registry: Any = app.registry
        self._counters = Counters(self.registry["database"].engine, blink)
        self._index = IndexState(self.registry["search"], blink)
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._lock = threading.Lock()
        self._free = megabytes * MEGABYTE

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """One request."""
        # A test that brings its own session brings changes that nobody else sees.
        if environ["REQUEST_METHOD"] not in READING or "portal.db" in environ:
            try:
                return self.app(environ, start)
            finally:
                self._written(environ)
        begun = time.perf_counter()
        now: datetime = self.registry["clock"]()
        counters = self._counters.read()
        state = (counters, int(now.timestamp()) // 60)
        key = _key(environ)
        page = self._pages.get(key)
        if page is not None and page.state == state and self._found_the_same(page, now):
            return self._again(page, environ, start, now, begun)
        if counters is None or environ["REQUEST_METHOD"] != "GET":
            return self.app(environ, start)
        return self._anew(key, state, environ, start)

    def _written(self, environ: Environ) -> None:
        """Look at the counters anew; what an editor wrote is seen at once, counted or not."""
        self._counters.forget()
        self._index.forget()
        if environ.get("PATH_INFO", "").startswith(EDITED):
            with self._lock:
                self._free += sum(_size(*one) for one in self._pages.items())
                self._pages.clear()

    def _found_the_same(self, page: Page, now: datetime) -> bool:
        return page.searched is None or page.searched == self._index.read(now)

    def _again(
        self, page: Page, environ: Environ, start: Start, now: datetime, begun: float
    ) -> Iterable[bytes]:
        identity = requests.new_id()
        if page.is_visit and environ["REQUEST_METHOD"] == "GET":
            frame.note_visit(self.registry, environ, now, page.read)
        status, headers, body = _answer(page, environ)
        start(status, [*headers, ("X-Request-Id", identity)])
        requests.note(identity, environ, page.route, int(status[:3]), begun, kept=True)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _anew(
        self,
        key: tuple[str, ...],
        state: object,
        environ: Environ,
        start: Start,
    ) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def hear(status: str, headers: Headers, _error: object = None) -> None:
            said.append((status, headers))

        parts = self.app(environ, hear)
        status, headers = said[-1]
        if not _may_be_kept(status, headers, environ):
            start(status, headers)
            return parts
        body = b"".join(parts)
        close = getattr(parts, "close", None)
        if close is not None:
            close()
        page = _page(body, headers, state, environ)
        self._keep(key, page)
        identity = dict(headers)["X-Request-Id"]
        status, headers, body = _answer(page, environ)
        start(status, [*headers, ("X-Request-Id", identity)])
        return [body]

    def _keep(self, key: tuple[str, ...], page: Page) -> None:
        """Add a page; those not made again for the longest time make room."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._free += _size(key, before) if before else 0
            self._pages[key] = page
            self._free -= _size(key, page)
            while self._free < 0:
                self._free += _size(*self._pages.popitem(last=False))


def _key(environ: Environ) -> tuple[str, ...]:
    """All that a public page may depend on: it knows neither cookies nor languages asked for."""
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def _may_be_kept(status: str, headers: Headers, environ: Environ) -> bool:
    said = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200 ")
        and said.get("cache-control", "").startswith("public, ")
        and said.get("content-type", "").startswith(KINDS)
        and "vary" not in said
        and "set-cookie" not in said
        and "content-encoding" not in said
        and int(said.get("content-length", LONGEST)) < LONGEST
        and ONCE not in environ
    )


def _page(body: bytes, headers: Headers, state: object, environ: Environ) -> Page:
    own = ("content-length", "x-request-id")
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept = [(name, value) for name, value in headers if name.lower() not in own]
    kept += [("Vary", "Accept-Encoding"), ("ETag", tag)]
    packed = gzip.compress(body, LEVEL, mtime=0)
    size = ("Content-Length", str(len(packed)))
    return Page(
        state=state,
        searched=environ.get(SEARCHED),
        headers=kept,
        packed=packed,
        packed_headers=[*kept, ("Content-Encoding", "gzip"), size],
        tag=tag,
        route=environ.get(requests.ROUTE),
        is_visit=bool(environ.get(frame.VISIT)),
        read=environ.get(frame.READ),
    )


def _answer(page: Page, environ: Environ) -> tuple[str, Headers, bytes]:
    if page.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
        headers = [(name, value) for name, value in page.headers if name != "Content-Type"]
        return "304 Not Modified", headers, b""
    if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        return "200 OK", page.packed_headers, page.packed
    body = gzip.decompress(page.packed)
    return "200 OK", [*page.headers, ("Content-Length", str(len(body)))], body


@functools.lru_cache(64)
def _takes_gzip(accepted: str) -> bool:
    """Browsers say the same few things, so each is read once; ``gzip;q=0`` refuses it."""
    if "gzip" not in accepted or len(accepted) > LONGEST_ACCEPTED:
        return False
    return bool(create_accept_encoding_header(accepted).acceptable_offers(["gzip"]))


def _size(key: tuple[str, ...], page: Page) -> int:
    """What a page takes, with its headers and key: anybody may ask a long question."""
    return len(page.packed) + sum(map(len, key)) + 4_000


def around(app: Router, *, blink: float = BLINK) -> Any:
    """``app`` with its kept pages before it, or alone where the settings keep none."""
    megabytes = app.registry["settings"].page_cache
    return KeptPages(app, megabytes, blink=blink) if megabytes else app
