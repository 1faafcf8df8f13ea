"""What is done with a question beside wording it: answering, refusing, publishing, its history."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.enquiries.models import Enquiry
from content.enquiries.service import EnquiryService
from content.errors import Conflict, Invalid, InvalidTransition
from content.news.bodies import html_to_text
from content.news.models import BodyFormat
from content.people.models import Account
from content.writing import revisions
from content.writing.models import Revision
from portal.editorial.library import enquiry_schemas as schemas
from portal.editorial.library.enquiries import back, may_change, page_of, refuse_unless_may
from portal.editorial.library.enquiry_clash import FIELD_NAMES
from portal.editorial.saving import BOTH, POST_ONLY, form_of, number_of, revision_of
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.enquiry.answer",
    permission=Permission.ENQUIRY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def answer(context: Enquiry, request: Request) -> Response:
    """Send what is saved as the answer."""
    refuse_unless_may(request, context)
    revision = revision_of({"revision": posted(request, "revision")})
    try:
        request.service(EnquiryService).answer(
            context, revision=revision, actor_id=request.identity.account_id
        )
    except (Conflict, Invalid, InvalidTransition):
        return say(back(request, context), Notice.ENQUIRY_STAYS)
    return say(back(request, context), Notice.ENQUIRY_ANSWERED)


@view_config(
    route_name="editorial.enquiry.refuse",
    renderer="editorial/authority/form.jinja2",
    permission=Permission.ENQUIRY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def refuse(context: Enquiry, request: Request) -> Any:
    """Say why it is not answered."""

    def save(data: dict[str, Any]) -> None:
        request.service(EnquiryService).refuse(
            context,
            data["reason"],
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        )

    try:
        return form_of(
            request,
            schemas.reason(),
            _("Không trả lời câu hỏi này"),
            heading=_("Không trả lời"),
            back=page_of(request, context),
            data={"reason": context.reason, "revision": str(context.revision)},
            save=save,
            reasons={"required": _("Ông/bà chưa ghi lý do."), "too_long": _("Lý do dài quá.")},
            notice=Notice.ENQUIRY_REFUSED,
        )
    except InvalidTransition:
        return say(back(request, context), Notice.ENQUIRY_STAYS)


@view_config(
    route_name="editorial.enquiry.publish",
    permission=Permission.ENQUIRY_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def publish(context: Enquiry, request: Request) -> Response:
    """Show it to readers."""
    try:
        request.service(EnquiryService).publish(context, by=request.identity.account_id)
    except (Invalid, InvalidTransition):
        return say(back(request, context), Notice.ENQUIRY_STAYS)
    return say(back(request, context), Notice.ENQUIRY_PUBLISHED)


@view_config(
    route_name="editorial.enquiry.withdraw",
    permission=Permission.ENQUIRY_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def withdraw(context: Enquiry, request: Request) -> Response:
    """Take it from readers; a second press changes nothing."""
    try:
        request.service(EnquiryService).withdraw(context, by=request.identity.account_id)
    except InvalidTransition:
        return back(request, context)
    return say(back(request, context), Notice.ENQUIRY_WITHDRAWN)


@view_config(
    route_name="editorial.enquiry.check",
    permission=Permission.ENQUIRY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def check(context: Enquiry, request: Request) -> Response:
    """Write down that it was read again and is right."""
    refuse_unless_may(request, context)
    request.service(EnquiryService).check(context, by=request.identity.account_id)
    return say(back(request, context), Notice.ENQUIRY_SAVED)


@view_config(
    route_name="editorial.enquiry.delete",
    permission=Permission.ENQUIRY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Enquiry, request: Request) -> Response:
    """Into the bin for thirty days."""
    refuse_unless_may(request, context)
    request.service(EnquiryService).delete(context, by=request.identity.account_id)
    listing = HTTPSeeOther(request.route_path("editorial.enquiries"))
    return say(listing, Notice.ARTICLE_DELETED)


@view_config(
    route_name="editorial.enquiry.history",
    renderer="editorial/library/enquiry_history.jinja2",
    permission=Permission.ENQUIRY_EDIT,
    uses_session=True,
)
def history(context: Enquiry, request: Request) -> dict[str, Any]:
    """All revisions; ``?lan=3`` shows what revision 3 changed."""
    found = revisions.history(request.db, context.subject)
    wanted = request.GET.get("lan", "")
    chosen = next((one for one in found if str(one.number) == wanted), None)
    before = next((one for one in found if chosen and one.number == chosen.number - 1), None)
    query = select(Account.id, Account.name).where(
        Account.id.in_({one.written_by for one in found})
    )
    names = dict(request.db.execute(query).all())
    return {
        "enquiry": context,
        "rows": [(f"?lan={one.number}#thay-doi", one, names.get(one.written_by)) for one in found],
        "chosen": chosen,
        "changes": _changes(before, chosen) if chosen else [],
        "may_restore": may_change(request, context) and chosen not in (None, *found[:1]),
    }


def _changes(before: Revision | None, after: Revision) -> list[tuple[str, list[revisions.Part]]]:
    old = before.snapshot if before else {}
    said = [
        (words, _said(old, name), _said(after.snapshot, name))
        for name, words in FIELD_NAMES.items()
    ]
    return [(words, revisions.words(a, b)) for words, a, b in said if a != b]


def _said(snapshot: dict[str, Any], name: str) -> str:
    value = snapshot.get(name) or ""
    if name == "body" and snapshot.get("body_format") == BodyFormat.HTML.value:
        return html_to_text(value)
    return "\n".join(value) if isinstance(value, list) else str(value)


@view_config(
    route_name="editorial.enquiry.restore",
    permission=Permission.ENQUIRY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def restore(context: Enquiry, request: Request) -> Response:
    """Say again what a revision said; the present wording stays in the history."""
    refuse_unless_may(request, context)
    number = number_of(posted(request, "number")) or 0
    try:
        request.service(EnquiryService).restore(
            context, number, actor_id=request.identity.account_id
        )
    except Invalid:
        return say(back(request, context), Notice.ENQUIRY_STAYS)
    return say(back(request, context), Notice.ARTICLE_RESTORED)
