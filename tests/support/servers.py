"""The portal as a process of its own, which can be stopped, killed and started again."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waitress.server import create_server

from tests.bench.server import free_port
from tests.support.site import Site, copy_sample, let_go, write_ini

PATIENCE = 60.0


class Server:
    """``portal serve`` on the site in ``folder``, always on the same port."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.options = options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What all its lives wrote."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def start(self) -> None:
        """Start it and return when it answers."""
        ini = write_ini(self.folder)
        command = [sys.executable, "-m", "portal", "-c", str(ini), "serve", *self.options]
        environ = os.environ | {"PORT": str(self.port), "PORTAL_LOG_LEVEL": "WARNING"}
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with contextlib.closing(connection), contextlib.suppress(OSError):
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            assert self._process is not None
            assert self._process.poll() is None, self.log
            time.sleep(0.02)
        raise TimeoutError(self.log)

    def kill(self) -> None:
        """As the kernel does when memory is out: no farewell."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an operator does."""
        self._end(signal.SIGTERM)

    def _end(self, by: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait(20)
            self._process = None


@contextlib.contextmanager
def serving(model: Path, folder: Path, *options: str) -> Iterator[Server]:
    """A server on its own copy of the sample in ``model``."""
    copy_sample(model, folder)
    server = Server(folder, *options)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def in_this_process(site: Site) -> Iterator[str]:
    """A site with its stopped clock behind a server of this process; gives its address."""
    server = create_server(_letting_go(site.app), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


def _letting_go(app: Any) -> Any:
    """Closes the file into which a long body was copied; nobody else does before the garbage
    is collected, and here that is a warning."""

    def answer(environ: dict[str, Any], start: Any) -> Any:
        body = app(environ, start)
        let_go(environ)
        return body

    return answer
