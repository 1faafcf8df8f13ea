"""Page numbers in addresses: read leniently, written with all other filters kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pyramid.request import Request

PARAMETER = "trang"
MAX_PAGE = 10_000
NEAR = 2


def page_number(query: Mapping[str, str]) -> int:
    """The asked page, 1 where it is missing or makes no sense."""
    given = query.get(PARAMETER, "1")
    if not (given.isascii() and given.isdigit()) or len(given) > 6:
        return 1
    return min(max(int(given), 1), MAX_PAGE)


@dataclass(frozen=True)
class PageLinks:
    """What the pagination macro shows: ``None`` stands for a gap."""

    pages: list[tuple[int | None, str]]
    current: int
    previous: str | None
    next: str | None


def page_links(request: Request, current: int, last: int) -> PageLinks:
    """Links to the first, the last and the pages near to this one."""
    kept = [(name, value) for name, value in request.GET.items() if name != PARAMETER]

    def to(number: int) -> str:
        query = kept if number == 1 else [*kept, (PARAMETER, str(number))]
        return request.path + ("?" + urlencode(query) if query else "")

    shown = {1, last, *range(max(1, current - NEAR), min(last, current + NEAR) + 1)}
    pages: list[tuple[int | None, str]] = []
    before = 0
    for number in sorted(shown):
        if number > before + 1:
            pages.append((None, ""))
        pages.append((number, to(number)))
        before = number
    previous = to(current - 1) if current > 1 else None
    following = to(current + 1) if current < last else None
    return PageLinks(pages, current, previous, following)
