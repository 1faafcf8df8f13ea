"""Sending the dossier, once: a second click, a reload or a second tab reach the same answer."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.drafts import DraftService
from content.dossiers.models import Draft
from content.dossiers.service import DossierService
from content.errors import Conflict, Invalid, InvalidTransition
from content.people.models import Account
from portal.apply import visitor
from portal.apply.check import DECLARED, check_page, declaration_form
from portal.apply.journey import draft_url, journey_of
from portal.contexts import DraftContext
from portal.forms.accessible import AccessibleForm, FormInvalid
from portal.http.notices import Notice, say
from portal.http.pages import refused_page
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="apply.submit",
    permission=Permission.DRAFT_SUBMIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def submit(context: DraftContext, request: Request) -> Response:
    """To the acknowledgement; else to what still has to be done.

    Who comes back to this address (Back, reload) is led on; only a POST sends.
    """
    first = _first_of_all(context, request)
    if first is not None:
        return HTTPSeeOther(draft_url(request, context.draft, first))
    account = visitor.account_of(request)
    if account is None:
        return HTTPSeeOther(draft_url(request, context.draft, "sign_in"))
    return _send(context.draft, account, request)


def _first_of_all(context: DraftContext, request: Request) -> str | None:
    """The page to go to instead of sending, if any."""
    if not context.is_draft:
        return "sent"
    return "check" if request.method != "POST" else None


def _send(draft: Draft, account: Account, request: Request) -> Response:
    if draft.owner_id is None and draft.token_digest is not None:
        request.service(DraftService).adopt(draft.token_digest, account.id)
    form = declaration_form(request, draft)
    try:
        declared = form.accept(request.POST)[DECLARED]
        request.service(DossierService).submit(draft, account, declared=declared)
    except Conflict:
        return HTTPSeeOther(draft_url(request, draft, "version"))
    except FormInvalid:
        return _unready(request, draft, form)
    except (Invalid, InvalidTransition):
        form.refuse(_("Hồ sơ chưa gửi được vì còn việc phải làm, nêu ở đầu trang."), DECLARED)
        return _unready(request, draft, form)
    return HTTPSeeOther(draft_url(request, draft, "sent"))


def _unready(request: Request, draft: Draft, form: AccessibleForm) -> Response:
    """The check page again, which lists what is missing. Returned, not raised: it reads the
    draft, whose transaction would be over; nothing has been written."""
    check_page(request, draft, form)
    return refused_page(request, form)


@view_config(
    route_name="apply.sign_in",
    renderer="apply/sign_in.jinja2",
    permission=Permission.DRAFT_EDIT,
    uses_session=True,
)
def sign_in(context: DraftContext, request: Request) -> Any:
    """Why an account is needed, and the two ways to it; the draft comes along."""
    check_url = draft_url(request, context.draft, "check")
    if request.identity.account_id is not None:
        return HTTPSeeOther(check_url)
    query = {"tiep": check_url}
    return {
        "draft": context.draft,
        "check_url": check_url,
        "sign_in_url": request.route_path("accounts.sign_in", _query=query),
        "sign_up_url": request.route_path("accounts.sign_up", _query=query),
    }


@view_config(
    route_name="apply.drop",
    renderer="apply/drop.jinja2",
    permission=Permission.DRAFT_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def drop(context: DraftContext, request: Request) -> Any:
    """Delete a draft for good, after one question."""
    draft = context.draft
    if request.method != "POST":
        resume = journey_of(request, draft).first.url
        return {"draft": draft, "resume_url": resume, "drop_url": request.path}
    request.service(DraftService).drop(draft)
    home = "home" if request.identity.account_id is None else "accounts.home"
    return say(HTTPSeeOther(request.route_path(home)), Notice.DRAFT_DROPPED)
