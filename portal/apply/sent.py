"""The acknowledgement: look-up code, secret, what happens now and until when."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.rules import FilingRules
from content.dossiers.service import DossierService
from content.letters.marks import qr_runs
from portal.apply.journey import draft_url
from portal.contexts import DraftContext
from portal.security.permissions import Permission

QUIET_ZONE = 4


@view_config(
    route_name="apply.sent",
    renderer="apply/sent.jinja2",
    permission=Permission.DRAFT_SUBMIT,
    uses_session=True,
)
def sent(context: DraftContext, request: Request) -> Any:
    """Shown as often as its owner wishes; a draft not yet sent leads back to its check."""
    dossier = context.draft.dossier
    if dossier is None:
        return HTTPSeeOther(draft_url(request, context.draft, "check"))
    url = request.service(FilingRules).follow_url(dossier.lookup_code)
    number = dossier.lookup_code
    return {
        "dossier": dossier,
        "secret": request.service(DossierService).secret_of(dossier),
        "follow_url": url,
        "qr": qr_path(url),
        "dossier_url": request.route_path("accounts.dossier", number=number),
        "pdf_url": request.route_path("accounts.letter", number=number, letter="xac-nhan-nop"),
        "agency": dossier.agency,
    }


def qr_path(text: str) -> dict[str, Any]:
    """A QR code as one path of an SVG picture: its side in modules and the path."""
    code: Any = qr_runs(text)
    path = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z" for x, y, length in code["runs"]
    )
    return {"side": code["size"] + 2 * QUIET_ZONE, "path": path}
