"""How far a dossier is, for whoever has its code: the code and the progress, no more.

TT 01/2018/TT-VPCP art. 16.2d.
"""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.dossiers.lookup import look_up
from content.errors import NotFound


@view_config(route_name="api.dossier", renderer="json", permission=NO_PERMISSION_REQUIRED)
def dossier(request: Request) -> dict[str, Any]:
    """By dossier code or look-up code, in any way of writing it."""
    found = look_up(request.db, request.matchdict["code"])
    if found is None:
        raise NotFound("dossier")
    return {
        "code": found.code,
        "progress": {"share": found.progress.share, "phase": found.progress.words},
    }
