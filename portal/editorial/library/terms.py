"""The glossary for editors. What is saved is public at once."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.terms import service
from content.terms.models import (
    MAX_BASES,
    MAX_BASIS,
    MAX_MEANING,
    MAX_NAME,
    MAX_OTHERS,
    Term,
)
from content.terms.service import TermService
from portal.editorial.lines import few_lines, split
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
REASONS = {
    "name_taken": _("Đã có thuật ngữ mang tên này, hoặc có tên khác là tên này."),
    "other_taken": _("Một trong các tên khác đã là tên của thuật ngữ khác."),
}


def schema() -> colander.SchemaNode:
    """One term."""
    return fields.mapping(
        fields.text("name", _("Thuật ngữ"), max_length=MAX_NAME, hint=_("Viết như giữa câu.")),
        fields.paragraph(
            "meaning",
            _("Giải thích"),
            max_length=MAX_MEANING,
            hint=_("Lời thường, câu ngắn, như nói với người chưa từng làm thủ tục."),
        ),
        fields.paragraph(
            "others",
            _("Tên gọi khác"),
            rows=3,
            required=False,
            hint=_("Mỗi dòng một tên."),
            validators=(few_lines(MAX_OTHERS, MAX_NAME),),
        ),
        fields.paragraph(
            "bases",
            _("Căn cứ pháp lý"),
            rows=3,
            required=False,
            hint=_("Mỗi dòng một căn cứ; số văn bản có trong Văn bản pháp luật thành liên kết."),
            validators=(few_lines(MAX_BASES, MAX_BASIS),),
        ),
        fields.checkbox(
            "is_linked",
            _("Bài viết nhắc đến thì dẫn về đây"),
            hint=_("Chỉ lần nhắc đầu tiên trong mỗi bài."),
        ),
        fields.hidden("revision"),
    )


@view_config(
    route_name="editorial.terms",
    renderer="editorial/library/terms.jinja2",
    permission=Permission.LIBRARY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All terms."""
    return {"terms": service.all_terms(request.db)}


def _page(request: Request, term: Term, heading: str) -> Any:
    data = {"revision": "0", "is_linked": True}
    if term.id:
        data = {
            "name": term.name,
            "meaning": term.meaning,
            "others": "\n".join(term.others),
            "bases": "\n".join(term.bases),
            "is_linked": term.is_linked,
            "revision": str(term.revision),
        }
    return form_of(
        request,
        schema(),
        _("Lưu thuật ngữ"),
        heading=heading,
        back=request.route_path("editorial.terms"),
        data=data,
        of=term.subject if term.id else None,
        save=lambda data: TermService(request.db, request.now).save(
            term,
            _values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=REASONS,
    )


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": data["name"],
        "meaning": data["meaning"],
        "others": split(data["others"]),
        "bases": split(data["bases"]),
        "is_linked": data["is_linked"],
    }


@view_config(
    route_name="editorial.term.new",
    renderer=FORM,
    permission=Permission.LIBRARY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new term."""
    return _page(request, Term(), _("Thêm thuật ngữ"))


@view_config(
    route_name="editorial.term",
    renderer=FORM,
    permission=Permission.LIBRARY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Term, request: Request) -> Any:
    """One term."""
    return _page(request, context, _("Sửa thuật ngữ"))


@view_config(
    route_name="editorial.term.delete",
    permission=Permission.LIBRARY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Term, request: Request) -> Response:
    """Into the bin for thirty days."""
    TermService(request.db, request.now).delete(context, by=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.terms")), Notice.ARTICLE_DELETED)
