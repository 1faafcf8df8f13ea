"""Legal documents: the list, writing one, publishing and withdrawing it.

What readers already see is corrected by those who may publish.
"""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import InvalidTransition
from content.library import reads
from content.library.models import MAX_NAME, LegalDocument
from content.library.service import LibraryService
from content.procedures.models import Sector
from content.text import clean
from content.words import local
from portal.editorial.home.due import review_of
from portal.editorial.library import schemas
from portal.editorial.library.files import WORDS, may_change, refuse_unless_may
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.http.notices import Notice, say
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/library/document.jinja2"
FORM = "editorial/authority/form.jinja2"
STATES = {"da-cong-bo": True, "nhap": False}
STATE = "tinh-trang"


@view_config(
    route_name="editorial.documents",
    renderer="editorial/library/documents.jinja2",
    permission=Permission.LIBRARY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All documents, or those with the words asked for."""
    words, state = clean(request.GET.get("q", ""))[:MAX_NAME], request.GET.get(STATE, "")
    today = local(request.now).date()
    asked = reads.Asked(words=words, is_public=STATES.get(state), page=page_number(request.GET))
    found = reads.search(request.db, asked, today)
    query = {"q": words} if words else {}
    return {
        "words": words,
        "state": state if state in STATES else "",
        "found": found,
        "documents": [(one, one.effect(today)) for one in found.items],
        "tabs": [
            (request.route_path("editorial.documents", _query=more), label, None, state == value)
            for value, label, more in (
                ("", _("Tất cả"), query),
                ("nhap", _("Chưa công bố"), {**query, STATE: "nhap"}),
                ("da-cong-bo", _("Đã công bố"), {**query, STATE: "da-cong-bo"}),
            )
        ],
        "links": page_links(request, found.page, found.pages),
    }


def _sectors(request: Request) -> Any:
    return request.db.scalars(select(Sector).order_by(Sector.name)).all()


def _save(request: Request, document: LegalDocument, data: dict[str, Any]) -> None:
    request.service(LibraryService).save(
        document,
        schemas.values(data),
        revision=revision_of(data),
        actor_id=request.identity.account_id,
    )


@view_config(
    route_name="editorial.document.new",
    renderer=FORM,
    permission=Permission.LIBRARY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new one; files come after its facts."""
    document = LegalDocument()
    answer = form_of(
        request,
        schemas.document(_sectors(request)),
        _("Lưu và thêm tệp"),
        heading=_("Văn bản mới"),
        back=request.route_path("editorial.documents"),
        data={"revision": "0"},
        save=lambda data: _save(request, document, data),
        reasons=schemas.REASONS,
    )
    if document.id:
        answer.location = request.route_path("editorial.document", id=document.id)
    return answer


@view_config(
    route_name="editorial.document",
    renderer=PAGE,
    permission=Permission.LIBRARY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: LegalDocument, request: Request) -> Any:
    """One document: its facts, files, and whether readers see it."""
    if request.method == "POST":
        refuse_unless_may(request, context)
    return form_of(
        request,
        schemas.document(_sectors(request)),
        _("Lưu thông tin"),
        heading=context.number,
        back=request.route_path("editorial.documents"),
        data=schemas.data(context),
        of=context.subject,
        save=lambda data: _save(request, context, data),
        reasons=schemas.REASONS,
        renderer=PAGE,
        document=context,
        review=review_of(request, LegalDocument, context.id),
        effect=context.effect(local(request.now).date()),
        readings=WORDS,
        may_publish=bool(request.has_permission(Permission.LIBRARY_PUBLISH)),
        may_change=may_change(request, context),
    )


@view_config(
    route_name="editorial.document.publish",
    permission=Permission.LIBRARY_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def publish(context: LegalDocument, request: Request) -> Response:
    """Show it to readers; a second press changes nothing."""
    try:
        request.service(LibraryService).publish(context, by=request.identity.account_id)
    except InvalidTransition:
        return _back(request, context)
    return say(_back(request, context), Notice.DOCUMENT_PUBLISHED)


@view_config(
    route_name="editorial.document.withdraw",
    permission=Permission.LIBRARY_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def withdraw(context: LegalDocument, request: Request) -> Response:
    """Take it from readers; a second press changes nothing."""
    try:
        request.service(LibraryService).withdraw(context, by=request.identity.account_id)
    except InvalidTransition:
        return _back(request, context)
    return say(_back(request, context), Notice.DOCUMENT_WITHDRAWN)


@view_config(
    route_name="editorial.document.delete",
    permission=Permission.LIBRARY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: LegalDocument, request: Request) -> Response:
    """Into the bin for thirty days."""
    refuse_unless_may(request, context)
    request.service(LibraryService).delete(context, by=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.documents")), Notice.SITE_SAVED)


def _back(request: Request, document: LegalDocument) -> Response:
    return HTTPSeeOther(request.route_path("editorial.document", id=document.id))
