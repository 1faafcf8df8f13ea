"""Writing an article or a page: the form, and what the second of two editors sees."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid
from content.news import reads
from content.news.bodies import readable
from content.news.copies import CopyService
from content.news.models import Article, ArticleStatus, BodyFormat
from content.news.service import NewsService, Written, subject_of
from content.news.texts import ArticleText, Text
from content.people.models import Account
from content.writing import merging, revisions
from portal.editorial import writing
from portal.editorial.articles import kinds, picking, schemas
from portal.editorial.articles.differences import FIELD_NAMES
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
TEMPLATE = "editorial/articles/form.jinja2"
REFUSALS = {
    "address_empty": ("slug", _("Địa chỉ cần có chữ hoặc số.")),
    "address_taken": ("slug", _("Địa chỉ này đã có bài khác dùng; ông/bà chọn địa chỉ khác.")),
    "section_unknown": ("section", _("Chuyên mục này không còn nữa; ông/bà chọn chuyên mục khác.")),
    "page_unknown": ("parent_id", _("Trang này không còn nữa; ông/bà chọn trang khác.")),
    "page_circular": (
        "parent_id",
        _("Một trang không thể nằm dưới chính nó hay trang con của nó."),
    ),
}
#: What is written in words and can be merged; everything else is chosen.
WRITTEN = set(FIELD_NAMES) - {
    *("slug", "section", "parent_id", "position", "is_featured", "is_pinned"),
}
INCOMPLETE = {
    "title": ("title", _("Bài đang công bố cần có tên.")),
    "lead": ("lead", _("Bài đang công bố cần có sa-pô.")),
    "body": ("body", _("Bài đang công bố cần có nội dung; muốn cất bài đi thì ông/bà gỡ bài.")),
    "picture_words": ("body", _("Ảnh trong bài cần có lời mô tả.")),
    "picture_alt": ("picture_alt", _("Ảnh đại diện cần có lời mô tả.")),
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
    picking.offer(request, form)
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
        picking.put(request, form)
        schemas.explain(form)
        return page
    writing.attach(request, form, subject)
    if chooser := picking.leave(request, form, subject):
        return chooser
    text = kinds.text_from(form.accept(request.POST), is_page=is_page)
    _check_related(request, form, text, None)
    written = kinds.create(request, text)
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
    if not may_edit(request, context):
        raise HTTPForbidden
    writing.allow_scroll_mark(request)
    subject, is_page = subject_of(context), not kinds.is_article(context)
    form = make_form(request, kinds.schema_of(request, context, is_page=is_page), _("Lưu"))
    picking.offer(request, form)
    page = _page(request, context, form)
    if request.method != "POST":
        form.fill(_shown(request, context, _standing(request, context)))
        page["writing"] = writing.begin(request, subject, form, context.updated_at)
        picking.put(request, form)
        schemas.explain(form)
        return page
    writing.attach(request, form, subject)
    if chooser := picking.leave(request, form, subject):
        return chooser
    data = form.accept(request.POST)
    text = kinds.text_from(data, is_page=is_page)
    _check_related(request, form, text, context)
    try:
        notice = _save(request, context, text, data)
    except Conflict:
        raise _clash(request, context, text, _number(data["base"])) from None
    except Invalid as refused:
        name, words = _reason(refused)
        raise form.refuse(words, name) from None
    writing.finish(request, subject)
    return _saved(request, context, notice)


def _check_related(request: Request, form: Any, text: Text, written: Written | None) -> None:
    """An address mistyped is told; one that was right when it was chosen is no mistake."""
    if not isinstance(text, ArticleText):
        return
    chosen = written.related if isinstance(written, Article) else []
    fresh = [slug for slug in text.related if slug not in chosen]
    if wrong := reads.unknown(request.db, fresh):
        words = _("Không có bài nào ở địa chỉ này: ${address}", {"address": ", ".join(wrong)})
        raise form.refuse(words, "related")


def _save(request: Request, written: Written, text: Text, data: dict[str, Any]) -> Notice:
    """At once, or with four eyes as a working copy of what readers see."""
    me, revision = request.identity.account_id, _number(data["revision"])
    if written.status is ArticleStatus.PUBLISHED and request.settings.editorial.four_eyes:
        request.service(CopyService).keep(
            written, text, revision=revision, copy=_number(data["copy"]), actor_id=me
        )
        return Notice.COPY_KEPT
    request.service(NewsService).edit(written, text, revision=revision, actor_id=me)
    return Notice.ARTICLE_SAVED


def _reason(refused: Invalid) -> tuple[str, str]:
    if refused.code == "article_incomplete":
        return INCOMPLETE[next(iter(refused.problems))]
    return REFUSALS[refused.code]


def _standing(request: Request, written: Written) -> Text:
    """What the form goes on with: the working copy, or what is stored."""
    return request.service(CopyService).text(written) or schemas.text_of(written)


def may_edit(request: Request, written: Written) -> bool:
    """What readers see is changed by those who answer for it; a working copy by anybody."""
    is_public = written.status is ArticleStatus.PUBLISHED
    return not is_public or request.settings.editorial.four_eyes or may_publish(request)


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


def _shown(request: Request, written: Written, text: Text) -> dict[str, Any]:
    """The form's values, with what tells a later save whether somebody was faster."""
    base = revisions.last_number(request.db, subject_of(written)) or 0
    copy = request.service(CopyService).find(written)
    return schemas.shown(text) | {
        "revision": str(written.revision),
        "base": str(base),
        "copy": str(copy.revision if copy else 0),
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _clash(request: Request, written: Written, mine: Text, base_number: int) -> Exception:
    """The form with both texts merged, and what differs; pressing save again saves it."""
    theirs = _standing(request, written)
    history = revisions.history(request.db, subject_of(written))
    base = next((one.snapshot for one in history if one.number == base_number), None)
    values = _shown(request, written, theirs)
    was = schemas.shown(type(theirs).of(base)) if base else values
    typed, rows = schemas.shown(mine), []
    for name, words in FIELD_NAMES.items():
        if name not in WRITTEN or name not in values or typed[name] == values[name]:
            continue
        stored = values[name]
        values[name], clashes = merging.merge_text(was.get(name) or "", typed[name], stored)
        parts = revisions.words(*(_readable(name, one, values) for one in (stored, typed[name])))
        rows.append((words, parts, bool(clashes)))
    _choices(values, was, typed)
    form = make_form(
        request,
        kinds.schema_of(request, written, is_page=not kinds.is_article(written)),
        _("Lưu bản đã ghép"),
    )
    form.fill(values)
    schemas.explain(form)
    _page(request, written, form, {**_author(request, written), "rows": rows})
    writing.attach(request, form, subject_of(written))
    words = _(
        "Người khác vừa lưu bài này sau khi ông/bà mở. Dưới đây hai bản đã được ghép, không mất "
        "chữ nào; ông/bà đọc lại rồi lưu."
    )
    return form.refuse(words)


def _author(request: Request, written: Written) -> dict[str, Any]:
    """Who saved last, and when: the working copy or the text itself."""
    copy = request.service(CopyService).find(written)
    history = revisions.history(request.db, subject_of(written))[:1]
    by = copy.written_by if copy else history[0].written_by if history else None
    author = request.db.get(Account, by) if by else None
    at = copy.written_at if copy else written.updated_at
    return {"name": author.name if author else "", "at": at}


def _readable(name: str, value: str, values: dict[str, Any]) -> str:
    """A field's value without tags."""
    is_html = name == "body" and values["body_format"] == BodyFormat.HTML.value
    return readable(value) if is_html else value


def _choices(values: dict[str, Any], was: dict[str, Any], typed: dict[str, Any]) -> None:
    """Of what is chosen, not written, whatever this editor changed stays changed."""
    for name, value in typed.items():
        if name not in WRITTEN and name != "slug" and value != was.get(name):
            values[name] = value


def _saved(request: Request, written: Written, notice: Notice = Notice.ARTICLE_SAVED) -> Response:
    return say(HTTPSeeOther(kinds.to(request, "preview", written)), notice)
