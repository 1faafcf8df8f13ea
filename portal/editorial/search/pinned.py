"""Pinned results for editors: which page stands first for which words."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.finding import service
from content.finding.models import MAX_PHRASE, MAX_PHRASES, MAX_TITLE, PinnedResult
from content.finding.service import FindingService
from content.text import clean
from portal.editorial.lines import few_lines, split
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.editorial.search.addresses import MAX_ADDRESS, shown_at
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.results import targets_of
from portal.security.permissions import Permission
from portal.vocabulary import Pinned
from search.documents import Kind

FORM = "editorial/authority/form.jinja2"
WORDS = "tu"
REASONS = {
    "pinned_unknown": _(
        "Không có trang công khai nào ở địa chỉ này. Ghim được thủ tục, sự kiện, bài viết, trang, "
        "văn bản và câu hỏi của cổng."
    ),
    "pinned_full": _("Một trong các từ này đã có ba kết quả ghim; ông/bà bớt một kết quả trước."),
}


def schema() -> Any:
    """One pinned result."""
    return fields.mapping(
        fields.paragraph(
            "phrases",
            _("Khi người dân tìm"),
            rows=4,
            hint=_("Mỗi dòng một cách gõ. Chỉ khớp khi gõ đúng những từ này, có dấu hay không."),
            validators=(few_lines(MAX_PHRASES, MAX_PHRASE, least=1),),
        ),
        fields.text(
            "address",
            _("Địa chỉ trang cần ghim"),
            max_length=MAX_ADDRESS,
            hint=_("Mở trang đó rồi chép địa chỉ vào đây, ví dụ /thu-tuc/1.001193."),
        ),
        fields.integer(
            "position",
            _("Thứ tự"),
            minimum=1,
            maximum=99,
            hint=_("Số nhỏ đứng trước khi một từ có nhiều kết quả ghim."),
        ),
        fields.hidden("revision"),
    )


@view_config(
    route_name="editorial.pinned",
    renderer="editorial/search/pinned.jinja2",
    permission=Permission.SEARCH_HELP,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All of them, with whether readers may still see what they lead to."""
    found = service.pinned(request.db)
    pins = [Pinned(Kind(one.kind), one.object_id) for one in found]
    shown = {(pin.kind, pin.object_id): target for pin, target in targets_of(request, pins)}
    return {"pinned": [(one, shown.get((Kind(one.kind), one.object_id))) for one in found]}


def _values(request: Request, data: dict[str, Any]) -> dict[str, Any]:
    found = shown_at(request, data["address"])
    if found is None:
        raise Invalid({"address": "pinned_unknown"}, code="pinned_unknown")
    pin, target = found
    return {
        "phrases": split(data["phrases"]),
        "kind": pin.kind.value,
        "object_id": pin.object_id,
        "address": target.url,
        "title": target.title[:MAX_TITLE],
        "position": int(data["position"]),
    }


def _page(request: Request, one: PinnedResult, heading: str) -> Any:
    phrase = clean(request.GET.get(WORDS, ""))[:MAX_PHRASE]
    data: dict[str, Any] = {"phrases": phrase, "position": "1", "revision": "0"}
    if one.id:
        data = {
            "phrases": "\n".join(one.phrases),
            "address": one.address,
            "position": str(one.position),
            "revision": str(one.revision),
        }
    return form_of(
        request,
        schema(),
        _("Ghim kết quả"),
        heading=heading,
        back=request.route_path("editorial.pinned"),
        data=data,
        of=one.subject if one.id else None,
        save=lambda data: FindingService(request.db, request.now).save_pinned(
            one,
            _values(request, data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=REASONS,
    )


@view_config(
    route_name="editorial.pin.new",
    renderer=FORM,
    permission=Permission.SEARCH_HELP,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new one."""
    return _page(request, PinnedResult(), _("Ghim kết quả tìm kiếm"))


@view_config(
    route_name="editorial.pin",
    renderer=FORM,
    permission=Permission.SEARCH_HELP,
    methods=BOTH,
    uses_session=True,
)
def edit(context: PinnedResult, request: Request) -> Any:
    """One of them."""
    return _page(request, context, _("Sửa kết quả ghim"))


@view_config(
    route_name="editorial.pin.delete",
    permission=Permission.SEARCH_HELP,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: PinnedResult, request: Request) -> Response:
    """Into the bin for thirty days."""
    FindingService(request.db, request.now).delete(context, by=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.pinned")), Notice.ARTICLE_DELETED)
