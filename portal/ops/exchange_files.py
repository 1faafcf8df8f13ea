"""Files that another system fetches: those of dossiers it knows, by their tokens.

The token alone opens nothing: the other system proves itself with the secret of the exchange,
and what is not a dossier of the exchange is not there.
"""

import hmac

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select

from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.models import Attachment, Dossier
from content.dossiers.result_models import DossierResult, ResultFile
from content.errors import NotFound
from portal.http.downloads import open_file, send_stream

_SCHEME = "Bearer "


@view_config(route_name="ops.exchange_file", permission=NO_PERMISSION_REQUIRED, uses_session=True)
def exchange_file(request: Request) -> Response:
    """The bytes; 404 for whoever has no secret, as for what is not there."""
    found = _file(request) if _is_known(request) else None
    if found is None:
        raise NotFound("file")
    stream = open_file(request, found.file)
    size, kind = found.file.size, found.file.media_type
    return send_stream(stream, found.name, size=size, media_type=kind)


def _is_known(request: Request) -> bool:
    secret = request.settings.exchange.national_secret
    given = request.headers.get("Authorization", "")
    if not secret or not given.startswith(_SCHEME):
        return False
    return hmac.compare_digest(given.removeprefix(_SCHEME).encode(), secret.encode())


def _file(request: Request) -> Attachment | ResultFile | None:
    token = request.matchdict["token"]
    theirs = Dossier.external_system == NATIONAL_PORTAL
    query = select(Attachment).join(Dossier, Dossier.id == Attachment.dossier_id)
    given = request.db.scalars(query.where(Attachment.token == token, theirs)).first()
    if given is not None:
        return given
    results = select(ResultFile).join(DossierResult, DossierResult.id == ResultFile.result_id)
    results = results.join(Dossier, Dossier.id == DossierResult.dossier_id)
    return request.db.scalars(results.where(ResultFile.token == token, theirs)).first()
