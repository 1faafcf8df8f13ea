"""The list of issues, the form of one, its preview, sending it."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.news.models import Article
from content.newsletter import issues, subscribing
from content.newsletter.issues import IssueService
from content.newsletter.models import Issue, IssueState
from portal.editorial.newsletter import schemas
from portal.editorial.saving import BOTH, POST_ONLY, form_of, number_of, revision_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.mail import words_of
from portal.security.permissions import Permission

PREVIEW = "editorial/newsletter/preview.jinja2"
STATES = {
    IssueState.DRAFT: _("Bản nháp"),
    IssueState.SENDING: _("Đang gửi"),
    IssueState.SENT: _("Đã gửi"),
}


def _service(request: Request) -> IssueService:
    four_eyes = request.settings.editorial.four_eyes
    return IssueService(request.db, request.now, four_eyes=four_eyes)


def _preview_path(request: Request, issue: Issue) -> str:
    return str(request.route_path("editorial.issue.preview", id=issue.id))


@view_config(
    route_name="editorial.newsletter",
    renderer="editorial/newsletter/listing.jinja2",
    permission=Permission.NEWSLETTER_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All issues, and how many people get them."""
    return {
        "is_on": request.settings.editorial.newsletter,
        "subscribers": subscribing.count(request.db),
        "rows": [
            (_preview_path(request, one), one, STATES[one.state])
            for one in issues.all_issues(request.db)
        ],
    }


@view_config(
    route_name="editorial.issue.new",
    renderer="editorial/authority/form.jinja2",
    permission=Permission.NEWSLETTER_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new issue."""
    issue = Issue(subject="", intro="", articles=[])
    return _form(request, issue, _("Soạn số bản tin mới"))


@view_config(
    route_name="editorial.issue",
    renderer="editorial/authority/form.jinja2",
    permission=Permission.NEWSLETTER_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Issue, request: Request) -> Any:
    """A draft; an issue that went out is only looked at."""
    if context.state is not IssueState.DRAFT:
        return HTTPSeeOther(_preview_path(request, context))
    return _form(request, context, _("Sửa số bản tin"))


def _form(request: Request, issue: Issue, heading: str) -> Any:
    offered = _offered(request, issue)

    def save(data: dict[str, Any]) -> None:
        _service(request).save(
            issue,
            schemas.values(data, offered),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        )

    page = form_of(
        request,
        schemas.issue(offered),
        _("Lưu và xem trước"),
        heading=heading,
        back=request.route_path("editorial.newsletter"),
        data=schemas.data_of(issue, offered),
        save=save,
        reasons=schemas.REASONS,
        notice=Notice.ISSUE_SAVED,
    )
    if isinstance(page, HTTPSeeOther):
        page.location = _preview_path(request, issue)
    return page


def _offered(request: Request, issue: Issue) -> Sequence[Article]:
    """Those it has, then what came since the last issue."""
    chosen = issues.articles_of(request.db, issue, request.now)
    known = {one.id for one in chosen}
    fresh = issues.offered(request.db, request.now)
    return [*chosen, *(one for one in fresh if one.id not in known)]


@view_config(
    route_name="editorial.issue.preview",
    renderer=PREVIEW,
    permission=Permission.NEWSLETTER_EDIT,
    uses_session=True,
)
def preview(context: Issue, request: Request) -> dict[str, Any]:
    """The mail as it will be, and what can be done with it."""
    return _page(request, context)


def _page(request: Request, issue: Issue, problem: str = "") -> dict[str, Any]:
    articles = issues.articles_of(request.db, issue, request.now)
    leaving = subscribing.LEAVE + "…"
    values = issues.values_of(issue, articles, leaving)
    is_draft = issue.state is IssueState.DRAFT
    chief = bool(request.has_permission(Permission.NEWSLETTER_SEND))
    is_own = _service(request).is_own(issue, request.identity.account_id)
    subject, words = words_of(request.settings, issues.TEMPLATE, values)
    return {
        "issue": issue,
        "status": STATES[issue.state],
        "subject": subject,
        "words": words,
        "problem": problem,
        "gone": len(issue.articles) - len(articles),
        "subscribers": subscribing.count(request.db),
        "is_draft": is_draft,
        "is_own": is_own and chief,
        "may_send": is_draft and chief and not is_own and bool(articles),
        "send_url": request.route_path("editorial.issue.send", id=issue.id),
        "delete_url": request.route_path("editorial.issue.delete", id=issue.id),
        "edit_url": request.route_path("editorial.issue", id=issue.id),
    }


@view_config(
    route_name="editorial.issue.send",
    permission=Permission.NEWSLETTER_SEND,
    methods=POST_ONLY,
    uses_session=True,
)
def send(context: Issue, request: Request) -> Response:
    """To everybody who confirmed. A second click sends nothing."""
    revision = number_of(request.POST.get("revision")) or 0
    try:
        _service(request).send(context, revision=revision, actor_id=request.identity.account_id)
    except InvalidTransition:
        return HTTPSeeOther(_preview_path(request, context))
    except (Invalid, NotAllowed, Conflict) as refused:
        page = _page(request, context, schemas.REASONS[refused.code])
        response = render_to_response(PREVIEW, page, request=request)
        response.status_int = 422
        return response
    return say(HTTPSeeOther(_preview_path(request, context)), Notice.ISSUE_SENT)


@view_config(
    route_name="editorial.issue.delete",
    permission=Permission.NEWSLETTER_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Issue, request: Request) -> Response:
    """A draft into the bin."""
    try:
        _service(request).delete(context, actor_id=request.identity.account_id)
    except InvalidTransition:
        return HTTPSeeOther(_preview_path(request, context))
    return say(HTTPSeeOther(request.route_path("editorial.newsletter")), Notice.ARTICLE_DELETED)
