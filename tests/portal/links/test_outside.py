"""Other hosts are asked with care: never into a network, never for long, nothing kept."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from portal.links import outside
from portal.links.outside import Outside, is_public


class Host(BaseHTTPRequestHandler):
    """A host with a page, a missing one, a slow one, and ways round in circles."""

    def do_HEAD(self) -> None:
        if self.path == "/cham":
            self._drip()
            return
        status, headers = self._answer()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - likewise

    def _answer(self) -> tuple[int, dict[str, str]]:
        path = self.path
        if path == "/chi-get":
            return (200 if self.command == "GET" else 405), {}
        if path.startswith("/chuyen"):
            return 302, {"Location": path.removeprefix("/chuyen") or "/chuyen"}
        if path == "/noi-bo":
            return 301, {"Location": "http://10.0.0.1/quan-tri"}
        return {"/co": 200, "/loi": 500, "/cam": 403}.get(path, 404), {}

    def _drip(self) -> None:
        """A header without an end, a byte now and then."""
        for _ in range(200):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            threading.Event().wait(0.05)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def asking(address: str, **more: Any) -> Outside:
    port = int(address.rpartition(":")[2])
    return Outside(is_allowed=lambda one: one == "127.0.0.1", ports=frozenset({port, 80}), **more)


def test_what_a_host_answers_is_judged(host: str) -> None:
    ask = asking(host)
    assert ask(f"{host}/co") == ""
    assert ask(f"{host}/chi-get") == ""
    assert ask(f"{host}/khong-co") == "not_found"
    assert ask(f"{host}/loi") == "server_error"
    # A page that is closed to robots may be open to readers: nobody knows from here.
    assert ask(f"{host}/cam") is None
    assert ask(f"{host}/chuyen/chuyen/co") == ""
    assert ask(f"{host}/chuyen") == "redirects"


def test_a_redirect_into_a_network_is_not_followed(host: str) -> None:
    assert asking(host)(f"{host}/noi-bo") == "private"


def test_a_host_that_drips_is_left(host: str) -> None:
    assert asking(host, timeout=1.0, deadline=0.4)(f"{host}/cham") == "timeout"


def test_by_default_this_machine_and_its_network_are_never_asked(host: str) -> None:
    ports = frozenset({int(host.rpartition(":")[2]), 80, 443})
    ask = Outside(ports=ports)
    assert ask(f"{host}/co") == "private"
    for address in (
        "http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/",
        "http://100.64.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/",
        "http://2130706433/", "http://0x7f000001/",
    ):  # fmt: skip
        assert ask(address) in ("private", "no_host"), address


def test_only_public_addresses_are_public() -> None:
    for address in ("8.8.8.8", "2001:4860:4860::8888"):
        assert is_public(address)
    for address in (
        "127.0.0.1", "10.0.0.1", "172.31.255.255", "192.168.0.1", "169.254.1.1", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "::1", "fe80::1%eth0", "fc00::1",
        "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::a00:1",
    ):  # fmt: skip
        assert not is_public(address), address
    ipaddress.ip_address("64:ff9b::a00:1")


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise the second time does not lead anywhere else."""
    port = int(host.rpartition(":")[2])
    looked: list[str] = []

    def resolve(name: str, wanted: int, *_more: Any, **_named: Any) -> list[Any]:
        # Whatever is asked by its address again, as ``create_connection`` does, is that address.
        looked.append(name)
        later = name if name[0].isdigit() else "10.0.0.1"
        address = "127.0.0.1" if len(looked) == 1 else later
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, wanted))]

    monkeypatch.setattr(outside.socket, "getaddrinfo", resolve)
    assert asking(host)(f"http://doi-y.example:{port}/co") == ""
    assert looked == ["doi-y.example", "127.0.0.1"]
    assert asking(host)(f"http://doi-y.example:{port}/co") == "private"


@pytest.mark.parametrize(
    "target",
    ["ftp://example.vn/", "http:///x", "http://a:b@example.vn/", "http://[::1", "http://x:99999/"],
)
def test_odd_addresses_are_not_asked(target: str) -> None:
    assert Outside()(target) == "malformed"


def test_another_port_is_not_asked_and_nothing_is_said_of_it() -> None:
    assert Outside()("http://example.vn:25/") is None
