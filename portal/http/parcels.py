"""What a refused POST had typed, as a value that a page can carry past the sign-in.

It holds texts only: never a password, a file or the token against forgery. It is sent to
one of our own addresses that asks for a permission, by the person's own press, and what it
says is judged there like any other POST. Nothing in it is trusted when it comes back.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED

from portal.http.pages import local_path
from portal.security.csrf import FIELD

MAX_TEXT = 200 * 1024
MAX_FIELDS = 2000
MAX_NAME = 200
MAX_FILES = 50
#: Of the packed text; each letter may take six in JSON.
MAX_PACKED = 8 * MAX_TEXT
#: Addresses where sending again means nothing to anybody.
_NEVER = frozenset({"accounts.sign_out"})
_SECRET = re.compile(r"passw|mat_?khau|bi_?mat|secret", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ROUTES = "routes_to_send_again"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Parcel:
    """Where it was sent, the fields in their order, the names of files to choose again.

    ``too_long``: it cannot be carried, only shown.
    """

    path: str
    fields: tuple[Pair, ...]
    files: tuple[str, ...] = ()
    too_long: bool = False

    @property
    def typed(self) -> list[Pair]:
        """What a person would know again: no buttons, no empty fields."""
        return [
            (name.strip("_").replace("_", " "), value)
            for name, value in self.fields
            if value.strip() and name != "gui" and not name.startswith("_")
        ]


def parcel_of(request: Request) -> Parcel:
    """What this POST says."""
    given = list(request.POST.items())
    texts = [(name, value) for name, value in given if isinstance(value, str)]
    files = [getattr(value, "filename", None) for _, value in given if not isinstance(value, str)]
    return _make(request.path_qs, texts, [one for one in files if isinstance(one, str) and one])


def pack(parcel: Parcel) -> str:
    """For one hidden field; plain ASCII, so that no cleaning changes it."""
    return json.dumps([parcel.path, parcel.fields, parcel.files])


def unpack(request: Request, text: object) -> Parcel | None:
    """The parcel again, or ``None`` if it is not one of ours or leads nowhere of ours."""
    if not isinstance(text, str) or not text or len(text) > MAX_PACKED:
        return None
    try:
        path, fields, files = json.loads(text)
        pairs = [(str(name), str(value)) for name, value in fields]
        parcel = _make(local_path(path, ""), pairs, [str(one) for one in files])
    except (ValueError, TypeError, RecursionError):
        return None
    return parcel if not parcel.too_long and takes_posts(request, parcel.path) else None


def takes_posts(request: Request, path: str) -> bool:
    """Whether a path is an address of ours that takes a POST and asks for a permission."""
    if not local_path(path, ""):
        return False
    mapper = request.registry.getUtility(IRoutesMapper)
    try:
        found = mapper(Request.blank(urlsplit(path).path.removeprefix(request.script_name)))
    except ValueError:  # no UTF-8
        return False
    return found["route"] is not None and found["route"].name in _routes(request.registry)


def _routes(registry: Any) -> frozenset[str]:
    """Read once from what the views declare."""
    if _ROUTES not in registry:
        registry[_ROUTES] = frozenset(
            one["introspectable"]["route_name"]
            for one in registry.introspector.get_category("views") or ()
            if _asks_and_takes(one["introspectable"], one["related"])
        )
    found: frozenset[str] = registry[_ROUTES]
    return found


def _asks_and_takes(view: Any, related: Iterable[Any]) -> bool:
    asked = [one["value"] for one in related if one.category_name == "permissions"]
    takes = "POST" in (view.get("methods") or ()) and view["route_name"] not in _NEVER
    return takes and bool(asked) and NO_PERMISSION_REQUIRED not in asked


def _make(path: str, texts: list[Pair], files: list[str]) -> Parcel:
    kept: list[Pair] = []
    size = 0
    for name, value in texts:
        if _may_be_carried(name):
            size += len(name) + len(value.encode("utf-8", "replace"))
            if size > MAX_TEXT or len(kept) >= MAX_FIELDS:
                return Parcel(path, tuple(kept), _names(files), too_long=True)
            kept.append((name, _readable(value)))
    return Parcel(path, tuple(kept), _names(files))


def _may_be_carried(name: str) -> bool:
    plain = len(name) <= MAX_NAME and name == _readable(name) and name.isprintable()
    return plain and bool(name) and name != FIELD and _SECRET.search(name) is None


def _names(files: list[str]) -> tuple[str, ...]:
    return tuple(_readable(one)[:MAX_NAME] for one in files[:MAX_FILES])


def _readable(text: str) -> str:
    """Without what no page can show."""
    return _CONTROL.sub("", text.encode("utf-8", "replace").decode("utf-8"))
