"""Writing an article or a page: the form, and what the second of two editors sees."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid
from content.news.models import ArticleStatus
from content.news.service import ArticleText, NewsService, PageText, Written, subject_of
from content.people.models import Account
from content.writing import merging, revisions
from portal.editorial import writing
from portal.editorial.articles import kinds, schemas
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
TEMPLATE = "editorial/articles/form.jinja2"
REFUSALS = {
    "address_empty": ("slug", _("Địa chỉ cần có chữ hoặc số.")),
    "address_taken": ("slug", _("Địa chỉ này đã có bài khác dùng; ông/bà chọn địa chỉ khác.")),
    "page_unknown": ("parent_id", _("Trang này không còn nữa; ông/bà chọn trang khác.")),
    "page_circular": (
        "parent_id",
        _("Một trang không thể nằm dưới chính nó hay trang con của nó."),
    ),
}
FIELD_NAMES = {
    "title": _("Tên"),
    "lead": _("Sa-pô"),
    "body": _("Nội dung"),
    "kicker": _("Dòng trên tên bài"),
    "author_line": _("Tác giả"),
    "photographer": _("Người chụp ảnh"),
    "source": _("Nguồn"),
    "tags": _("Từ khóa"),
    "picture": _("Ảnh đại diện"),
    "picture_alt": _("Mô tả ảnh đại diện"),
    "picture_caption": _("Chú thích ảnh đại diện"),
    "gallery": _("Bộ ảnh"),
    "attachments": _("Tệp đính kèm"),
    "related": _("Tin liên quan"),
    "correction": _("Đính chính"),
}


@view_config(
    route_name="editorial.article.new",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new_article(request: Request) -> Any:
    """A new article."""
    return _new(request, is_page=False)


@view_config(
    route_name="editorial.page.new",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new_page(request: Request) -> Any:
    """A new page."""
    return _new(request, is_page=True)


def _new(request: Request, *, is_page: bool) -> Any:
    writing.allow_scroll_mark(request)
    subject = "page:new" if is_page else "article:new"
    schema = kinds.schema_of(request, None, is_page=is_page)
    form = make_form(request, schema, _("Lưu bản nháp"))
    page = form_page(
        request,
        TEMPLATE,
        form,
        written=None,
        status=None,
        words=kinds.words_of(None, is_page=is_page),
        writing=None,
        clash=None,
    )
    if request.method != "POST":
        page["writing"] = writing.begin(request, subject, form, None, lock=False)
        return page
    writing.attach(request, form, subject)
    written = kinds.create(request, kinds.text_from(form.accept(request.POST), is_page=is_page))
    writing.finish(request, subject)
    return _saved(request, written)


@view_config(
    route_name="editorial.article.edit",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.edit",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Written, request: Request) -> Any:
    """The form; the second of two who save at once compares, and loses nothing."""
    if context.status is ArticleStatus.PUBLISHED and not may_publish(request):
        # What readers see is changed by those who answer for it.
        raise HTTPForbidden
    writing.allow_scroll_mark(request)
    subject, is_page = subject_of(context), not kinds.is_article(context)
    form = make_form(request, kinds.schema_of(request, context, is_page=is_page), _("Lưu"))
    page = _page(request, context, form)
    if request.method != "POST":
        form.fill(_shown(request, context, schemas.text_of(context)))
        page["writing"] = writing.begin(request, subject, form, context.updated_at)
        return page
    writing.attach(request, form, subject)
    data = form.accept(request.POST)
    text = kinds.text_from(data, is_page=is_page)
    try:
        request.service(NewsService).edit(
            context,
            text,
            revision=_number(data["revision"]),
            actor_id=request.identity.account_id,
        )
    except Conflict:
        raise _clash(request, context, text, _number(data["base"])) from None
    except Invalid as refused:
        name, words = REFUSALS[refused.code]
        raise form.refuse(words, name) from None
    writing.finish(request, subject)
    return _saved(request, context)


def may_publish(request: Request) -> bool:
    """Whether this editor decides what is published."""
    return bool(request.has_permission(Permission.ARTICLE_PUBLISH))


def _page(request: Request, written: Written, form: Any, clash: Any = None) -> dict[str, Any]:
    return form_page(
        request,
        TEMPLATE,
        form,
        written=written,
        status=kinds.status_name(written, request.now),
        words=kinds.words_of(written),
        writing=None,
        clash=clash,
        preview_url=kinds.to(request, "preview", written),
    )


def _shown(request: Request, written: Written, text: ArticleText | PageText) -> dict[str, Any]:
    """The form's values, with what tells a later save whether somebody was faster."""
    history = revisions.history(request.db, subject_of(written))
    base = str(history[0].number) if history else "0"
    return schemas.shown(text) | {"revision": str(written.revision), "base": base}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _clash(
    request: Request, written: Written, mine: ArticleText | PageText, base_number: int
) -> Exception:
    """The form with both texts merged, and what differs; pressing save again saves it."""
    theirs = schemas.text_of(written)
    history = revisions.history(request.db, subject_of(written))
    base = next((one.snapshot for one in history if one.number == base_number), None)
    values = _shown(request, written, theirs)
    was = schemas.shown(type(theirs).of(base)) if base else values
    typed, rows = schemas.shown(mine), []
    for name, words in FIELD_NAMES.items():
        if name not in values or typed[name] == values[name]:
            continue
        stored = values[name]
        values[name], clashes = merging.merge_text(was.get(name) or "", typed[name], stored)
        rows.append((words, revisions.words(stored, typed[name]), bool(clashes)))
    _choices(values, was, typed)
    form = make_form(
        request,
        kinds.schema_of(request, written, is_page=not kinds.is_article(written)),
        _("Lưu bản đã ghép"),
    )
    form.fill(values)
    author = (
        request.db.get(Account, history[0].written_by)
        if history and history[0].written_by
        else None
    )
    _page(
        request,
        written,
        form,
        {"name": author.name if author else "", "at": written.updated_at, "rows": rows},
    )
    writing.attach(request, form, subject_of(written))
    words = _(
        "Người khác vừa lưu bài này sau khi ông/bà mở. Dưới đây hai bản đã được ghép, không mất "
        "chữ nào; ông/bà đọc lại rồi lưu."
    )
    return form.refuse(words)


def _choices(values: dict[str, Any], was: dict[str, Any], typed: dict[str, Any]) -> None:
    """Of what is chosen, not written, whatever this editor changed stays changed."""
    for name, value in typed.items():
        if name not in FIELD_NAMES and name != "slug" and value != was.get(name):
            values[name] = value


def _saved(request: Request, written: Written) -> Response:
    return say(HTTPSeeOther(kinds.to(request, "preview", written)), Notice.ARTICLE_SAVED)
