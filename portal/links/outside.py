"""A link to another host, asked with care: HEAD, a few seconds, and never into a network.

A link is written by an editor, so it must not make this machine ask machines behind it
(server-side request forgery). The name is resolved here, every address it has must be a
public one, and the connection goes to the very address that was looked at; each redirect
is a new link under the same rules. Nothing that a host sends is read or kept.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

TIMEOUT = 5.0
#: Seconds for one question, redirect by redirect, whatever the host does.
DEADLINE = 10.0
MAX_HOPS = 4
AGENT = "Mozilla/5.0 (compatible; portal-link-check; bot)"
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"
#: Answers that say nothing of whether a reader would find the page.
_UNCLEAR = frozenset({401, 403, 408, 425, 429, 451})
#: Hosts that do not know HEAD are asked with GET, whose body is not read.
_WITHOUT_HEAD = frozenset({400, 403, 404, 405, 501})

IsAllowed = Callable[[str], bool]


class Refused(Exception):
    """The link is not asked; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What a host said: the status, and where it leads on to."""

    status: int
    location: str


def is_public(address: str) -> bool:
    """Whether an address belongs to the public network: not private, not loopback, not
    link-local, not shared, not reserved, nor one of those wrapped into IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return is_public(str(inner))
        # NAT64 (RFC 6052): the last four bytes are an IPv4 address.
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


class Outside:
    """Tries links to other hosts; ``ports`` are the only ones it connects to."""

    def __init__(
        self,
        *,
        is_allowed: IsAllowed = is_public,
        ports: frozenset[int] = frozenset(_PORTS.values()),
        timeout: float = TIMEOUT,
        deadline: float = DEADLINE,
    ) -> None:
        self.is_allowed = is_allowed
        self.ports = ports
        self.timeout = timeout
        self.deadline = deadline

    def __call__(self, target: str) -> str | None:
        """The code of what is wrong, "" where a page answers, ``None`` where it cannot be
        told from here."""
        try:
            return self._followed(target)
        except Refused as refused:
            return None if refused.code == "port" else refused.code
        except (TimeoutError, _Overdue):
            return "timeout"
        except ssl.SSLError:
            return "certificate"
        except (OSError, http.client.HTTPException, UnicodeError, ValueError):
            return "unreachable"

    def _followed(self, target: str) -> str | None:
        for _hop in range(MAX_HOPS + 1):
            parts = _parts(target)
            answer = self._asked(parts, "HEAD")
            if answer.status in _WITHOUT_HEAD:
                answer = self._asked(parts, "GET")
            if not (300 <= answer.status < 400 and answer.location):
                return _judged(answer.status)
            target = urljoin(target, answer.location)
        return "redirects"

    def _asked(self, parts: SplitResult, method: str) -> Answer:
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        if port not in self.ports:
            raise Refused("port")
        address = self._resolved(host, port)
        connection = _Pinned(parts.scheme, host, port, address, self.timeout)
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            connection.abort()

        watch = threading.Timer(self.deadline, stop)
        watch.daemon = True
        watch.start()
        path = quote(parts.path or "/", safe=_SAFE)
        if parts.query:
            path += "?" + quote(parts.query, safe=_SAFE)
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers.get("Location", ""))
        except (OSError, http.client.HTTPException, ValueError):
            if overdue.is_set():
                raise _Overdue from None
            raise
        finally:
            watch.cancel()
            connection.close()

    def _resolved(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError):
            raise Refused("no_host") from None
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(self.is_allowed(one) for one in addresses):
            raise Refused("private")
        return addresses[0]


class _Overdue(Exception):
    """The host took too long, byte by byte."""


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever the name resolves to a moment later; no proxy."""

    def __init__(self, scheme: str, host: str, port: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = _PORTS[scheme]
        self._is_secure = scheme == "https"
        self._address = address

    def connect(self) -> None:
        """Connect to the address that was looked at; the certificate is that of the name."""
        found = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = found
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(found, server_hostname=self.host)

    def abort(self) -> None:
        """Wake up whoever waits for this connection."""
        held = self.sock
        if held is not None:
            try:
                held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _parts(target: str) -> SplitResult:
    try:
        parts = urlsplit(target)
        _ = parts.port
    except ValueError:
        raise Refused("malformed") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise Refused("malformed")
    return parts


def _judged(status: int) -> str | None:
    if status < 400:
        return ""
    if status in _UNCLEAR:
        return None
    if status in (404, 410):
        return "not_found"
    return "server_error" if status >= 500 else "refused"
