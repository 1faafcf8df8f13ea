"""Whether an act makes sense for a dossier now, beyond what the table of moves says.

So that no button leads to a certain refusal. The services decide once more.
"""

from pyramid.request import Request

from content.dossiers.apologies import ApologyService
from content.dossiers.chains import ChainService, may_begin
from content.dossiers.handling import capacities
from content.dossiers.holding import awaits_leader, may_work_on
from content.dossiers.models import Dossier
from content.dossiers.proposals import ProposalKind, ProposalState, may_draft, open_proposal
from content.dossiers.result_models import ItemState
from content.dossiers.returning import items_of
from content.dossiers.states import Actor, Status
from content.dossiers.supplement_requests import open_request
from content.dossiers.supplements import SupplementService
from content.words import local
from portal.desk.officer import officer, parts_of
from portal.desk_contexts import DeskDossier

#: What the address of a proposal says for a refusal, that of an item for one that came back.
REFUSAL, BACK = "khong", "chuyen_hoan"


def _nothing_awaits(request: Request, dossier: Dossier, kind: ProposalKind) -> bool:
    found = open_proposal(request.db, dossier, kind)
    return found is None or found.state is ProposalState.DRAFTED


def may_ask_again(request: Request, dossier: Dossier) -> bool:
    """A request is left, and none is before the leader."""
    left = request.service(SupplementService).left(dossier)
    return left > 0 and _nothing_awaits(request, dossier, ProposalKind.SUPPLEMENT)


def may_propose(request: Request, context: DeskDossier, kind: ProposalKind) -> bool:
    """Whether this officer may lay a result, or a refusal, before the leader now; not beside
    one that lies there or has been agreed with."""
    dossier = context.dossier
    return (
        dossier.status is Status.IN_PROGRESS
        and may_draft(kind, parts_of(request, context))
        and is_mine(request, dossier)
        and _nothing_awaits(request, dossier, kind)
    )


def is_mine(request: Request, dossier: Dossier) -> bool:
    """What is done with it now is this officer's to do (``holding.may_work_on``)."""
    return may_work_on(request.db, dossier, officer(request), request.now)


def may_ask_money(request: Request, dossier: Dossier) -> bool:
    """The desk may at any time, a specialist who has the dossier."""
    mine = capacities(request.db, officer(request), dossier, request.now)
    return Actor.ONE_STOP in mine or is_mine(request, dossier)


def may_propose_supplement(request: Request, dossier: Dossier) -> bool:
    """The same, by who has it, within three working days after receipt."""
    last = request.service(SupplementService).last_day(dossier)
    in_time = last is not None and local(request.now).date() <= last
    return in_time and is_mine(request, dossier) and may_ask_again(request, dossier)


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


def may_complete(request: Request, dossier: Dossier) -> bool:
    """No result lies before the leader; the clerk completes what they have signed."""
    found = open_proposal(request.db, dossier, ProposalKind.RESULT)
    if found is not None and found.state is ProposalState.AWAITING:
        return False
    mine = capacities(request.db, officer(request), dossier, request.now)
    return Actor.LEADER in mine or not awaits_leader(request.db, dossier)


def nothing_is_posted(request: Request, dossier: Dossier) -> bool:
    """The post has nothing of it just now."""
    return all(one.state is not ItemState.SENT for one in items_of(request.db, dossier))


def no_wish_waits(request: Request, dossier: Dossier) -> bool:
    """The applicant's own wish is answered where it waits."""
    return open_proposal(request.db, dossier, ProposalKind.WITHDRAWAL) is None


def may_begin_chain(request: Request, dossier: Dossier) -> bool:
    """Its procedure has a chain in use, and it waits for its transfer."""
    return may_begin(request.service(ChainService), dossier)
