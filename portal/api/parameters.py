"""Query parameters of the API: strict, so that a mistyped one is not silently ignored."""

from collections.abc import Mapping
from typing import TypeVar

from pyramid.request import Request

from content.errors import Invalid

T = TypeVar("T")

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_PAGE = 10_000
MAX_QUERY = 500


def known_only(request: Request, *names: str) -> None:
    """Refuse parameters that this address does not have."""
    unknown = sorted(set(request.GET) - set(names))
    if unknown:
        raise Invalid({name[:60]: "unknown_parameter" for name in unknown[:10]})


def whole(request: Request, name: str, default: int, maximum: int) -> int:
    """A number from 1 to ``maximum``."""
    given = request.GET.get(name)
    if given is None:
        return default
    if (
        not (given.isascii() and given.isdigit())
        or len(given) > 9
        or not 1 <= int(given) <= maximum
    ):
        raise Invalid({name: "out_of_range"}, minimum=1, maximum=maximum)
    return int(given)


def one_of(request: Request, name: str, words: Mapping[str, T], default: T) -> T:
    """One of the given words."""
    given = request.GET.get(name)
    if given is None or given == "":
        return default
    if given not in words:
        raise Invalid({name: "not_an_option"}, options=sorted(words))
    return words[given]


def text(request: Request, name: str) -> str:
    """Text of bounded length."""
    given: str = request.GET.get(name, "")
    if len(given) > MAX_QUERY:
        raise Invalid({name: "too_long"}, maximum=MAX_QUERY)
    return given


def page(request: Request) -> tuple[int, int]:
    """``page`` and ``page_size``."""
    number = whole(request, "page", 1, MAX_PAGE)
    return number, whole(request, "page_size", PAGE_SIZE, MAX_PAGE_SIZE)
