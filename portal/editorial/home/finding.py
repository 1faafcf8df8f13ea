"""Finding what is being written, and what was: one box for all kinds of text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.text import clean
from content.writing import texts
from content.writing.texts import EditorialText
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission
from search.highlight import Highlighter, Segment
from search.query import parse

MAX_WORDS = 200
KIND = "loai"
#: Word of the address → kind of text and its name, in the order of the filter.
KINDS: Mapping[str, tuple[str, Any]] = {
    "bai-viet": ("article", _("Bài viết")),
    "trang": ("page", _("Trang")),
    "thu-tuc": ("procedure_version", _("Thủ tục đang soạn")),
    "van-ban": ("legal_document", _("Văn bản")),
    "hoi-dap": ("enquiry", _("Hỏi đáp")),
    "bieu-mau": ("working_form", _("Biểu mẫu đang soạn")),
}
NAMES = dict(KINDS.values())


@dataclass(frozen=True)
class Line:
    """One result: where it is worked on, and the line of it that answers."""

    url: str
    title: Sequence[Segment]
    snippet: Sequence[Segment]
    kind: Any
    changed_at: datetime


@view_config(
    route_name="editorial.find",
    renderer="editorial/home/find.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def find(request: Request) -> dict[str, Any]:
    """What has all the words; without words only the box."""
    words = clean(request.GET.get("q", "")[:MAX_WORDS])
    chosen = request.GET.get(KIND, "")
    kind = KINDS[chosen][0] if chosen in KINDS else ""
    found = texts.search(request.db, words, kind=kind, page=page_number(request.GET))
    return {
        "words": words,
        "chosen": chosen if kind else "",
        "kinds": [(word, name) for word, (_kind, name) in KINDS.items()],
        "found": found,
        "lines": _lines(request, words, found.items),
        "links": page_links(request, found.page, found.pages),
    }


def _lines(request: Request, words: str, rows: Sequence[EditorialText]) -> list[Line]:
    highlighter = Highlighter(parse(words))
    known = texts.objects(request.db, rows)
    lines = []
    for row in rows:
        one = known[row.subject]
        text = texts.plain(texts.KINDS[row.kind].text(one))
        lines.append(
            Line(
                url=url_of(request, row.kind, one),
                title=highlighter.mark(row.title),
                snippet=highlighter.snippet(text),
                kind=NAMES[row.kind],
                changed_at=row.changed_at,
            )
        )
    return lines


def url_of(request: Request, kind: str, one: Any) -> str:
    """Where a text is worked on."""
    if kind == "procedure_version":
        return request.route_path("editorial.procedure", id=one.procedure_id)
    if kind == "working_form":
        return request.route_path("editorial.form", key=one.key)
    return request.route_path(ROUTES[kind], id=one.id)


ROUTES = {
    "article": "editorial.article.preview",
    "page": "editorial.page.preview",
    "legal_document": "editorial.document",
    "enquiry": "editorial.enquiry",
}
