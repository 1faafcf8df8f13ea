"""What readers say about an article: read, write, report. Off unless the site switches it on.

Machines are kept out as everywhere (``portal/against_machines.py``), and by a limit of links.
"""

from datetime import timedelta
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Invalid, InvalidTransition, NotFound, TooMany
from content.news import comments
from content.news.models import Article
from content.people.attempts import Attempts
from portal import against_machines as guard
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _

PAGE = "news/comments.jinja2"
SENT, REPORTED = "da-gui", "da-bao"
PER_HOUR = 5
REPORTS_PER_HOUR = 10
MAX_DIGITS = 18
WORDS = {
    "required": _("Ông/bà chưa ghi mục này."),
    "too_long": _("Mục này dài quá."),
    "too_many_links": _("Ý kiến chỉ được có nhiều nhất một liên kết; tên không có liên kết."),
}


def address_of(request: Request, article: Article) -> str | None:
    """Where comments are, ``None`` where there is nothing to read and nothing to write."""
    if not request.settings.editorial.comments:
        return None
    is_open = comments.is_open(request.db, article, request.now)
    return _path(request, article) if is_open or comments.shown(request.db, article) else None


def _path(request: Request, article: Article, **query: str) -> str:
    place = {"section": article.section_slug, "slug": article.slug}
    path: str = request.route_path("news.comments", **place, _query=query or None)
    return path


def schema() -> colander.SchemaNode:
    """Name, address, words, and what keeps machines out."""
    return fields.mapping(
        fields.text("name", _("Họ và tên"), max_length=comments.MAX_NAME, autocomplete="name"),
        fields.email("email", hint=_("Chỉ để hỏi lại khi cần; không hiện trên trang.")),
        fields.paragraph("text", _("Ý kiến"), max_length=comments.MAX_TEXT),
        *guard.hidden_fields(),
    )


@view_config(
    route_name="news.comments",
    renderer=PAGE,
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def page(context: Article, request: Request) -> Any:
    """The comments that were approved, and the form while comments are taken."""
    if not request.settings.editorial.comments:
        raise NotFound("comments")
    is_open = comments.is_open(request.db, context, request.now)
    form = make_form(request, schema(), _("Gửi ý kiến")) if is_open else None
    shown = form_page(
        request,
        PAGE,
        form,
        article=context,
        url=_path(request, context).removesuffix("/y-kien"),
        report_url=_path(request, context) + "/bao",
        comments=comments.shown(request.db, context),
        is_open=is_open,
        is_sent=SENT in request.GET,
        is_reported=REPORTED in request.GET,
    )
    if request.method != "POST" or form is None:
        if form is not None:
            form.fill({guard.MOMENT: guard.moment(request, _purpose(context))})
        return shown
    return _leave(request, context, form)


def _purpose(article: Article) -> str:
    return f"comment:{article.id}"


def _leave(request: Request, article: Article, form: Any) -> Response:
    data = form.accept(request.POST)
    thanks = HTTPSeeOther(_path(request, article, **{SENT: "1"}))
    if guard.is_trapped(data):
        return thanks
    guard.check_read(request, form, data, _purpose(article))
    attempts = guard.limit(request, "comment", PER_HOUR)
    attempts.refuse_if_tired(request.client_addr or "")
    try:
        comments.leave(
            request.db,
            article,
            name=data["name"],
            email=data["email"],
            text=data["text"],
            now=request.now,
        )
    except Invalid as invalid:
        name, code = next(iter(invalid.problems.items()))
        raise form.refuse(WORDS[code], name) from None
    except InvalidTransition:
        return HTTPSeeOther(_path(request, article))
    attempts.note(request.client_addr or "")
    return thanks


@view_config(
    route_name="news.comments.report",
    permission=NO_PERMISSION_REQUIRED,
    methods=("POST",),
    uses_session=True,
)
def report(context: Article, request: Request) -> Response:
    """A reader finds a comment improper."""
    number = request.POST.get("id")
    text = number if isinstance(number, str) else ""
    valid = text.isascii() and text.isdigit() and len(text) < MAX_DIGITS
    found = comments.find_shown(request.db, context, int(text)) if valid else None
    if found is None or not request.settings.editorial.comments:
        raise NotFound("comment")
    attempts = guard.limit(request, "report", REPORTS_PER_HOUR)
    attempts.refuse_if_tired(request.client_addr or "")
    attempts.note(request.client_addr or "")
    # The same reader counts once.
    once = Attempts(
        request.db, kind=f"rep{found.id}", limit=1, now=request.now, window=timedelta(days=30)
    )
    who = request.client_addr or ""
    if _is_new(once, who):
        once.note(who)
        comments.report(found)
    return HTTPSeeOther(_path(request, context, **{REPORTED: "1"}))


def _is_new(once: Attempts, who: str) -> bool:
    try:
        once.refuse_if_tired(who)
    except TooMany:
        return False
    return True
