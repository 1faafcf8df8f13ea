"""The revisions of an article or page: what changed between them, and going back."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Invalid, NotAllowed
from content.news.models import ArticleStatus
from content.news.service import NewsService, Written, subject_of
from content.people.models import Account
from content.writing import revisions
from content.writing.models import Revision
from portal.editorial.articles import kinds
from portal.editorial.articles.differences import changes
from portal.editorial.articles.forms import may_publish
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
        "changes": changes(request, before.snapshot if before else {}, chosen.snapshot)
        if chosen
        else [],
        "restore_url": kinds.to(request, "restore", context),
        "preview_url": kinds.to(request, "preview", context),
        "may_restore": _may_change(request, context) and chosen not in (None, *found[:1]),
    }


def _chosen(request: Request, found: list[Revision]) -> Revision | None:
    wanted = request.GET.get("lan", "")
    return next((one for one in found if str(one.number) == wanted), None)


def _may_change(request: Request, written: Written) -> bool:
    """What readers see is not set back by one person alone where four eyes are asked for:
    the old words are carried into a working copy by hand."""
    if written.status is not ArticleStatus.PUBLISHED:
        return True
    return may_publish(request) and not request.settings.editorial.four_eyes


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
    except (Invalid, NotAllowed):
        # Its place in the tree is no longer possible, readers would miss something, or a
        # working copy waits: everything stays as it is.
        return say(HTTPSeeOther(kinds.to(request, "history", context)), Notice.ARTICLE_STAYS)
    return say(target, Notice.ARTICLE_RESTORED)
