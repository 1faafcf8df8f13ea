"""One article or page on its way: preview, comments, review, withdrawal, bin.

When readers see it is said in ``times.py``.
"""

from datetime import datetime, timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Invalid, InvalidTransition
from content.media.reads import illustrated
from content.news import reads
from content.news.bodies import for_page
from content.news.completeness import missing_of
from content.news.models import ArticleStatus, ReviewState
from content.news.review import ReviewService
from content.news.service import Written, subject_of
from content.people.models import Account
from content.text import clean
from content.words import local
from content.writing import trash
from portal import signed
from portal.editorial.articles import copies, kinds
from portal.editorial.articles.forms import may_edit, may_publish
from portal.editorial.home.due import review_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

POST_ONLY = ("POST",)
TEMPLATE = "editorial/articles/preview.jinja2"
PREVIEW_DAYS = 7
MAX_NOTE = 2000
MISSING = {
    "title": _("tên bài"),
    "lead": _("sa-pô"),
    "body": _("nội dung"),
    "picture_words": _("lời mô tả của ảnh trong bài"),
    "picture_alt": _("mô tả ảnh đại diện"),
}
REFUSED = {
    "four_eyes": _("Bài này do chính ông/bà viết lần cuối; người khác trong ban biên tập công bố."),
    "ends_before_it_begins": _("Giờ gỡ phải sau giờ công bố và chưa qua."),
    "no_reason": _("Ông/bà chưa ghi cần sửa gì."),
    "no_words": _("Ông/bà chưa ghi ý kiến."),
    "bad_date": _("Ngày giờ chưa đúng; ví dụ đúng: 2026-12-01T08:00."),
}


@view_config(
    route_name="editorial.article.preview",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.preview",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def preview(context: Written, request: Request) -> dict[str, Any]:
    """The text as readers will see it, with what can be done to it."""
    return _page(request, context)


def _page(request: Request, written: Written, problem: str = "") -> dict[str, Any]:
    is_public = written.status is ArticleStatus.PUBLISHED
    chief, waiting = may_publish(request), written.review is ReviewState.WAITING
    service = request.service(ReviewService)
    return {
        "article": written,
        "is_article": kinds.is_article(written),
        "body": illustrated(request.db, for_page(written.body, written.body_format)),
        "pictures": reads.pictures_of(request.db, written),
        "status": kinds.status_name(written, request.now),
        "comments": _comments(request, written),
        "missing": [MISSING[name] for name in missing_of(written)],
        "problem": problem,
        "typed": {"at": "", "until": ""},
        "times": {"at": minute(written.published_at), "until": minute(written.withdraw_at)},
        "urls": {act: kinds.to(request, act, written) for act in ACTS},
        "review": review_of(request, type(written), written.id),
        "list_url": kinds.list_of(request, written),
        "public_url": kinds.public_url(request, written) if is_public else None,
        "share_url": request.site.base_url + _share_path(request, written),
        "share_days": PREVIEW_DAYS,
        "is_scheduled": is_public and not reads.is_public(request.db, request.now, written),
        "may_edit": may_edit(request, written),
        "copy": copies.shown(request, written),
        "may_send": not is_public and not waiting,
        "may_send_back": chief and waiting,
        "may_publish": chief and not is_public,
        "is_own": service.is_own(written, request.identity.account_id),
        "may_withdraw": chief and is_public,
        "may_delete": not is_public,
    }


ACTS = (
    *("edit", "send", "return", "comment", "publish", "reschedule", "withdraw", "delete"),
    "history",
)


def minute(moment: datetime | None) -> str:
    """A moment as ``datetime-local`` shows it, on Việt Nam's clock."""
    return f"{local(moment):%Y-%m-%dT%H:%M}" if moment else ""


def _comments(request: Request, written: Written) -> list[tuple[str, Any]]:
    comments = request.service(ReviewService).comments(written)
    query = select(Account.id, Account.name).where(
        Account.id.in_({one.account_id for one in comments})
    )
    names = {row[0]: row[1] for row in request.db.execute(query)}
    return [(names.get(one.account_id, ""), one) for one in comments]


def _share_path(request: Request, written: Written) -> str:
    # By whole days, so that the same day gives the same link.
    today = request.now.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = today + timedelta(days=PREVIEW_DAYS + 1)
    token = signed.sign(request.settings.secret, subject_of(written), ends)
    return request.route_path("news.preview", token=token)


def refused(request: Request, written: Written, code: str) -> Response:
    """The page again, with the reason and what was typed; nothing was written."""
    values = _page(request, written, REFUSED.get(code, ""))
    times = {name: typed(request, name) for name in ("at", "until")}
    values |= {"typed": times, "times": times}
    response = render_to_response(TEMPLATE, values, request=request)
    response.status_int = 422
    return response


def to_page(request: Request, written: Written, notice: Notice | None = None) -> Response:
    response = HTTPSeeOther(kinds.to(request, "preview", written))
    return say(response, notice) if notice else response


def typed(request: Request, name: str) -> str:
    given = request.POST.get(name)
    return clean(given, multiline=True)[:MAX_NOTE] if isinstance(given, str) else ""


@view_config(
    route_name="editorial.article.send",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.send",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def send(context: Written, request: Request) -> Response:
    """To the head of the board. A second click changes nothing."""
    me = request.identity.account_id
    try:
        request.service(ReviewService).send(context, typed(request, "note"), actor_id=me)
    except InvalidTransition:
        return to_page(request, context)
    return to_page(request, context, Notice.ARTICLE_SENT)


@view_config(
    route_name="editorial.article.return",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.return",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def send_back(context: Written, request: Request) -> Response:
    """Back to the writer, with what has to be done."""
    me = request.identity.account_id
    try:
        request.service(ReviewService).send_back(context, typed(request, "text"), actor_id=me)
    except InvalidTransition:
        return to_page(request, context)
    except Invalid as invalid:
        return refused(request, context, invalid.code)
    return to_page(request, context, Notice.ARTICLE_RETURNED)


@view_config(
    route_name="editorial.article.comment",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.comment",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def comment(context: Written, request: Request) -> Response:
    """A word to the board."""
    me = request.identity.account_id
    try:
        request.service(ReviewService).comment(context, typed(request, "text"), actor_id=me)
    except Invalid as invalid:
        return refused(request, context, invalid.code)
    return to_page(request, context, Notice.COMMENT_KEPT)


@view_config(
    route_name="editorial.article.withdraw",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.withdraw",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def withdraw(context: Written, request: Request) -> Response:
    """Take it back. A second click changes nothing."""
    try:
        request.service(ReviewService).withdraw(context, actor_id=request.identity.account_id)
    except InvalidTransition:
        return to_page(request, context)
    return to_page(request, context, Notice.ARTICLE_WITHDRAWN)


@view_config(
    route_name="editorial.article.delete",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.delete",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Written, request: Request) -> Response:
    """Into the bin, from where it can be had back for thirty days."""
    if context.status is ArticleStatus.PUBLISHED:
        return to_page(request, context)
    trash.put(request.db, context, request.identity.account_id, request.now)
    return say(HTTPSeeOther(kinds.list_of(request, context)), Notice.ARTICLE_DELETED)
