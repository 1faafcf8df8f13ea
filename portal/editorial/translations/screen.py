"""The screen of one translation: the original beside each field, what changed in it since,
and what the second of two translators sees."""

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid
from content.news.translating import BODY, readable, silent_pictures
from content.people.models import Account
from content.writing import merging, revisions, translations
from content.writing.models import TranslationStatus
from content.writing.translations import Change, Piece, TranslationService
from portal.editorial import writing
from portal.editorial.translations import schema
from portal.editorial.translations.context import Original, editing_url, english_path, to
from portal.editorial.translations.listing import STATUS_NAMES
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
TEMPLATE = "editorial/translations/translation.jinja2"
#: ``?chep=1`` begins a body with the original, so that pictures and tables need no retyping.
COPY = "chep"
FOREIGN = _("Có con số mà bản gốc không có. Số tiền và ngày trong bản dịch phải lấy từ bản gốc.")


@view_config(
    route_name="editorial.translation",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Original, request: Request) -> Any:
    """The form; the second of two who save at once compares, and loses nothing."""
    if request.method == "POST" and not may_edit(request, context):
        # What readers see is changed by those who answer for it.
        raise HTTPForbidden
    writing.allow_scroll_mark(request)
    form = _form(request, context, _("Lưu bản dịch"))
    page = _page(request, context, form)
    found = context.translation
    if not page["may_edit"]:
        return page
    if request.method != "POST":
        form.fill(_values(request, context))
        page["writing"] = writing.begin(
            request, context.own, form, found.updated_at if found else None
        )
        return page
    writing.attach(request, form, context.own)
    data = form.accept(request.POST)
    texts = context.cleaned(schema.texts_from(context.source, data))
    if data["digest"] != context.source.digest:
        raise _changed_meanwhile(request, context, texts)
    try:
        request.service(TranslationService).save(
            context.source,
            texts,
            revision=_number(data["revision"]),
            actor_id=request.identity.account_id,
            is_level=bool(data.get(schema.IS_LEVEL, True)),
        )
    except Conflict:
        raise _clash(request, context, texts, _number(data["base"])) from None
    except Invalid as refused:
        first = next(iter(refused.problems))
        raise form.refuse(FOREIGN, schema.name_of(first)) from None
    writing.finish(request, context.own)
    return say(HTTPSeeOther(to(request, "", context.subject)), Notice.TRANSLATION_SAVED)


def may_publish(request: Request) -> bool:
    """Whether this editor decides what is published."""
    return bool(request.has_permission(Permission.ARTICLE_PUBLISH))


def may_edit(request: Request, one: Original) -> bool:
    """Published words are changed by those who publish."""
    return not one.is_public or may_publish(request)


def _form(request: Request, one: Original, button: str) -> Any:
    """The form with the original, and its changes, beside each field."""
    form = make_form(request, schema.schema_of(one.source, is_behind=one.is_behind), button)
    found = one.translation
    changes = translations.changed(found, one.source) if found else []
    before = {change.key: change for change in changes}
    for piece in one.source.pieces:
        field = form.deform[schema.name_of(piece.key)]
        field.beside = _original(request, one, piece, before.get(piece.key))
    return form


def _original(request: Request, one: Original, piece: Piece, change: Change | None) -> Markup:
    words = None
    if change is not None and change.before:
        words = revisions.words(readable(change.before), readable(piece.text))
    values = {
        "label": piece.label,
        "text": piece.text,
        "html": one.body_html(piece) if piece.shape == "body" else None,
        "change": change,
        "words": words,
    }
    return Markup(render("editorial/translations/original.jinja2", values, request))  # noqa: S704 - the template escapes


def _values(request: Request, one: Original) -> dict[str, Any]:
    """The form's values, with what tells a later save whether somebody was faster."""
    texts = translations.shown(one.translation, one.source)
    if COPY in request.GET and not texts.get(BODY):
        texts = texts | {BODY: one.source.texts.get(BODY, "")}
    return schema.shown(one.source, texts) | _guard(request, one)


def _guard(request: Request, one: Original) -> dict[str, str]:
    base = revisions.last_number(request.db, one.own) or 0
    revision = one.translation.revision if one.translation else 0
    return {"revision": str(revision), "base": str(base)}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _page(request: Request, one: Original, form: Any, clash: Any = None) -> dict[str, Any]:
    found = one.translation
    return form_page(
        request,
        TEMPLATE,
        form,
        original=one,
        translation=found,
        status=STATUS_NAMES[found.status] if found else None,
        gone=_gone(one),
        may_edit=may_edit(request, one),
        told=_told(one),
        writing=None,
        clash=clash,
        original_url=editing_url(request, one.thing),
        english_url=english_path(request, one),
        copy_url=f"{request.path}?{COPY}=1" if _can_copy(one) else None,
        **acts(request, one),
    )


def acts(request: Request, one: Original) -> dict[str, Any]:
    """What can be done to a translation, and what it still lacks."""
    found, me = one.translation, request.identity.account_id
    chief = may_publish(request)
    is_public = found is not None and found.status is TranslationStatus.PUBLISHED
    texts = translations.shown(found, one.source)
    missing = translations.missing_of(found, one.source) if found else []
    return {
        "done": len(texts),
        "pieces": len(one.source.pieces),
        "missing": [piece.label for piece in missing],
        "silent": silent_pictures(texts),
        "is_own": found is not None and request.service(TranslationService).is_own(found, me),
        "may_publish": chief and found is not None and not is_public,
        "may_withdraw": chief and is_public,
        "publish_url": to(request, "publish", one.subject),
        "withdraw_url": to(request, "withdraw", one.subject),
        "history_url": to(request, "history", one.subject),
    }


def _can_copy(one: Original) -> bool:
    texts = translations.shown(one.translation, one.source)
    return BODY in one.source.texts and not texts.get(BODY)


def _told(one: Original) -> list[tuple[str, str, str]]:
    """Label, original and translation of each piece, to be read."""
    texts = translations.shown(one.translation, one.source)
    return [(p.label, readable(p.text), readable(texts.get(p.key, ""))) for p in one.source.pieces]


def _gone(one: Original) -> list[str]:
    """What the original no longer says."""
    if one.translation is None:
        return []
    changes = translations.changed(one.translation, one.source)
    return [readable(change.before) for change in changes if not change.after]


def _changed_meanwhile(request: Request, one: Original, texts: dict[str, str]) -> Exception:
    """The original was saved while somebody translated: the form again, with what changed."""
    form = _form(request, one, _("Lưu bản dịch"))
    form.fill(schema.shown(one.source, texts) | _guard(request, one))
    _page(request, one, form)
    writing.attach(request, form, one.own)
    return form.refuse(
        _("Bản gốc vừa thay đổi trong khi ông/bà dịch. Ông/bà xem lại chỗ đổi rồi lưu.")
    )


def _clash(request: Request, one: Original, mine: dict[str, str], base_number: int) -> Exception:
    """The form with both texts merged, and what differs; pressing save again saves it."""
    history = revisions.history(request.db, one.own)
    was = next((each.snapshot for each in history if each.number == base_number), {})
    stored = translations.shown(one.translation, one.source)
    merged, rows = dict(stored), []
    for piece in one.source.pieces:
        theirs, typed = stored.get(piece.key, ""), mine.get(piece.key, "")
        if theirs == typed:
            continue
        merged[piece.key], clashes = merging.merge_text(was.get(piece.key, ""), typed, theirs)
        rows.append((piece.label, revisions.words(theirs, typed), bool(clashes)))
    form = _form(request, one, _("Lưu bản đã ghép"))
    form.fill(schema.shown(one.source, merged) | _guard(request, one))
    author = request.db.get(Account, history[0].written_by) if history else None
    at = one.translation.updated_at if one.translation else None
    clash = {"name": author.name if author else "", "at": at, "rows": rows}
    _page(request, one, form, clash)
    writing.attach(request, form, one.own)
    return form.refuse(
        _(
            "Người khác vừa lưu bản dịch này sau khi ông/bà mở. Dưới đây hai bản đã được ghép, "
            "không mất chữ nào; ông/bà đọc lại rồi lưu."
        )
    )


def refused(request: Request, one: Original, form_words: str) -> Response:
    """The page again, with the reason; nothing was written."""
    form = _form(request, one, _("Lưu bản dịch"))
    form.fill(_values(request, one))
    page = _page(request, one, form)
    page["problem"] = form_words
    response = Response(render(TEMPLATE, {**page, "form": form}, request))
    response.status_int = 422
    return response
