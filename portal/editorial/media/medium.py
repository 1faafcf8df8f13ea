"""One medium: its words, its place, its replacement, its end."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Conflict
from content.media.models import Medium
from content.media.service import MediaService
from portal.contexts import medium as medium_context
from portal.editorial.media import schemas, words
from portal.editorial.media.receiving import Rejected, examined, sent
from portal.editorial.media.views import BOTH
from portal.editorial.saving import form_of, revision_of
from portal.editorial.translations.context import SLUGS
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

#: Kinds of what uses media → the route of its screen, by the id of the row.
SCREENS = {
    "article": "editorial.article.preview",
    "page": "editorial.page.preview",
    "enquiry": "editorial.enquiry",
    "staff_member": "editorial.member",
    "banner": "editorial.banner",
    "menu_item": "editorial.menu",
    "home_block": "editorial.block",
    "term": "editorial.term",
}
#: Those whose screen is one for all.
ONE_SCREEN = {"identity": "editorial.identity", "guide_text": "editorial.guide"}
#: Kinds as subjects of translations name them → their words in addresses.
ORIGINALS = {kind.replace("_", "-"): slug for kind, slug in SLUGS.items()}


def where_used(request: Request, medium: Medium) -> list[tuple[str, str | None]]:
    """(title, address of its screen or ``None``) of everything that uses it."""
    used = request.service(MediaService).used_by(medium)
    return [(one.title, _screen(request, one.subject)) for one in used]


def _screen(request: Request, subject: str) -> str | None:
    kind, _colon, number = subject.partition(":")
    if kind == "translation":
        of, _dash, number = number.rpartition("-")
        path = request.route_path("editorial.translation", kind=ORIGINALS[of], id=number)
    elif kind in SCREENS:
        path = request.route_path(SCREENS[kind], id=number)
    elif kind in ONE_SCREEN:
        path = request.route_path(ONE_SCREEN[kind])
    else:
        return None
    return str(path)


@view_config(
    route_name="editorial.medium",
    renderer="editorial/media/medium.jinja2",
    permission=Permission.MEDIA_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Medium, request: Request) -> Any:
    """What is said about it, where it is used, and what can be done with it."""
    return form_of(
        request,
        schemas.medium(request.db, context.kind),
        _("Lưu"),
        heading=context.title,
        back=request.path,
        data=schemas.as_data(context),
        of=f"medium:{context.id}",
        save=lambda data: request.service(MediaService).describe(
            context,
            schemas.as_words(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons={},
        renderer="editorial/media/medium.jinja2",
        notice=Notice.MEDIUM_SAVED,
        medium=context,
        used=where_used(request, context),
    )


@view_config(
    route_name="editorial.medium.replace",
    renderer="editorial/media/replace.jinja2",
    permission=Permission.MEDIA_EDIT,
    methods=BOTH,
    uses_session=True,
)
def replace(context: Medium, request: Request) -> Any:
    """Another file at the same address."""
    page = {"medium": context, "used": where_used(request, context), "reason": ""}
    if request.method != "POST":
        return page
    reason = _replaced(request)
    if not reason:
        target = request.route_path("editorial.medium", id=request.matchdict["id"])
        return say(HTTPSeeOther(target), Notice.MEDIUM_REPLACED)
    request.response.status_int = 422
    medium = medium_context(request)  # what was loaded before is detached by now
    return {"medium": medium, "used": where_used(request, medium), "reason": reason}


def _replaced(request: Request) -> str:
    """Do it; returns the reason if it was refused."""
    with examined(request, sent(request)[:1]) as received:
        if not received:
            return _("Ông/bà chưa chọn tệp.")
        one = received[0]
        if isinstance(one, Rejected):
            return words.reason(one.code, one.limit)
        medium, service = medium_context(request), request.service(MediaService)
        if one.arrival.kind is not medium.kind:
            return words.reason("media_other_kind")
        service.replace(medium, one.arrival, one.source, actor_id=request.identity.account_id)
    return ""


@view_config(
    route_name="editorial.medium.delete",
    renderer="editorial/media/delete.jinja2",
    permission=Permission.MEDIA_EDIT,
    methods=BOTH,
    uses_session=True,
)
def delete(context: Medium, request: Request) -> Any:
    """Ask first, naming what uses it; then into the bin for thirty days."""
    if request.method == "POST":
        confirmed = request.POST.get("van-xoa") == "1"
        try:
            request.service(MediaService).delete(
                context, actor_id=request.identity.account_id, confirmed=confirmed
            )
        except Conflict:
            # Somebody began to use it meanwhile, or did not tick the box: ask again.
            return HTTPSeeOther(request.path)
        return say(HTTPSeeOther(request.route_path("editorial.media")), Notice.MEDIUM_DELETED)
    return {"medium": context, "used": where_used(request, context)}
