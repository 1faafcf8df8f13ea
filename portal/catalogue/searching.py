"""Search over everything public: one page of results by kind, and suggestions."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from portal.catalogue.hits import Line, lines, pinned_lines
from portal.frame import note_empty_search
from portal.http.paging import page_links, page_number
from portal.i18n import _
from search.documents import Kind
from search.index import KIND
from search.service import SearchPage, SearchRequest, SearchService

SUGGESTIONS = 8
PARAMETER = "loai"
#: Word of the address → kind and its name, in the order of the tabs.
KINDS: Mapping[str, tuple[Kind, str]] = {
    "thu-tuc": (Kind.PROCEDURE, _("Thủ tục")),
    "bieu-mau": (Kind.FORM, _("Biểu mẫu")),
    "su-kien": (Kind.LIFE_EVENT, _("Sự kiện")),
    "tin-tuc": (Kind.NEWS, _("Tin tức")),
    "trang": (Kind.PAGE, _("Hướng dẫn")),
    "van-ban": (Kind.DOCUMENT, _("Văn bản")),
    "hoi-dap": (Kind.ENQUIRY, _("Hỏi đáp")),
}
WORD_OF = {kind: word for word, (kind, _name) in KINDS.items()}


@view_config(
    route_name="search.results", renderer="search/results.jinja2", permission=NO_PERMISSION_REQUIRED
)
def results(request: Request) -> dict[str, Any]:
    """One page of results; without words only the box."""
    text = request.GET.get("q", "")
    chosen = KINDS.get(request.GET.get(PARAMETER, ""))
    asked = SearchRequest(
        text=text,
        at=request.now,
        filters={KIND: (chosen[0].value,)} if chosen else {},
        page=page_number(request.GET),
    )
    found = request.service(SearchService).search(asked)
    pinned = _pinned(request, found.text, chosen[0] if chosen else None)
    if found.text and not (found.total or pinned or chosen):
        note_empty_search(request, found.text)
    shown = lines(request, found.hits) if found.text else []
    known = {line.url for line in pinned}
    return {
        "found": found,
        "pinned": pinned if found.page == 1 else [],
        "lines": [line for line in shown if line.url not in known],
        "tabs": _tabs(request, found, chosen[0] if chosen else None) if found.text else [],
        "kind_word": WORD_OF[chosen[0]] if chosen else "",
        "kind_names": dict(KINDS.values()),
        "links": page_links(request, min(found.page, found.pages), found.pages),
    }


def _pinned(request: Request, text: str, chosen: Kind | None) -> list[Line]:
    """What editors want first for these words; under one kind only those of that kind."""
    pinned = [
        one for one in request.vocabulary.pinned_for(text) if chosen is None or one.kind is chosen
    ]
    return pinned_lines(request, pinned) if pinned else []


def _tabs(
    request: Request, found: SearchPage, chosen: Kind | None
) -> list[tuple[str, str, int | None, bool]]:
    """Everything, then each kind that has results: (address, words, count, is chosen)."""
    counts = dict(found.facets.get(KIND, ()))
    path = request.path

    def to(word: str) -> str:
        query = {"q": found.text, **({PARAMETER: word} if word else {})}
        return f"{path}?{urlencode(query)}"

    tabs: list[tuple[str, str, int | None, bool]] = [
        (to(""), _("Tất cả"), sum(counts.values()), chosen is None)
    ]
    for word, (kind, name) in KINDS.items():
        count = counts.get(kind.value, 0)
        if count or kind is chosen:
            tabs.append((to(word), name, count, kind is chosen))
    return tabs


@view_config(route_name="search.suggest", renderer="json", permission=NO_PERMISSION_REQUIRED)
def suggest(request: Request) -> dict[str, Any]:
    """The best few results for what is typed so far."""
    asked = SearchRequest(request.GET.get("q", ""), at=request.now, page_size=SUGGESTIONS)
    found = request.service(SearchService).search(asked)
    pinned = _pinned(request, found.text, None)
    known = {line.url for line in pinned}
    others = lines(request, found.hits) if found.text else []
    shown = [*pinned, *(line for line in others if line.url not in known)][:SUGGESTIONS]
    return {
        "items": [
            {
                "text": "".join(part for part, _is_match in line.title),
                "type": line.kind.value,
                "url": line.url,
            }
            for line in shown
        ]
    }
