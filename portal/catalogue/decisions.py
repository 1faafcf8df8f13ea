"""A publication decision as everybody may read it: what it says of which procedure, its file."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from content.errors import NotFound
from content.files.model import StoredFile
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.kinds import PUBLIC, EntryKind
from content.procedures.models import Procedure
from portal.http.downloads import send_file
from portal.i18n import _

KINDS = {
    EntryKind.NEW: _("Mới ban hành"),
    EntryKind.AMENDED: _("Được sửa đổi, bổ sung"),
    EntryKind.REPLACED: _("Được thay thế"),
    EntryKind.ABOLISHED: _("Bị bãi bỏ"),
}


@view_config(
    route_name="catalogue.decision",
    renderer="catalogue/decision.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def decision(context: PublicationDecision, request: Request) -> dict[str, Any]:
    """The decision with its procedures by kind."""
    query = (
        select(PublicationEntry)
        .join(PublicationEntry.procedure)
        .where(PublicationEntry.decision_id == context.id, Procedure.status.in_(PUBLIC))
        .options(contains_eager(PublicationEntry.procedure))
        .order_by(Procedure.name_sort, Procedure.id)
    )
    shown = request.db.scalars(query).all()
    return {
        "decision": context,
        "groups": [
            (words, [(_url(request, one), one) for one in shown if one.kind is kind])
            for kind, words in KINDS.items()
            if any(one.kind is kind for one in shown)
        ],
        "file_url": request.route_path("catalogue.decision.file", id=context.id)
        if context.file_id
        else None,
    }


@view_config(route_name="catalogue.decision.file", permission=NO_PERMISSION_REQUIRED)
def file(context: PublicationDecision, request: Request) -> Response:
    """The signed paper."""
    stored = request.db.get(StoredFile, context.file_id) if context.file_id else None
    if stored is None:
        raise NotFound("file")
    return send_file(request, stored, stored.name)


def _url(request: Request, entry: PublicationEntry) -> str:
    url: str = request.route_path("catalogue.procedure", code=entry.procedure.key)
    if entry.procedure.is_primary:
        return url
    return f"{url}/cap-{entry.procedure.level.slug}"
