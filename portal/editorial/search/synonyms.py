"""Synonyms for editors. What is saved helps the next search, whichever process answers it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.finding import service
from content.finding.models import MAX_PHRASE, SearchSynonym
from content.finding.service import FindingService
from content.text import clean
from portal.editorial.lines import few_lines, split
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
#: ``?tu=…`` begins a new one with what was looked for in vain.
WORDS = "tu"
MAX_OFFICIALS = 3
REASONS = {
    "phrase_taken": _("Từ này đã có trong bảng; ông/bà sửa dòng đã có."),
    "phrase_itself": _("Tên trong hồ sơ phải khác từ người dân dùng."),
}


def schema() -> Any:
    """One synonym."""
    return fields.mapping(
        fields.text(
            "phrase",
            _("Từ người dân dùng"),
            max_length=MAX_PHRASE,
            hint=_("Ví dụ: sổ đỏ. Gõ có dấu; người tìm gõ không dấu vẫn khớp."),
        ),
        fields.paragraph(
            "officials",
            _("Tên trong thủ tục, văn bản"),
            rows=3,
            hint=_(
                "Mỗi dòng một tên, nhiều nhất ba. Ví dụ: giấy chứng nhận quyền sử dụng đất. "
                "Càng ngắn càng dễ khớp."
            ),
            validators=(few_lines(MAX_OFFICIALS, MAX_PHRASE, least=1),),
        ),
        fields.hidden("revision"),
    )


@view_config(
    route_name="editorial.synonyms",
    renderer="editorial/search/synonyms.jinja2",
    permission=Permission.SEARCH_HELP,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All synonyms."""
    return {"synonyms": service.synonyms(request.db)}


def _page(request: Request, one: SearchSynonym, heading: str) -> Any:
    data = {"phrase": clean(request.GET.get(WORDS, ""))[:MAX_PHRASE], "revision": "0"}
    if one.id:
        officials = "\n".join(one.officials)
        data = {"phrase": one.phrase, "officials": officials, "revision": str(one.revision)}
    return form_of(
        request,
        schema(),
        _("Lưu từ đồng nghĩa"),
        heading=heading,
        back=request.route_path("editorial.synonyms"),
        data=data,
        of=one.subject if one.id else None,
        save=lambda data: FindingService(request.db, request.now).save_synonym(
            one,
            {"phrase": data["phrase"], "officials": split(data["officials"])},
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=REASONS,
    )


@view_config(
    route_name="editorial.synonym.new",
    renderer=FORM,
    permission=Permission.SEARCH_HELP,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new synonym."""
    return _page(request, SearchSynonym(), _("Thêm từ đồng nghĩa"))


@view_config(
    route_name="editorial.synonym",
    renderer=FORM,
    permission=Permission.SEARCH_HELP,
    methods=BOTH,
    uses_session=True,
)
def edit(context: SearchSynonym, request: Request) -> Any:
    """One synonym."""
    return _page(request, context, _("Sửa từ đồng nghĩa"))


@view_config(
    route_name="editorial.synonym.delete",
    permission=Permission.SEARCH_HELP,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: SearchSynonym, request: Request) -> Response:
    """Into the bin for thirty days."""
    FindingService(request.db, request.now).delete(context, by=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.synonyms")), Notice.ARTICLE_DELETED)
