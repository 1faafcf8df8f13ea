"""What lies in the bin, who put it there, how long it stays; taking it out again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import Conflict, InvalidTransition, NotFound
from content.library.models import DocumentFile
from content.people.models import Account
from content.writing import trash
from content.writing.trash import LIFE, Kind
from portal.editorial.library.files import may_change
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.security.permissions import Permission

#: Who may put a kind into the bin may take it out; kinds not named here are the board's.
NEEDED = {
    "article": Permission.ARTICLE_EDIT,
    "page": Permission.ARTICLE_EDIT,
    "medium": Permission.MEDIA_EDIT,
    "media_folder": Permission.MEDIA_EDIT,
    "newsletter_issue": Permission.NEWSLETTER_EDIT,
    "finder": Permission.PROCEDURE_SETTLE,
    "banner": Permission.SITE_ARRANGE,
    "menu_item": Permission.SITE_ARRANGE,
    "home_block": Permission.SITE_ARRANGE,
    "discarded_draft": Permission.PROCEDURE_EDIT,
    "unit": Permission.AUTHORITY_EDIT,
    "staff_member": Permission.AUTHORITY_EDIT,
    "reception_rule": Permission.AUTHORITY_EDIT,
    "duty_turn": Permission.AUTHORITY_EDIT,
    "receiving_place": Permission.AUTHORITY_EDIT,
    "poll": Permission.SITE_ARRANGE,
    "legal_document": Permission.LIBRARY_EDIT,
    "legal_document_file": Permission.LIBRARY_EDIT,
    "enquiry": Permission.ENQUIRY_EDIT,
    "term": Permission.LIBRARY_EDIT,
    "search_synonym": Permission.SEARCH_HELP,
    "pinned_result": Permission.SEARCH_HELP,
}


@dataclass(frozen=True)
class Line:
    """One thing in the bin; ``days`` are whole days left, the one under way included."""

    subject: str
    kind: str
    title: str
    deleted_at: datetime
    deleted_by: str
    days: int


@view_config(
    route_name="editorial.trash",
    renderer="editorial/trash/list.jinja2",
    permission=Permission.TRASH_USE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """What this person may take out again, the last deleted first."""
    found = [(kind, one) for kind, one in trash.contents(request.db) if _may(request, kind, one)]
    found.sort(key=lambda pair: pair[1].deleted_at, reverse=True)
    names = _names(request, {one.deleted_by for _kind, one in found})
    return {
        "lines": [_line(kind, one, names, request.now) for kind, one in found],
        "days": LIFE.days,
        "restore_url": request.route_path("editorial.trash.restore"),
    }


@view_config(
    route_name="editorial.trash.restore",
    permission=Permission.TRASH_USE,
    methods=("POST",),
    uses_session=True,
)
def restore(request: Request) -> Response:
    """Out of the bin. What is there no more, or stands elsewhere by now, changes nothing."""
    target = HTTPSeeOther(request.route_path("editorial.trash"))
    key, _colon, number = posted(request, "muc").partition(":")
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        return say(target, Notice.TRASH_GONE)
    try:
        found = trash.find(request.db, key, int(number))
        if not _may(request, trash.KINDS[key], found):
            raise HTTPForbidden
        with request.db.begin_nested():
            trash.restore(request.db, found, request.identity.account_id, request.now)
    except (NotFound, InvalidTransition):
        return say(target, Notice.TRASH_GONE)
    except Conflict:
        return say(target, Notice.TRASH_TAKEN)
    return say(target, Notice.TRASH_RESTORED)


def _may(request: Request, kind: Kind, one: Any) -> bool:
    if not request.has_permission(NEEDED.get(kind.key, Permission.SITE_ARRANGE)):
        return False
    # What readers see of a document is changed by those who publish it.
    return not isinstance(one, DocumentFile) or may_change(request, one.document)


def _names(request: Request, ids: set[int | None]) -> dict[int, str]:
    query = select(Account.id, Account.name).where(Account.id.in_(ids - {None}))
    return {row.id: row.name for row in request.db.execute(query)}


def _line(kind: Kind, one: Any, names: dict[int, str], now: datetime) -> Line:
    left = one.deleted_at + LIFE - now
    return Line(
        subject=f"{kind.key}:{one.id}",
        kind=kind.label,
        title=kind.title(one) or kind.label,
        deleted_at=one.deleted_at,
        deleted_by=names.get(one.deleted_by, ""),
        days=max(0, left.days + bool(left.seconds)),
    )
