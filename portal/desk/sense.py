"""Whether an act makes sense for a dossier now, beyond what the table of moves says.

So that no button leads to a certain refusal. The services decide once more.
"""

from pyramid.request import Request

from content.dossiers.apologies import ApologyService
from content.dossiers.models import Dossier
from content.dossiers.proposals import ProposalKind, ProposalState, open_proposal
from content.dossiers.supplement_requests import open_request
from content.dossiers.supplements import SupplementService
from content.words import local


def _nothing_awaits(request: Request, dossier: Dossier, kind: ProposalKind) -> bool:
    found = open_proposal(request.db, dossier, kind)
    return found is None or found.state is ProposalState.DRAFTED


def may_ask_again(request: Request, dossier: Dossier) -> bool:
    """A request is left, and none is before the leader."""
    left = request.service(SupplementService).left(dossier)
    return left > 0 and _nothing_awaits(request, dossier, ProposalKind.SUPPLEMENT)


def may_propose_supplement(request: Request, dossier: Dossier) -> bool:
    """The same, within three working days after receipt."""
    last = request.service(SupplementService).last_day(dossier)
    in_time = last is not None and local(request.now).date() <= last
    return in_time and may_ask_again(request, dossier)


def wait_is_over(request: Request, dossier: Dossier) -> bool:
    """The day to answer has passed."""
    found = open_request(request.db, dossier)
    by = found.reply_by if found else None
    return by is not None and local(request.now).date() > by


def may_apologise(request: Request, dossier: Dossier) -> bool:
    """In time, not used up, and none before the leader."""
    service = request.service(ApologyService)
    latest = service.latest(dossier)
    in_time = latest is not None and local(request.now).date() <= latest
    left = dossier.extension_count < service.rule_of(dossier).max_extensions
    return in_time and left and _nothing_awaits(request, dossier, ProposalKind.APOLOGY)


def no_wish_waits(request: Request, dossier: Dossier) -> bool:
    """The applicant's own wish is answered where it waits."""
    return open_proposal(request.db, dossier, ProposalKind.WITHDRAWAL) is None
