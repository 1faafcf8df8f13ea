"""Links that lead nowhere, as the last rounds of the worker found them; asking for a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content import outbox
from content.links import rounds
from content.links.rounds import BrokenLink
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.links.checking import JOB
from portal.security.permissions import Permission

MAX_SHOWN = 200
#: Where a thing is mended, by its kind.
MENDED_AT: Mapping[str, str] = {
    "article": "editorial.article.edit",
    "page": "editorial.page.edit",
    "procedure": "editorial.procedure",
    "finder": "editorial.finder",
    "enquiry": "editorial.enquiry",
    "document": "editorial.document",
    "menu": "editorial.menu",
    "banner": "editorial.banner",
    "block": "editorial.block",
}
KINDS: Mapping[str, Any] = {
    "article": _("Tin bài"),
    "page": _("Trang"),
    "procedure": _("Thủ tục"),
    "finder": _("Bộ câu hỏi tìm thủ tục"),
    "enquiry": _("Hỏi đáp"),
    "document": _("Văn bản pháp luật"),
    "menu": _("Trình đơn"),
    "banner": _("Thông báo trên mọi trang"),
    "block": _("Trang chủ"),
}
PROBLEMS: Mapping[str, Any] = {
    "malformed": _("địa chỉ viết sai"),
    "not_found": _("không có trang hoặc tệp này"),
    "server_error": _("trang kia báo lỗi"),
    "refused": _("trang kia từ chối"),
    "no_host": _("không có máy chủ mang tên này"),
    "private": _("dẫn vào mạng nội bộ, người ngoài không mở được"),
    "timeout": _("trang kia không trả lời kịp"),
    "certificate": _("chứng thư bảo mật của trang kia không tin cậy được"),
    "unreachable": _("không kết nối được"),
    "redirects": _("chuyển hướng mãi không dừng"),
}


@dataclass(frozen=True)
class Broken:
    """One link: where it stands, where to mend it, where it should lead, what is wrong."""

    kind: Any
    place: str
    edit_url: str
    target: str
    why: Any
    since: datetime | None


@view_config(
    route_name="editorial.links",
    renderer="editorial/decisions/links.jinja2",
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def links(request: Request) -> dict[str, Any]:
    """What was found; nothing is asked while somebody waits for the page."""
    found = [shown(request, one) for one in rounds.broken_links(request.db, MAX_SHOWN)]
    total = rounds.broken_count(request.db)
    return {
        "links": found,
        "total": total,
        "more": max(0, total - len(found)),
        "last": rounds.last_round(request.db),
        "asks_others": request.settings.editorial.check_other_hosts,
        "check_url": request.route_path("editorial.links.check"),
    }


@view_config(
    route_name="editorial.links.check",
    permission=Permission.DECISION_EDIT,
    methods=("POST",),
    uses_session=True,
)
def check(request: Request) -> Response:
    """Ask the worker for a new round; asking twice is asking once."""
    outbox.enqueue(request.db, JOB, "all", now=request.now, payload={})
    return say(HTTPSeeOther(request.route_path("editorial.links")), Notice.LINKS_ASKED)


def shown(request: Request, link: BrokenLink) -> Broken:
    """A broken link as a page shows it."""
    return Broken(
        kind=KINDS[link.kind],
        place=link.title,
        edit_url=request.route_path(MENDED_AT[link.kind], id=link.place_id),
        target=link.target,
        why=PROBLEMS[link.problem],
        since=link.since,
    )
