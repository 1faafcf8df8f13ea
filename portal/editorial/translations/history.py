"""What was changed in a translation, save by save."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.news.translating import readable
from content.people.models import Account
from content.writing import revisions
from content.writing.models import Revision
from portal.editorial.translations.context import Original, to
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.translation.history",
    renderer="editorial/translations/history.jinja2",
    permission=Permission.ARTICLE_EDIT,
    uses_session=True,
)
def history(context: Original, request: Request) -> dict[str, Any]:
    """All saves, the newest first; ``?lan=3`` shows what save 3 changed."""
    found = revisions.history(request.db, context.own)
    wanted = request.GET.get("lan", "")
    chosen = next((one for one in found if str(one.number) == wanted), None)
    query = select(Account.id, Account.name).where(
        Account.id.in_({one.written_by for one in found})
    )
    names = {row[0]: row[1] for row in request.db.execute(query)}
    base = to(request, "history", context.subject)
    return {
        "original": context,
        "url": to(request, "", context.subject),
        "chosen": chosen,
        "changes": _changes(context, found, chosen) if chosen else [],
        "rows": [
            (f"{base}?lan={one.number}#thay-doi", one, names.get(one.written_by or 0, ""))
            for one in found
        ],
    }


def _changes(
    original: Original, found: list[Revision], chosen: Revision
) -> list[tuple[str, list[revisions.Part]]]:
    """Piece by piece; a piece that the original no longer has goes by its key."""
    before = next((one.snapshot for one in found if one.number == chosen.number - 1), {})
    labels = {one.key: one.label for one in original.source.pieces}
    keys = dict.fromkeys((*labels, *before, *chosen.snapshot))
    told = {
        key: (readable(str(before.get(key, ""))), readable(str(chosen.snapshot.get(key, ""))))
        for key in keys
    }
    return [
        (labels.get(key, key), revisions.words(old, new))
        for key, (old, new) in told.items()
        if old != new
    ]
