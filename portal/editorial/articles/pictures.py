"""The pictures and recordings an editor may put into a text, for the script's dialogue."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.media.kinds import MediumKind
from content.media.models import Medium
from content.media.presentation import stable
from content.writing.trash import in_use
from portal.security.permissions import Permission

LIMIT = 200


@view_config(
    route_name="editorial.pictures",
    renderer="json",
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def pictures(request: Request) -> list[dict[str, Any]]:
    """The newest first: {kind, title, address, alt, caption}."""
    kinds = (MediumKind.IMAGE, MediumKind.VIDEO)
    query = select(Medium).where(in_use(Medium), Medium.kind.in_(kinds))
    found = request.db.scalars(query.order_by(Medium.id.desc()).limit(LIMIT))
    return [
        {
            "kind": one.kind.value,
            "title": one.title,
            "address": stable(one),
            "alt": one.alt,
            "caption": one.caption,
        }
        for one in found
    ]
