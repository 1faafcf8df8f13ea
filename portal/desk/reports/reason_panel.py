"""The panel of a late dossier: why it is late, or that nobody said so yet."""

from typing import Any

from pyramid.request import Request

from content.figures.late_reasons import CAUSE_NAMES, is_late, reason_of
from content.words import local
from portal.desk_contexts import DeskDossier


def panel(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """On the page of a late dossier only."""
    if not is_late(context.dossier, local(request.now).date()):
        return None
    row = reason_of(request.db, context.dossier)
    return {
        "reason": row,
        "cause": CAUSE_NAMES[row.cause] if row else None,
        "url": request.route_path("desk.late", number=context.dossier.lookup_code),
    }
