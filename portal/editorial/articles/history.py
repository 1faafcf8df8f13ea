"""The revisions of an article or page: what changed between them, and going back."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Invalid
from content.news.bodies import readable
from content.news.models import ArticleStatus, BodyFormat
from content.news.service import NewsService, Written, subject_of
from content.people.models import Account
from content.writing import revisions
from content.writing.models import Revision
from portal.editorial.articles import kinds
from portal.editorial.articles.forms import FIELD_NAMES, may_publish
from portal.http.notices import Notice, say
from portal.security.permissions import Permission

TEMPLATE = "editorial/articles/history.jinja2"


@view_config(
    route_name="editorial.article.history",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.history",
    renderer=TEMPLATE,
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def history(context: Written, request: Request) -> dict[str, Any]:
    """All revisions; ``?lan=3`` shows what revision 3 changed."""
    found = revisions.history(request.db, subject_of(context))
    chosen = _chosen(request, found)
    before = next((one for one in found if chosen and one.number == chosen.number - 1), None)
    writers = {one.written_by for one in found}
    query = select(Account.id, Account.name).where(Account.id.in_(writers))
    names = dict(request.db.execute(query).all())
    base = kinds.to(request, "history", context)
    return {
        "article": context,
        "rows": [
            (f"{base}?lan={one.number}#thay-doi", one, names.get(one.written_by, ""))
            for one in found
        ],
        "chosen": chosen,
        "changes": _changes(before, chosen) if chosen else [],
        "restore_url": kinds.to(request, "restore", context),
        "preview_url": kinds.to(request, "preview", context),
        "may_restore": _may_change(request, context) and chosen not in (None, *found[:1]),
    }


def _chosen(request: Request, found: list[Revision]) -> Revision | None:
    wanted = request.GET.get("lan", "")
    return next((one for one in found if str(one.number) == wanted), None)


def _changes(before: Revision | None, after: Revision) -> list[tuple[str, list[revisions.Part]]]:
    """Field by field, word by word; formatting apart."""
    old, new = (before.snapshot if before else {}), after.snapshot
    changed = [(words, _said(old, name), _said(new, name)) for name, words in FIELD_NAMES.items()]
    return [(words, revisions.words(a, b)) for words, a, b in changed if a != b]


def _said(snapshot: dict[str, Any], name: str) -> str:
    value = snapshot.get(name)
    if name == "body" and snapshot.get("body_format") == BodyFormat.HTML.value:
        return readable(str(value))
    if isinstance(value, list):
        return "\n".join(" | ".join(one) if isinstance(one, list) else str(one) for one in value)
    return str(value or "")


def _may_change(request: Request, written: Written) -> bool:
    return written.status is not ArticleStatus.PUBLISHED or may_publish(request)


@view_config(
    route_name="editorial.article.restore",
    permission=Permission.ARTICLE_EDIT,
    methods=("POST",),
    uses_session=True,
)
@view_config(
    route_name="editorial.page.restore",
    permission=Permission.ARTICLE_EDIT,
    methods=("POST",),
    uses_session=True,
)
def restore(context: Written, request: Request) -> Response:
    """Say again what a revision said; the present text stays in the history."""
    if not _may_change(request, context):
        raise HTTPForbidden
    wanted = str(request.POST.get("number") or "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 0
    target = HTTPSeeOther(kinds.to(request, "preview", context))
    try:
        request.service(NewsService).restore(context, number, actor_id=request.identity.account_id)
    except Invalid:
        # Its place in the tree is no longer possible: everything stays as it is.
        return HTTPSeeOther(kinds.to(request, "history", context))
    return say(target, Notice.ARTICLE_RESTORED)
