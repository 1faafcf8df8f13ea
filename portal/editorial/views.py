"""The list of articles, the form, the preview, publishing and withdrawing."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition
from content.news import reads
from content.news.bodies import to_html
from content.news.models import Article, ArticleStatus
from content.news.review import ReviewService
from content.news.service import NewsService
from portal.editorial import schemas
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
STATUS_NAMES = {
    ArticleStatus.DRAFT: _("Bản nháp"),
    ArticleStatus.PUBLISHED: _("Đã công bố"),
    ArticleStatus.WITHDRAWN: _("Đã gỡ"),
}
MISSING = {"title": _("tên bài"), "lead": _("sa-pô"), "body": _("nội dung")}


def to(request: Request, route: str, article: Article) -> str:
    """An address of one article."""
    return request.route_path(route, id=article.id)


def may_publish(request: Request) -> bool:
    """Whether this editor decides what is published."""
    return bool(request.has_permission(Permission.ARTICLE_PUBLISH))


@view_config(
    route_name="editorial.home",
    renderer="editorial/home.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def home(request: Request) -> dict[str, Any]:
    """All articles, the last changed first."""
    found = reads.all_articles(request.db, page=page_number(request.GET))
    return {
        "articles": [(to(request, "editorial.article.edit", one), one) for one in found.items],
        "status_names": STATUS_NAMES,
        "links": page_links(request, found.page, found.pages),
        "total": found.total,
    }


@view_config(
    route_name="editorial.article.new",
    renderer="editorial/article.jinja2",
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new article."""
    form = make_form(request, schemas.article(), _("Lưu bản nháp"))
    page = form_page(request, "editorial/article.jinja2", form, article=None, status=None)
    if request.method != "POST":
        return page
    text = schemas.as_text(form.accept(request.POST))
    article = request.service(NewsService).create(text, actor_id=request.identity.account_id)
    return _saved(request, article)


@view_config(
    route_name="editorial.article.edit",
    renderer="editorial/article.jinja2",
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Article, request: Request) -> Any:
    """An article's form; the second of two who save at once is told, and keeps the text."""
    form = make_form(request, schemas.article(), _("Lưu"))
    page = form_page(
        request,
        "editorial/article.jinja2",
        form,
        article=context,
        status=STATUS_NAMES[context.status],
    )
    if request.method != "POST":
        form.fill(schemas.as_data(context))
        return page
    data = form.accept(request.POST)
    try:
        request.service(NewsService).edit(
            context,
            schemas.as_text(data),
            revision=int(data["revision"] or 0),
            actor_id=request.identity.account_id,
        )
    except Conflict:
        words = _(
            "Người khác vừa lưu bài này sau khi ông/bà mở. Phần ông/bà viết vẫn ở dưới đây; "
            "hãy chép lại rồi mở bài để so với bản mới."
        )
        raise form.refuse(words) from None
    return _saved(request, context)


def _saved(request: Request, article: Article) -> Response:
    target = to(request, "editorial.article.preview", article)
    return say(HTTPSeeOther(target), Notice.ARTICLE_SAVED)


@view_config(
    route_name="editorial.article.preview",
    renderer="editorial/preview.jinja2",
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def preview(context: Article, request: Request) -> dict[str, Any]:
    """The article as readers will see it, with what can be done to it."""
    is_public = context.status is ArticleStatus.PUBLISHED
    place = {"section": context.section.value, "slug": context.slug}
    return {
        "article": context,
        "body": to_html(context.body, context.body_format),
        "status": STATUS_NAMES[context.status],
        "edit_url": to(request, "editorial.article.edit", context),
        "public_url": request.route_path("news.article", **place) if is_public else None,
        "publish_url": to(request, "editorial.article.publish", context),
        "withdraw_url": to(request, "editorial.article.withdraw", context),
        "may_publish": may_publish(request) and not is_public,
        "may_withdraw": may_publish(request) and is_public,
        "missing": [words for name, words in MISSING.items() if not getattr(context, name).strip()],
    }


@view_config(
    route_name="editorial.article.publish",
    permission=Permission.ARTICLE_PUBLISH,
    methods=("POST",),
    uses_session=True,
)
def publish(context: Article, request: Request) -> Response:
    """Show it to readers. A second click changes nothing."""
    target = to(request, "editorial.article.preview", context)
    try:
        request.service(ReviewService).publish(context, actor_id=request.identity.account_id)
    except (InvalidTransition, Invalid):
        # A stale page: the preview says what is the case, and lists what is missing.
        return HTTPSeeOther(target)
    return say(HTTPSeeOther(target), Notice.ARTICLE_PUBLISHED)


@view_config(
    route_name="editorial.article.withdraw",
    permission=Permission.ARTICLE_PUBLISH,
    methods=("POST",),
    uses_session=True,
)
def withdraw(context: Article, request: Request) -> Response:
    """Take it back. A second click changes nothing."""
    target = to(request, "editorial.article.preview", context)
    try:
        request.service(ReviewService).withdraw(context, actor_id=request.identity.account_id)
    except InvalidTransition:
        return HTTPSeeOther(target)
    return say(HTTPSeeOther(target), Notice.ARTICLE_WITHDRAWN)
