"""Deciding about comments, and opening or closing them for an article."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.news import comments, reads
from content.news.comments import Comment, CommentState
from content.news.models import Article
from portal.editorial.saving import number_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/comments/queue.jinja2"
STATES = {
    CommentState.WAITING: _("Chờ duyệt"),
    CommentState.SHOWN: _("Đang hiện"),
    CommentState.HIDDEN: _("Đã ẩn"),
}
RECENT = 100
#: Of the address: the article that was chosen by its title.
CHOSEN = "bai"


@view_config(
    route_name="editorial.comments",
    renderer=PAGE,
    permission=Permission.COMMENT_MODERATE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def queue(request: Request) -> Any:
    """What waits, page by page; a POST opens comments for an article: one of the newest, or
    any that was chosen by its title."""
    chosen = _chosen(request)
    newest = reads.latest(request.db, request.now, limit=RECENT)
    articles = [*chosen, *(one for one in newest if one not in chosen)]
    form = make_form(
        request,
        fields.mapping(
            fields.choice(
                "article", _("Bài"), [(str(one.id), one.title) for one in articles], as_list=True
            ),
            fields.date("closes_on", _("Nhận đến hết ngày"), required=False),
        ),
        _("Mở ý kiến cho bài này"),
    )
    asked, here = request.GET.get("xem"), request.route_path("editorial.comments")
    state = CommentState(asked) if asked in list(CommentState) else CommentState.WAITING
    counts = comments.counts(request.db)
    last = max(1, -(-counts.get(state, 0) // comments.PAGE_SIZE))
    number = min(page_number(request.GET), last)
    page = form_page(
        request,
        PAGE,
        form,
        links=page_links(request, number, last),
        pick_url=request.route_path("editorial.article.pick", _query={"ve": here, "o": CHOSEN}),
        is_on=request.settings.editorial.comments,
        comments=comments.queue(request.db, state, page=number),
        state=state,
        states=STATES,
        counts=counts,
        discussions=comments.open_discussions(request.db),
        here=here,
        decide_url=request.route_path("editorial.comments.decide"),
    )
    if request.method != "POST":
        form.fill({"article": str(chosen[0].id)} if chosen else {})
        return page
    data = form.accept(request.POST)
    article = request.db.get_one(Article, int(data["article"]))
    day = date.fromisoformat(data["closes_on"]) if data["closes_on"] else None
    try:
        comments.set_open(request.db, article, day, by=request.identity.account_id, now=request.now)
    except Invalid:
        raise form.refuse(_("Ngày này đã qua."), "closes_on") from None
    return say(HTTPSeeOther(request.route_path("editorial.comments")), Notice.COMMENT_DECIDED)


def _chosen(request: Request) -> list[Article]:
    """The article of the address, if readers see it."""
    number = number_of(request.GET.get(CHOSEN))
    if number is None:
        return []
    return list(request.db.scalars(reads.public(request.now).where(Article.id == number)))


@view_config(
    route_name="editorial.comments.decide",
    permission=Permission.COMMENT_MODERATE,
    methods=("POST",),
    uses_session=True,
)
def decide(request: Request) -> Response:
    """Show or hide a comment, or close an article's; what is gone changes nothing."""
    target = HTTPSeeOther(request.route_path("editorial.comments"))
    number, act = str(request.POST.get("id") or ""), request.POST.get("viec")
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        return target
    by = request.identity.account_id
    if act == "dong":
        article = request.db.get(Article, int(number))
        if article is not None:
            comments.set_closed(request.db, article, by=by, now=request.now)
        return say(target, Notice.COMMENT_DECIDED)
    comment = request.db.get(Comment, int(number))
    if comment is None or act not in ("hien", "an"):
        return target
    comments.decide(request.db, comment, shown=act == "hien", by=by, now=request.now)
    return say(target, Notice.COMMENT_DECIDED)
