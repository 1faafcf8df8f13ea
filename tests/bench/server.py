"""Servers in processes of their own, and the CPU they spend on a request."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 30.0
#: What a real site has and development's settings have not.
AS_SERVED = {"PORTAL_LOG_LEVEL": "WARNING", "PORTAL_RELOAD_TEMPLATES": "false"}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def cpu_seconds(pid: int) -> float:
    """User and system time a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_mb(pid: int) -> float:
    """Memory a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def shared_out_mb(pid: int) -> float:
    """Memory a process holds, of what it shares with others only its part.

    For the sum of several: the libraries that all of them map are there once.
    """
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    """The processes a process has started, from whichever of its threads."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for each in lists for one in each.read_text().split()]


@contextlib.contextmanager
def running(command: Sequence[str], port: int, first: str = "/", **settings: str) -> Iterator[int]:
    """Start a server, wait for its answer at ``first``, give its pid."""
    environ = os.environ | {"PORT": str(port), **AS_SERVED} | settings
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, first)
        yield process.pid
    finally:
        process.terminate()
        process.wait(15)


def wait_for(port: int, path: str = "/") -> None:
    """Return when the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.01)
    raise TimeoutError(f"no answer on port {port}")


def bare(port: int, *file: str) -> list[str]:
    """A WSGI function that returns 30 KB or a file's bytes, on the same server."""
    return [sys.executable, "-m", "tests.bench.bare", str(port), *file]


def portal(site: Path, *options: str) -> list[str]:
    """The portal on a site."""
    return [sys.executable, "-m", "portal", "-c", str(site / "site.ini"), "serve", *options]


class Client:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        """Status, body, headers; cookies are kept."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        for value in response.msg.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, content, dict(response.headers)


def cpu_per_request(pid: int, port: int, paths: Sequence[str], count: int, **headers: str) -> float:
    """Milliseconds of CPU a server spends on one of ``paths``, asked in turn."""
    client = Client(port)
    for path in paths[: min(len(paths), 5)]:
        assert client.ask("GET", path, **headers)[0] == 200, path
    before = cpu_seconds(pid)
    for number in range(count):
        status = client.ask("GET", paths[number % len(paths)], **headers)[0]
        assert status == 200, paths[number % len(paths)]
    return (cpu_seconds(pid) - before) / count * 1000
