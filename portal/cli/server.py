"""Serving: waitress in this process, the worker in a supervised child process."""

import contextlib
import gc
import linecache
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from errno import EADDRINUSE
from typing import Any

import waitress
from sqlalchemy import func, select

from content.people.models import Account
from content.schema import is_current
from portal import make_app
from portal.cli.program import CommandFailed, Program
from portal.frame import keep_counting, write_visits
from portal.http.kept import around
from portal.http.log import setup_logging
from portal.settings import Settings

log = logging.getLogger("portal.serve")
RESTART_PAUSE = 1.0
STOP_PATIENCE = 10
OVERHEAD = 1 << 20


def serve(program: Program, *, with_worker: bool) -> int:
    """Serve until interrupted; prints the address once the application is ready."""
    settings = program.settings
    setup_logging(settings.log_level)
    check_database(program)
    # The application is made of objects that stay; the collector goes on once it is there.
    gc.disable()
    app = around(make_app(settings, database=program.database, file_store=program.file_store))
    server = listen(app, settings)
    signal.signal(signal.SIGTERM, _interrupt)
    calm_the_collector()
    counting = keep_counting(app.registry)
    with supervised_worker(program) if with_worker else contextlib.nullcontext():
        announce(program)
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            server.run()
        server.close()
    counting.set()
    write_visits(app.registry)
    return 0


def listen(app: Any, settings: Settings) -> Any:
    """The server, bound to its address; refused in words if it cannot be had."""
    try:
        return waitress.create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            # The application itself refuses larger bodies, with a page that explains.
            max_request_body_size=settings.limits.body + OVERHEAD,
            channel_timeout=60,
            **forwarded(settings.trusted_proxy),
        )
    except OSError as error:
        address = f"{settings.host}:{settings.port}"
        why = "another program listens there" if error.errno == EADDRINUSE else error.strerror
        raise CommandFailed(f"{address}: {why}; PORT= names another port") from error


def calm_the_collector() -> None:
    """Look for cycles more rarely, and never among what was made at the start.

    Pages make few cycles; looking for them took a twentieth of the time of each. The sources
    that decorators looked into while the application was made are let go as well.
    """
    linecache.clearcache()
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


def forwarded(proxy: str) -> dict[str, object]:
    """Believe the headers of one proxy, and of nobody else."""
    if not proxy:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }


def check_database(program: Program) -> None:
    """Refuse an old schema, and sample accounts outside development."""
    if not is_current(program.database.engine):
        raise CommandFailed("the schema is not current: run `portal init` first")
    if program.settings.development:
        return
    with program.reading() as session:
        samples = session.scalar(select(func.count(Account.id)).where(Account.is_sample))
    if samples:
        raise CommandFailed(f"{samples} sample accounts in the database: refused in production")


def announce(program: Program) -> None:
    """Say where the site is and, on a sample site, who may sign in."""
    settings = program.settings
    print(f"\n  {settings.site.name}\n  http://{settings.host}:{settings.port}/\n", flush=True)
    if not settings.development:
        return
    from content.seed.people import SAMPLE_ACCOUNTS, SAMPLE_PASSWORD  # noqa: PLC0415

    print(f"  Tài khoản mẫu (mật khẩu {SAMPLE_PASSWORD}):")
    for one in SAMPLE_ACCOUNTS:
        print(f"    {one.email:28} {one.title}")
    print(flush=True)


def _interrupt(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


@contextlib.contextmanager
def supervised_worker(program: Program) -> Iterator[None]:
    """Keep a worker process running; it stops with us."""
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def supervise() -> None:
        while not stopping.is_set():
            running[:] = [start_worker(program)]
            code = running[0].wait()
            if not stopping.is_set():
                log.error("worker stopped", extra={"exit_code": code})
                time.sleep(RESTART_PAUSE)

    thread = threading.Thread(target=supervise, name="worker-supervisor", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        for process in running:
            process.terminate()
        thread.join(STOP_PATIENCE)
        for process in running:
            process.kill()


def start_worker(program: Program) -> subprocess.Popen[bytes]:
    """A worker that stops when this process is gone."""
    command = [sys.executable, "-m", "portal", "-c", str(program.config), "worker"]
    return subprocess.Popen([*command, "--parent", str(os.getpid())])  # noqa: S603 - our own
