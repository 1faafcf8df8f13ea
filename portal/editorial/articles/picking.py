"""Choosing from the library or from other articles while writing, without scripts.

A button of the form sends what was typed; it is kept as a draft of this person, the chooser
comes, and the choice leads back to the form with all of it. Nothing is saved on the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.media.kinds import MediumKind
from content.media.models import Medium
from content.news import reads
from content.news.models import Article, BodyFormat
from content.news.structured import to_html
from content.text import fold
from content.writing import autosave
from portal.editorial.saving import number_of
from portal.editorial.writing import RESTORE
from portal.http.pages import local_path
from portal.i18n import _
from portal.security.permissions import Permission

BUTTON, PREFIX = "chon", "chon_"
#: Asked anew; from which text was written, `base` and `copy` tell.
NOT_KEPT = ("revision",)
#: How many of the newest articles are looked through, and how many shown.
SEARCHED, SHOWN = 5000, 30


@dataclass(frozen=True)
class Field:
    """A field that something may be chosen for; ``kind`` narrows the library."""

    words: Any
    kind: str = ""
    is_article: bool = False


FIELDS = {
    "body": Field(_("Chèn ảnh hoặc video vào cuối nội dung")),
    "picture": Field(_("Chọn ảnh đại diện"), MediumKind.IMAGE.value),
    "gallery": Field(_("Thêm ảnh vào bộ ảnh"), MediumKind.IMAGE.value),
    "attachments": Field(_("Thêm tệp đính kèm")),
    "related": Field(_("Chọn tin liên quan"), is_article=True),
}


def offer(request: Request, form: Any) -> None:
    """A button below each of the fields."""
    for child in form.deform.children:
        if child.name in FIELDS:
            values = {"name": child.name, "words": FIELDS[child.name].words}
            child.below = Markup(render("editorial/articles/pick_button.jinja2", values, request))  # noqa: S704 - the template escapes


def leave(request: Request, form: Any, subject: str) -> Response | None:
    """To the chooser, if its button was pressed; what was typed is kept."""
    name = request.POST.get(BUTTON)
    if not isinstance(name, str) or name not in FIELDS or name not in form.deform:
        return None
    typed = {
        child.name: value if isinstance(value := request.POST.get(child.name), str) else ""
        for child in form.deform.children
        if child.name not in NOT_KEPT
    }
    autosave.keep(request.db, subject, request.identity.account_id, typed, request.now)
    field = FIELDS[name]
    route = "editorial.article.pick" if field.is_article else "editorial.media.pick"
    query = {"ve": f"{request.path}?{RESTORE}=1", "o": PREFIX + name, "loai": field.kind}
    return HTTPSeeOther(request.route_path(route, _query={k: v for k, v in query.items() if v}))


def put(request: Request, form: Any) -> None:
    """What was chosen stands in its field; nonsense and what is gone change nothing."""
    for name, field in FIELDS.items():
        number = number_of(request.GET.get(PREFIX + name))
        if number is None or name not in form.deform:
            continue
        chosen: Any = request.db.get(Article if field.is_article else Medium, number)
        if chosen is not None and chosen.deleted_at is None:
            for target, value in _PUT[name](form, chosen).items():
                form.deform[target].cstruct = value


def _value(form: Any, name: str) -> str:
    found = form.deform[name].cstruct
    return found if isinstance(found, str) else ""


def _added(form: Any, name: str, line: str) -> dict[str, str]:
    lines = [one for one in _value(form, name).split("\n") if one.strip()]
    return {name: "\n".join([*lines, line])}


def _picture(form: Any, medium: Medium) -> dict[str, str]:
    alt = _value(form, "picture_alt") or medium.alt
    caption = _value(form, "picture_caption") or medium.caption
    found = {"picture": medium.address, "picture_alt": alt, "picture_caption": caption}
    if medium.credit and not _value(form, "photographer"):
        found["photographer"] = medium.credit
    return found


def _pair(name: str) -> Callable[[Any, Medium], dict[str, str]]:
    def put_pair(form: Any, medium: Medium) -> dict[str, str]:
        words = " ".join((medium.alt or medium.title).split()).replace("|", "/")
        return _added(form, name, f"{medium.address} | {words}")

    return put_pair


def _body(form: Any, medium: Medium) -> dict[str, str]:
    """At the end, in the way the body is written."""
    words = " ".join((medium.alt or medium.title).split()).translate(str.maketrans("[]", "()"))
    caption = " ".join(medium.caption.split()).replace('"', "”")
    after = f' "{caption}"' if caption else ""
    line = f"![{words}]({medium.address}{after})"
    if medium.kind not in (MediumKind.IMAGE, MediumKind.VIDEO):
        line = f"[{words}]({medium.address})"
    if _value(form, "body_format") == BodyFormat.HTML.value:
        line = to_html(line)
    return {"body": f"{_value(form, 'body').rstrip()}\n\n{line}\n".lstrip("\n")}


def _related(form: Any, article: Article) -> dict[str, str]:
    return _added(form, "related", article.slug)


_PUT: dict[str, Callable[[Any, Any], dict[str, str]]] = {
    "body": _body,
    "picture": _picture,
    "gallery": _pair("gallery"),
    "attachments": _pair("attachments"),
    "related": _related,
}


@view_config(
    route_name="editorial.article.pick",
    renderer="editorial/articles/pick.jinja2",
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def pick(request: Request) -> dict[str, Any] | Response:
    """Choose an article that readers see; ``ve`` and ``o`` as in the library's chooser."""
    back = local_path(request.GET.get("ve"), request.route_path("editorial.articles"))
    field = request.GET.get("o", "")[:40]
    if not (field.isidentifier() and field.isascii()):
        return HTTPSeeOther(back)
    asked = request.GET.get("q", "")[:200]
    joint = "&" if "?" in back else "?"
    return {
        "asked": asked,
        "back": back,
        "field": field,
        "rows": [(f"{back}{joint}{field}={one.id}", one) for one in _found(request, asked)],
    }


def _found(request: Request, asked: str) -> list[Any]:
    words = fold(asked).split()
    query = reads.public(request.now).with_only_columns(
        Article.id, Article.title, Article.published_at
    )
    rows = request.db.execute(query.limit(SEARCHED)).all()
    return [one for one in rows if all(word in fold(one.title) for word in words)][:SHOWN]
