"""Talking JSON with one counterpart over HTTP, with care: bounded in time and size.

The address is the administrator's; redirects are not followed, because the credentials would
go along, and files are fetched from the counterpart's own host alone. What fails for now
raises ``Unavailable`` with words for the queue.
"""

import json
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin, urlsplit

from content.errors import Invalid, Unavailable

MAX_ANSWER = 4 << 20
_CHUNK = 1 << 16
#: Answers by which a message as such is refused; all others may change by themselves.
_REFUSING = frozenset({400, 409, 413, 415, 422})
_SLOW = "Bên kia không trả lời kịp."
_GONE = frozenset({404, 410})


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


class Http:
    """One counterpart: its address, what we prove ourselves with, seconds for one question."""

    def __init__(self, base: str, secret: str, patience: float = 20.0) -> None:
        self.base = base.rstrip("/")
        self.patience = patience
        self._secret = secret
        self._opener = urllib.request.build_opener(_NoRedirects)

    def get(self, path: str) -> dict[str, Any]:
        """An object. Raises ``Unavailable``."""
        _status, told = self._ask(urllib.request.Request(self.base + path))  # noqa: S310
        return told

    def post(self, path: str, body: Mapping[str, Any], key: str = "") -> tuple[int, dict[str, Any]]:
        """Status and object; the status is 200, or one by which the message is refused.

        Raises ``Unavailable``.
        """
        request = urllib.request.Request(  # noqa: S310 - the address is the administrator's
            self.base + path,
            data=json.dumps(body, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
            method="POST",
        )
        if key:
            request.add_header("Idempotency-Key", key)
        return self._ask(request)

    def fetch(self, address: str, limit: int) -> bytes:
        """The bytes of a file there. Raises ``Unavailable``; ``Invalid`` for the field ``file``:
        ``foreign``, ``gone``, ``too_large``."""
        target = urljoin(self.base + "/", address)
        if _place(target) != _place(self.base):
            raise Invalid({"file": "foreign"})
        status, content = self._read(urllib.request.Request(target), limit)  # noqa: S310
        if status in _GONE:
            raise Invalid({"file": "gone"})
        if status != 200:
            raise _said(status)
        if len(content) > limit:
            raise Invalid({"file": "too_large"})
        return content

    def _ask(self, request: urllib.request.Request) -> tuple[int, dict[str, Any]]:
        status, content = self._read(request, MAX_ANSWER)
        if status != 200 and status not in _REFUSING:
            raise _said(status)
        try:
            told = json.loads(content)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            if status != 200:
                return status, {}
            raise Unavailable("exchange_nonsense", words="Bên kia trả lời không đọc được.")
        return status, told

    def _read(self, request: urllib.request.Request, limit: int) -> tuple[int, bytes]:
        """Status and at most one byte more than ``limit``, within the patience."""
        request.add_header("Authorization", f"Bearer {self._secret}")
        end = time.monotonic() + self.patience
        try:
            with self._opener.open(request, timeout=self.patience) as answer:
                return answer.status, _bytes_of(answer, limit, end)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _bytes_of(error, limit, end)
        except TimeoutError as error:
            raise Unavailable("exchange_slow", words=_SLOW) from error
        except (OSError, HTTPException, ValueError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise Unavailable("exchange_slow", words=_SLOW) from error
            raise Unavailable("exchange_unreachable", words=_why(error)) from error


def _why(error: Exception) -> str:
    """Why there was no conversation, for whoever has to mend it."""
    cause = getattr(error, "reason", error)
    if isinstance(cause, ssl.SSLError):
        return "Không kết nối được: chứng thư máy chủ của bên kia không đúng."
    if isinstance(cause, socket.gaierror):
        return "Không kết nối được: không tìm thấy máy chủ của bên kia."
    if isinstance(cause, ConnectionRefusedError):
        return "Không kết nối được: máy chủ của bên kia không chạy."
    return "Không kết nối được: đường truyền với bên kia bị ngắt."


def _bytes_of(answer: Any, limit: int, end: float) -> bytes:
    found = bytearray()
    while len(found) <= limit and (chunk := answer.read1(_CHUNK)):
        found += chunk
        if time.monotonic() > end:
            raise TimeoutError
    return bytes(found[: limit + 1])


def _place(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _said(status: int) -> Unavailable:
    if status in {401, 403}:
        words = f"Bên kia không cho phép ({status}): kiểm tra thông tin kết nối."
    else:
        words = f"Bên kia báo lỗi {status}."
    return Unavailable("exchange_failed", words=words)
