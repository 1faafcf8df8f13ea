"""The working copy of a published text: what it changes, letting it go out, dropping it."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.news.copies import CopyService
from content.news.models import ArticleStatus, WorkingCopy
from content.news.service import Written
from content.people.models import Account
from portal.editorial.articles import kinds, schemas
from portal.editorial.articles.differences import changes
from portal.editorial.articles.forms import may_publish
from portal.editorial.saving import POST_ONLY, number_of
from portal.http.notices import Notice, say
from portal.security.permissions import Permission


def shown(request: Request, written: Written) -> dict[str, Any] | None:
    """What the preview says of it; ``None`` where there is none."""
    found = request.service(CopyService).find(written)
    if found is None:
        return None
    author = request.db.get(Account, found.written_by) if found.written_by else None
    is_public = written.status is ArticleStatus.PUBLISHED
    return {
        "author": author.name if author else "",
        "at": found.written_at,
        "revision": found.revision,
        "changes": changes(request, schemas.text_of(written).snapshot(), found.text),
        "may_publish": is_public and may_publish(request) and not _is_own(request, found),
        "is_own": _is_own(request, found),
        "may_drop": _may_drop(request, found),
        "publish_url": kinds.to(request, "copy.publish", written),
        "drop_url": kinds.to(request, "copy.drop", written),
    }


def _is_own(request: Request, copy: WorkingCopy) -> bool:
    return bool(copy.written_by == request.identity.account_id)


def _may_drop(request: Request, copy: WorkingCopy) -> bool:
    return may_publish(request) or _is_own(request, copy)


@view_config(
    route_name="editorial.article.copy.publish",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.copy.publish",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def publish(context: Written, request: Request) -> Response:
    """Readers see what the copy says. One that changed meanwhile is looked at again."""
    me, copy = request.identity.account_id, number_of(request.POST.get("copy")) or 0
    try:
        request.service(CopyService).publish(context, copy=copy, actor_id=me)
    except NotAllowed:
        raise HTTPForbidden from None
    except (Conflict, InvalidTransition, Invalid):
        return _to_page(request, context, Notice.COPY_CHANGED)
    return _to_page(request, context, Notice.COPY_PUBLISHED)


@view_config(
    route_name="editorial.article.copy.drop",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.copy.drop",
    permission=Permission.ARTICLE_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def drop(context: Written, request: Request) -> Response:
    """Forget it: whoever wrote it, and those who publish."""
    service, copy = request.service(CopyService), number_of(request.POST.get("copy")) or 0
    found = service.find(context)
    if found is not None and not _may_drop(request, found):
        raise HTTPForbidden
    try:
        service.drop(context, copy=copy, actor_id=request.identity.account_id)
    except (Conflict, InvalidTransition):
        return _to_page(request, context, Notice.COPY_CHANGED)
    return _to_page(request, context, Notice.COPY_DROPPED)


def _to_page(request: Request, written: Written, notice: Notice) -> Response:
    return say(HTTPSeeOther(kinds.to(request, "preview", written)), notice)
